// An amendment on two nodes of one PostgreSQL: its fork and the draft are written through both, what both touch is seen
// on either before the poll, the fork is fixed on both while it is voted on, and adopting gives both one text.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Hall } from '../../server/app.ts'
import { differenceOf } from '../../shared/drafts/difference.ts'
import { type Conflict, conflictsBetween } from '../../shared/drafts/differenceThreeWay.ts'
import type { Amendment } from '../../shared/meeting/state.ts'
import type { AmendmentTextsView } from '../../shared/wire/amendments.ts'
import { openPen, type Pen } from '../amendments/house.ts'
import { skipsRedis } from '../bus/redisServer.ts'
import { codeOf, Guest, openPollBy } from '../live/hall.ts'
import { waiting } from '../patience.ts'
import { skipsPostgres } from '../store/postgresServer.ts'
import { openTwoHalls, type TwoHalls } from './twoHalls.ts'

const roads = [
  { name: 'that hear each other through Redis', withRedis: true },
  { name: 'that only follow the store', withRedis: false },
]

for (const { name, withRedis } of roads) {
  describe.skipIf(skipsPostgres || (withRedis && skipsRedis))(`an amendment on two nodes ${name}`, () => {
    let halls: TwoHalls
    /** The proposer comes in through one node, a member and the chair through the other. */
    let proposer: Guest
    let member: Guest
    let chair: Guest
    let amendment: Amendment
    const pens: Pen[] = []

    const both = (): Hall[] => [halls.here, halls.there]
    const enter = async (hall: Hall, token: string | undefined): Promise<Guest> =>
      Guest.enter(hall.url, halls.seeded.meetingId, token ?? '')
    const openDraft = async (hall: Hall, draftId: string, { cookie }: Guest): Promise<Pen> => {
      const pen = openPen(hall.url, draftId, cookie)
      pens.push(pen)
      await vi.waitFor(() => expect(pen.provider.synced).toBe(true), waiting)
      return pen
    }
    const seenBy = (pen: Pen, words: string) => vi.waitFor(() => expect(pen.text()).toContain(words), waiting)
    const textsAt = async ({ rooms }: Hall, draftId: string): Promise<string> =>
      (await rooms.drafts.freeze(draftId))?.text ?? ''
    const propose = async (): Promise<Amendment> => {
      const [item] = proposer.state.agenda
      const order = { type: 'proposeAmendment', title: '车位', purpose: '不够', passage: '' } as const
      const known = proposer.state.amendments.length
      expect(codeOf(await proposer.order({ ...order, itemId: item?.itemId ?? '' }))).toBe('accepted')
      for (const guest of [proposer, member, chair])
        await guest.until(({ state }) => state.amendments.length > known)
      const proposed = proposer.state.amendments.at(-1)
      if (!proposed) throw new Error('nothing was proposed')
      return proposed
    }
    /** As the difference shows them beside the button that opens the poll. */
    const conflictsAt = async ({ url }: Hall, { cookie }: Guest): Promise<readonly Conflict[]> => {
      const path = `/api/meetings/${halls.seeded.meetingId}/amendments/${amendment.amendmentId}/texts?known=`
      const answer = await fetch(`${url}${path}`, { headers: { cookie } })
      const { base, fork, now } = (await answer.json()) as AmendmentTextsView
      const lines = ({ text }: AmendmentTextsView['base']): string[] => (text ?? '').split('\n')
      return conflictsBetween(differenceOf(lines(base), lines(fork)), differenceOf(lines(base), lines(now)))
    }

    beforeAll(async () => {
      halls = await openTwoHalls({ withRedis })
      const [first, second] = halls.seeded.seats
      proposer = await enter(halls.here, first?.token)
      member = await enter(halls.there, second?.token)
      chair = await enter(halls.there, halls.seeded.facilitator.token)
      for (const guest of [proposer, member])
        expect(codeOf(await guest.order({ type: 'checkIn' }))).toBe('accepted')
      amendment = await propose()
    })
    afterAll(async () => {
      for (const pen of pens) pen.leave()
      for (const guest of [proposer, member, chair]) guest?.leave()
      await halls?.close()
    })

    test('its fork is written through both, and the draft goes on apart', async () => {
      const mine = await openDraft(halls.here, amendment.draftId, proposer)
      const staffs = await openDraft(halls.there, amendment.draftId, chair)
      mine.append(1, '（提案人）')
      staffs.append(2, '（工作人员）')
      await seenBy(mine, '（工作人员）')
      await seenBy(staffs, '（提案人）')
      for (const hall of both()) {
        expect(await textsAt(hall, amendment.draftId)).toBe(mine.text())
        expect(await textsAt(hall, halls.seeded.draftId)).not.toContain('（')
      }
    })

    test('what the draft makes of the same words on one node is in conflict on both, before the poll', async () => {
      for (const [hall, guest] of [
        [halls.here, proposer],
        [halls.there, chair],
      ] as const)
        await vi.waitFor(async () => expect(await conflictsAt(hall, guest)).toEqual([]), waiting)
      const draft = await openDraft(halls.there, halls.seeded.draftId, member)
      draft.append(1, '（原稿）')
      for (const [hall, guest] of [
        [halls.here, proposer],
        [halls.there, chair],
      ] as const)
        await vi.waitFor(
          async () => expect(await conflictsAt(hall, guest)).toMatchObject([{ kind: 'words', line: 1 }]),
          waiting,
        )
    })

    test('adopting it through the one gives both one text, once', async () => {
      const [near, far] = [
        await openDraft(halls.here, halls.seeded.draftId, proposer),
        await openDraft(halls.there, halls.seeded.draftId, member),
      ]
      const order = { type: 'adoptAmendment', amendmentId: amendment.amendmentId, pollId: null } as const
      expect(codeOf(await chair.order(order))).toBe('accepted')
      for (const pen of [near, far]) await seenBy(pen, '（提案人）')
      for (const pen of [near, far]) await seenBy(pen, '（工作人员）')
      const pollId = await openPollBy(chair)
      const texts = await Promise.all(both().map((hall) => textsAt(hall, halls.seeded.draftId)))
      expect(texts).toEqual([far.text(), far.text()])
      expect(near.text()).toBe(far.text())
      for (const words of ['（提案人）', '（工作人员）', '（原稿）'])
        expect(far.text().split(words)).toHaveLength(2)
      const frozen = await halls.here.rooms.drafts.freeze(halls.seeded.draftId)
      expect(chair.state.polls[pollId]?.text.sha256).toBe(frozen?.sha256)
      await vi.waitFor(async () => {
        const left = await halls.here.store.db.selectFrom('draftMerges').selectAll().execute()
        expect(left).toEqual([])
      }, waiting)
      // People write on in the merged text through both.
      near.append(0, '（此处）')
      far.append(2, '（彼处）')
      await seenBy(far, '（此处）')
      await seenBy(near, '（彼处）')
      expect([...near.closes, ...far.closes]).toEqual([])
      expect(codeOf(await chair.order({ type: 'closePoll', pollId }))).toBe('accepted')
    })

    test('while another is voted on through the one, nobody writes it through the other', async () => {
      amendment = await propose()
      const mine = await openDraft(halls.here, amendment.draftId, proposer)
      const reader = await openDraft(halls.there, amendment.draftId, chair)
      mine.append(1, '（及时）')
      await seenBy(reader, '（及时）')
      const pollId = await openPollBy(chair, { amendmentId: amendment.amendmentId })
      await vi.waitFor(
        () => expect(mine.closes.map(({ reason }) => reason)).toContain('rightsChanged'),
        waiting,
      )
      await vi.waitFor(() => expect(mine.provider.synced && mine.provider.wsconnected).toBe(true), waiting)
      mine.append(1, '（太晚）')
      await vi.waitFor(
        () => expect(mine.closes.map(({ reason }) => reason)).toContain('draftReadOnly'),
        waiting,
      )
      const text = await textsAt(halls.there, amendment.draftId)
      expect(text).toContain('（及时）')
      expect(text).not.toContain('（太晚）')
      expect(chair.state.polls[pollId]?.text.sha256).toBe(
        (await halls.here.rooms.drafts.freeze(amendment.draftId))?.sha256,
      )
    })
  })
}
