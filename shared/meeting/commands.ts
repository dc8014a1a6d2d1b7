// Every order that may be given to a meeting, as schemas; the server checks with them, and their types are inferred.
import { z } from 'zod'
import { methodSchema } from '../counting/methodSchema.ts'
import { commandIdPattern, idPattern } from '../kernel/ids.ts'
import { limits } from '../kernel/limits.ts'
import { visibleLine, visibleLines } from '../kernel/visibleText.ts'
import { deliberationCodes } from '../rules/fourDeliberations.ts'

const id = {
  seat: z.string().regex(idPattern('seat')),
  item: z.string().regex(idPattern('item')),
  poll: z.string().regex(idPattern('poll')),
  draft: z.string().regex(idPattern('draft')),
  amendment: z.string().regex(idPattern('amendment')),
  matter: z.string().regex(idPattern('matter')),
  party: z.string().regex(idPattern('party')),
}

const title = visibleLine(limits.titleCharsMax).min(1)
const reason = visibleLines(limits.reasonCharsMax)
const seconds = z.int().min(10).max(limits.speechSecondsMax)
const count = z.int().min(0).max(limits.seatsMax)

const order = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.strictObject({ type: z.literal(type), ...shape })

/** Options of a poll other than yes, no and abstain. */
const option = z.strictObject({
  optionId: z.string().regex(/^op_[0-9a-z]{1,16}$/),
  label: title,
})

const optionId = z.string().max(40)

/** What a ballot says; its method says which of the four forms it must have. */
const ballotChoice = z.union([
  z.strictObject({ choice: optionId }),
  z.strictObject({ choices: z.array(optionId).max(limits.pollOptionsMax).readonly() }),
  z.strictObject({
    scores: z
      .record(optionId, z.int().min(0).max(limits.scoreMax))
      .refine((scores) => Object.keys(scores).length <= limits.pollOptionsMax),
  }),
  z.strictObject({
    ranking: z
      .array(z.array(optionId).min(1).max(limits.pollOptionsMax).readonly())
      .max(limits.pollOptionsMax)
      .readonly(),
  }),
])

/** One teller's count of a box of papers: bundles of papers that say the same, and what was left over. */
const paperSheet = z.strictObject({
  lines: z
    .array(z.strictObject({ choice: ballotChoice, count: z.int().min(1).max(limits.seatsMax) }))
    .max(limits.paperLinesMax),
  blank: count,
  spoiled: count,
  box: count,
  handedOut: count,
})
/** `null` is the one box of a poll that asks nothing of each party. */
const boxOf = id.party.nullable()
const channel = z.enum(['device', 'clerk', 'paper'])

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
    place: visibleLine(limits.placeCharsMax).optional(),
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
  order('checkIn', { seatId: id.seat.optional(), channel: channel.optional() }),
  order('leave', { seatId: id.seat.optional() }),
  order('excuse', { seatId: id.seat, reason: reason.default('') }),
  /** Who gives the seat's ballots: its own device, the clerk on its behalf, or a paper in the box. */
  order('setChannel', { seatId: id.seat, channel }),
  /** A written proxy was handed in: `document` says which. Each poll's own rule says whether it may be used. */
  order('giveProxy', { fromSeatId: id.seat, toSeatId: id.seat, document: reason.min(1) }),
  order('endProxy', { fromSeatId: id.seat }),
  /** Somebody of the same household sits in for the one the seat was made for. */
  order('substitute', { seatId: id.seat, personId: z.string().regex(idPattern('person')) }),
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
  // amendments; without `seatId` a participant proposes for the own seat
  order('proposeAmendment', {
    itemId: id.item,
    seatId: id.seat.optional(),
    title,
    purpose: reason.default(''),
    /** The words of the draft that it is about; '' for the whole draft. */
    passage: z.string().trim().max(limits.passageCharsMax).default(''),
  }),
  /** Brings the draft's newer text into the amendment. */
  order('rebaseAmendment', { amendmentId: id.amendment }),
  order('withdrawAmendment', { amendmentId: id.amendment }),
  /** Without `pollId` by general consent. */
  order('adoptAmendment', { amendmentId: id.amendment, pollId: id.poll.nullable().default(null) }),
  order('rejectAmendment', {
    amendmentId: id.amendment,
    pollId: id.poll.nullable().default(null),
    reason: reason.default(''),
  }),
  // polls
  order('openPoll', {
    itemId: id.item,
    /** Asks about this amendment, and freezes its text instead of the draft's. */
    amendmentId: id.amendment.optional(),
    question: visibleLines(limits.questionCharsMax).min(1),
    presetCode: z.string().max(40).optional(),
    method: methodSchema.default({ kind: 'yesNo' }),
    options: z.array(option).max(limits.pollOptionsMax).default([]),
    /** How many are to be chosen, where the method may choose several. */
    winners: z.int().min(1).max(limits.pollOptionsMax).optional(),
    /** Further items decided by the same ballots: a vote on a block, the excepted ones left out. */
    covers: z.array(id.item).max(limits.agendaItemsMax).optional(),
    /** The link of a matter's chain of four deliberations that this poll decides. */
    link: z.strictObject({ matterId: id.matter, code: z.enum(deliberationCodes) }).optional(),
    /** Where every unit concurs by a rule of its own: its code by the unit's party id. */
    unitPresetCodes: z.record(id.party, z.string().max(60)).optional(),
    secrecy: z.enum(['named', 'secret']).default('named'),
    show: z.enum(['hidden', 'live']).default('hidden'),
    changeable: z.boolean().optional(),
  }),
  order('closePoll', { pollId: id.poll }),
  order('cancelPoll', { pollId: id.poll, reason: reason.default('') }),
  /** The chair's casting vote, where a tie is the chair's to break: who or what wins of those who tied. */
  order('breakTie', { pollId: id.poll, winners: z.array(optionId).min(1).max(limits.pollOptionsMax) }),
  /** Puts an earlier result back on the stage. */
  order('showResult', { pollId: id.poll }),
  // ballots: these go to the urn, not into the record, until the poll closes
  order('castBallot', { pollId: id.poll, seatId: id.seat.optional(), choice: ballotChoice }),
  order('countHands', {
    pollId: id.poll,
    partyId: id.party,
    counts: z.record(z.string().max(40), count),
    witness: visibleLine(limits.nameCharsMax).default(''),
  }),
  /** Two tellers enter their counts without seeing each other's; a box counts when the two are equal. */
  order('enterPaper', { pollId: id.poll, partyId: boxOf, sheet: paperSheet }),
  order('discardPaper', { pollId: id.poll, partyId: boxOf }),
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
export type PaperSheet = z.infer<typeof paperSheet>
export type Channel = z.infer<typeof channel>
export type Scene = z.infer<typeof scene>
export type HandKind = z.infer<typeof handKind>
