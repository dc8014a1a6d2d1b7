// Every order that may be given to a meeting, as schemas; the server checks with them, and their types are inferred.
import { z } from 'zod'
import { commandIdPattern, idPattern } from '../kernel/ids.ts'
import { limits } from '../kernel/limits.ts'

const id = {
  seat: z.string().regex(idPattern('seat')),
  item: z.string().regex(idPattern('item')),
  poll: z.string().regex(idPattern('poll')),
  draft: z.string().regex(idPattern('draft')),
  matter: z.string().regex(idPattern('matter')),
  party: z.string().regex(idPattern('party')),
}

const text = (charsMax: number) => z.string().trim().min(1).max(charsMax)
const title = text(limits.titleCharsMax)
const reason = z.string().trim().max(limits.reasonCharsMax)
const seconds = z.int().min(10).max(limits.speechSecondsMax)
const count = z.int().min(0).max(limits.seatsMax)

const order = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.strictObject({ type: z.literal(type), ...shape })

/** Options of a poll other than yes, no and abstain. */
const option = z.strictObject({
  optionId: z.string().regex(/^op_[0-9a-z]{1,16}$/),
  label: text(limits.titleCharsMax),
})

/** How a poll is answered; the counting room's methods by name. */
const method = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('yesNo') }),
  z.strictObject({ kind: z.literal('chooseOne') }),
  z.strictObject({ kind: z.literal('chooseUpTo'), max: z.int().min(1).max(limits.pollOptionsMax) }),
  z.strictObject({ kind: z.literal('approval') }),
])

const ballotChoice = z.union([
  z.strictObject({ choice: z.string().max(40) }),
  z.strictObject({ choices: z.array(z.string().max(40)).max(limits.pollOptionsMax) }),
])

export const scene = z.enum(['welcome', 'agenda', 'text', 'speaker', 'poll', 'result'])
export const handKind = z.enum(['speak', 'pointOfOrder', 'answer'])

export const command = z.discriminatedUnion('type', [
  // the meeting as a whole
  order('openDoors', {}),
  order('openMeeting', {}),
  order('recessMeeting', {}),
  order('resumeMeeting', {}),
  order('closeMeeting', {}),
  order('reviseMeeting', {
    title: title.optional(),
    place: z.string().trim().max(limits.placeCharsMax).optional(),
    startsAt: z.int().min(0).optional(),
    presetCode: z.string().max(40).optional(),
  }),
  // the agenda
  order('addAgendaItem', {
    title,
    parentId: id.item.nullable().default(null),
    minutes: z.int().min(0).max(limits.itemMinutesMax).default(10),
    matterId: id.matter.nullable().default(null),
  }),
  order('reviseAgendaItem', {
    itemId: id.item,
    title: title.optional(),
    minutes: z.int().min(0).max(limits.itemMinutesMax).optional(),
  }),
  /** `index` counts among the new siblings, the moved item left out. */
  order('moveAgendaItem', {
    itemId: id.item,
    parentId: id.item.nullable(),
    index: z.int().min(0).max(limits.agendaItemsMax),
  }),
  order('removeAgendaItem', { itemId: id.item }),
  order('moveAgendaTo', { itemId: id.item }),
  // attendance; without `seatId` a participant speaks for the own seat
  order('checkIn', { seatId: id.seat.optional(), channel: z.enum(['device', 'clerk']).optional() }),
  order('leave', { seatId: id.seat.optional() }),
  order('excuse', { seatId: id.seat, reason: reason.default('') }),
  /** Who gives the seat's ballots: its own device, or the clerk on its behalf. */
  order('setChannel', { seatId: id.seat, channel: z.enum(['device', 'clerk']) }),
  order('admitObserver', { seatId: id.seat }),
  order('recuse', { itemId: id.item, seatId: id.seat.optional(), reason: reason.default('') }),
  order('liftRecusal', { itemId: id.item, seatId: id.seat }),
  // the floor
  order('raiseHand', { seatId: id.seat.optional(), kind: handKind.default('speak') }),
  order('lowerHand', { seatId: id.seat.optional() }),
  order('lowerAllHands', {}),
  order('arrangeQueue', { seatIds: z.array(id.seat).max(limits.handsMax) }),
  /** Without `seatId` the next in the queue. */
  order('giveFloor', { seatId: id.seat.optional(), seconds: seconds.default(180) }),
  order('extendSpeech', { seconds }),
  order('endSpeech', {}),
  // polls
  order('openPoll', {
    itemId: id.item,
    question: text(limits.questionCharsMax),
    presetCode: z.string().max(40).optional(),
    method: method.default({ kind: 'yesNo' }),
    options: z.array(option).max(limits.pollOptionsMax).default([]),
    secrecy: z.enum(['named', 'secret']).default('named'),
    show: z.enum(['hidden', 'live']).default('hidden'),
    changeable: z.boolean().optional(),
  }),
  order('closePoll', { pollId: id.poll }),
  order('cancelPoll', { pollId: id.poll, reason: reason.default('') }),
  /** Puts an earlier result back on the stage. */
  order('showResult', { pollId: id.poll }),
  // ballots: these go to the urn, not into the record, until the poll closes
  order('castBallot', { pollId: id.poll, seatId: id.seat.optional(), choice: ballotChoice }),
  order('countHands', {
    pollId: id.poll,
    partyId: id.party,
    counts: z.record(z.string().max(40), count),
    witness: z.string().trim().max(limits.nameCharsMax).default(''),
  }),
  // the stage
  order('setScene', { scene: scene.nullable() }),
])

/** What travels from a client: the order, in an envelope that makes it safe to send again. */
export const commandEnvelope = z.strictObject({
  commandId: z.string().regex(commandIdPattern),
  command,
})

export type Command = z.infer<typeof command>
export type CommandType = Command['type']
export type CommandOf<T extends CommandType> = Extract<Command, { type: T }>
export type Scene = z.infer<typeof scene>
export type HandKind = z.infer<typeof handKind>
