// /api/meetings/:meetingId/cards, links, door and seats: what is printed, shown and handed out to let people in.
import { accept, refuse } from '../../shared/kernel/result.ts'
import type { MeetingState } from '../../shared/meeting/state.ts'
import {
  cardsAsk,
  cardsView,
  cardView,
  doorView,
  failure,
  guestAsk,
  householdView,
  linkAsk,
  linksView,
  linkView,
} from '../../shared/wire/http.ts'
import type { Names } from '../../shared/wire/live.ts'
import type { IssuedCard } from '../identity/cards.ts'
import type { Store } from '../ports.ts'
import { answer, answerEmpty } from './answers.ts'
import type { App, HttpDeps } from './deps.ts'
import { chair, deskStaff, everybody, type Guards, who } from './guards.ts'
import { inMeeting, inMeetingAnd, noContent } from './params.ts'

const tags = ['cards']

export const cardRoutes = (app: App, deps: HttpDeps, guards: Guards): void => {
  seatRoutes(app, deps, guards)
  linkRoutes(app, deps, guards)

  app.get(
    '/api/meetings/:meetingId/door',
    {
      onRequest: guards.inMeeting(...everybody),
      schema: { tags, params: inMeeting, response: { 200: doorView, '4xx': failure } },
    },
    async (request) => {
      const { roomCode } = await deps.store.db
        .selectFrom('meetings')
        .select('roomCode')
        .where('meetingId', '=', request.params.meetingId)
        .executeTakeFirstOrThrow()
      return { roomCode, url: `${deps.config.publicUrl}/r/${roomCode}` }
    },
  )
}

const seatRoutes = (app: App, { identity, meetings, config, store }: HttpDeps, guards: Guards): void => {
  const cardOf = (state: MeetingState, names: Names, { seatId, token }: IssuedCard) => ({
    seatId: seatId ?? '',
    name: names[seatId ?? '']?.name ?? '',
    household: names[seatId ?? '']?.household ?? '',
    partyId: state.seats[seatId ?? '']?.partyId ?? null,
    url: `${config.publicUrl}/j/${token}`,
  })

  app.post(
    '/api/meetings/:meetingId/cards',
    {
      onRequest: guards.inMeeting(...deskStaff),
      schema: { tags, params: inMeeting, body: cardsAsk, response: { 200: cardsView, '4xx': failure } },
    },
    async (request, reply) => {
      const { meetingId } = request.params
      const state = await meetings.state(meetingId)
      if (!state) return answer(reply, refuse('meetingUnknown'))
      const asked =
        request.body.seatIds ??
        Object.values(state.seats)
          .filter(isMember)
          .map(({ seatId }) => seatId)
      const unknown = asked.find((seatId) => !Object.hasOwn(state.seats, seatId))
      if (unknown !== undefined) return answer(reply, refuse('seatUnknown'))
      const [issued, names] = await Promise.all([
        identity.issueCards(meetingId, [...new Set(asked)]),
        identity.names(meetingId),
      ])
      return { cards: issued.map((card) => cardOf(state, names, card)) }
    },
  )

  app.get(
    '/api/meetings/:meetingId/seats/:seatId/household',
    {
      onRequest: guards.inMeeting(...deskStaff),
      schema: { tags, params: inMeetingAnd('seatId'), response: { 200: householdView, '4xx': failure } },
    },
    async (request, reply) => {
      const { meetingId, seatId } = request.params
      const unitId = await identity.unitOf(meetingId)
      const state = await meetings.state(meetingId)
      if (!state || unitId === null || !Object.hasOwn(state.seats, seatId)) {
        return answer(reply, refuse('seatUnknown'))
      }
      return { people: await householdOf(store, unitId, meetingId, seatId) }
    },
  )

  app.post(
    '/api/meetings/:meetingId/seats/:seatId/move',
    {
      onRequest: guards.inMeeting(...deskStaff),
      schema: { tags, params: inMeetingAnd('seatId'), response: { 200: cardView, '4xx': failure } },
    },
    async (request, reply) => {
      const { meetingId, seatId } = request.params
      const state = await meetings.state(meetingId)
      if (!state || !Object.hasOwn(state.seats, seatId)) return answer(reply, refuse('seatUnknown'))
      const card = await identity.moveSeat(meetingId, seatId)
      return cardOf(state, await identity.names(meetingId), card)
    },
  )

  app.post(
    '/api/meetings/:meetingId/seats',
    {
      onRequest: guards.inMeeting(...deskStaff),
      schema: { tags, params: inMeeting, body: guestAsk, response: { 200: cardView, '4xx': failure } },
    },
    async (request, reply) => {
      const { meetingId } = request.params
      const admitted = await identity.admitGuest(who(request), meetingId, request.body.name)
      if (!admitted.ok) return answer(reply, admitted)
      const [card] = await identity.issueCards(meetingId, [admitted.value.seatId])
      const state = await meetings.state(meetingId)
      if (!card || !state) return answer(reply, refuse('meetingUnknown'))
      return cardOf(state, await identity.names(meetingId), card)
    },
  )
}

/** Others of the seat's household, as the roster has it. */
const householdOf = ({ db }: Store, unitId: string, meetingId: string, seatId: string) =>
  db
    .selectFrom('people as p')
    .innerJoin('seatNames as s', 's.household', 'p.household')
    .select(['p.personId', 'p.name'])
    .where('s.meetingId', '=', meetingId)
    .where('s.seatId', '=', seatId)
    .where('s.household', '<>', '')
    .where('p.unitId', '=', unitId)
    .where('p.removedAt', 'is', null)
    .where(({ or, eb, ref }) => or([eb('s.personId', 'is', null), eb('p.personId', '<>', ref('s.personId'))]))
    .orderBy('p.createdAt')
    .execute()

const isMember = ({ role }: { role: string }): boolean => role === 'member'

const linkRoutes = (app: App, { identity, config, clock }: HttpDeps, guards: Guards): void => {
  app.get(
    '/api/meetings/:meetingId/links',
    {
      onRequest: guards.inMeeting(...chair),
      schema: { tags, params: inMeeting, response: { 200: linksView, '4xx': failure } },
    },
    async (request) => {
      const links = await identity.links(request.params.meetingId)
      return {
        links: links.map(({ cardId, role, seatId, issuedAt }) => ({
          cardId,
          role,
          seatId,
          issuedAt: Number(issuedAt),
        })),
      }
    },
  )

  app.post(
    '/api/meetings/:meetingId/links',
    {
      onRequest: guards.inMeeting(...chair),
      schema: { tags, params: inMeeting, body: linkAsk, response: { 200: linkView, '4xx': failure } },
    },
    async (request, reply) => {
      const { role } = request.body
      const [link] = await identity.issueLinks(request.params.meetingId, [{ role }])
      if (!link) return answer(reply, refuse('notFound'))
      const { cardId, token } = link
      return { cardId, role, seatId: null, issuedAt: clock.now(), url: `${config.publicUrl}/j/${token}` }
    },
  )

  app.delete(
    '/api/meetings/:meetingId/links/:cardId',
    {
      onRequest: guards.inMeeting(...chair),
      schema: { tags, params: inMeetingAnd('cardId'), response: noContent },
    },
    async (request, reply) => {
      const { meetingId, cardId } = request.params
      const withdrawn = await identity.withdrawLink(meetingId, cardId)
      return answerEmpty(reply, withdrawn ? accept(undefined) : refuse('notFound'))
    },
  )
}
