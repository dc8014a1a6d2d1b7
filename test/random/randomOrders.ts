// Random orders by random people: mostly sensible for the state they meet, sometimes not, always valid by the schema.

import { ballotForms } from '../../shared/counting/method.ts'
import { type Command, type CommandType, command } from '../../shared/meeting/commands.ts'
import type { Actor } from '../../shared/meeting/deciding.ts'
import { boxesOf, paperElectors } from '../../shared/meeting/paper.ts'
import { optionIds } from '../../shared/meeting/pollOptions.ts'
import type { MeetingState } from '../../shared/meeting/state.ts'
import type { Preset } from '../../shared/rules/preset.ts'
import { presetByCode as builtIn, presets } from '../../shared/rules/presets.ts'
import type { Role } from '../../shared/wire/live.ts'
import { aboutAmendment, amendmentMakers } from '../amendments/randomAmendments.ts'
import type { Dice } from './dice.ts'

/** A rule whose ties the chair breaks, beside those that come with the hall. */
const chairBreaksTies: Preset | undefined = presets
  .filter(({ code }) => code === 'simple')
  .map((simple) => ({ ...simple, code: 'ownSimple', ties: 'chair' as const }))[0]

export const presetByCode = (code: string): Preset | undefined =>
  code === 'ownSimple' ? chairBreaksTies : builtIn(code)

type Shape = Record<string, unknown>
type Make = (state: MeetingState, dice: Dice) => Shape

const itemId = (state: MeetingState, dice: Dice): string =>
  dice.oneIn(12) ? 'it_nowhere' : (dice.pick(state.agenda)?.itemId ?? 'it_nowhere')

const seatId = (state: MeetingState, dice: Dice): string =>
  dice.oneIn(12) ? 'st_nobody' : (dice.pick(Object.keys(state.seats)) ?? 'st_nobody')

/** The open poll where there is one, since that is what people are on. */
const pollId = (state: MeetingState, dice: Dice): string => {
  const open = Object.values(state.polls).find((poll) => poll.status === 'open')
  if (open && !dice.oneIn(5)) return open.pollId
  return dice.oneIn(8) ? 'po_nowhere' : (dice.pick(state.pollOrder) ?? 'po_nowhere')
}

/** A handful of waiting hands in some order; now and then one twice, or one that is not raised. */
const queue = (state: MeetingState, dice: Dice): string[] => {
  const hands = state.floor.hands.map((hand) => hand.seatId).sort(() => dice.below(3) - 1)
  const some = hands.slice(0, dice.below(hands.length + 1))
  if (dice.oneIn(8)) some.push(seatId(state, dice))
  return some
}

const oddTexts = [
  '关于停车',
  ' a ',
  '𠮷'.repeat(20),
  '"\\\n\u2028',
  'constructor',
  '\ud800 alone',
  'x',
] as const
const text = (dice: Dice): string => dice.pick(oddTexts) ?? 'x'

const maybe = (dice: Dice, shape: Shape): Shape => (dice.oneIn(2) ? shape : {})

const optionsFor = (dice: Dice): Shape => {
  const n = dice.oneIn(8) ? 0 : 1 + dice.below(4)
  const ids = Array.from({ length: n }, (_, i) => `op_${dice.oneIn(15) ? 0 : i}`)
  const method = dice.of<Shape>(
    { kind: 'chooseOne' },
    { kind: 'approval' },
    { kind: 'chooseUpTo', max: 1 + dice.below(4) },
    { kind: 'score', max: 1 + dice.below(5) },
    { kind: 'irv' },
    { kind: 'stv' },
    { kind: 'schulze' },
    { kind: 'yesNo' },
  )
  if (method.kind !== 'yesNo' && dice.oneIn(8)) method.none = dice.of('op_0', 'op_nowhere')
  return {
    method,
    options: ids.map((optionId) => ({ optionId, label: text(dice) })),
    ...(dice.oneIn(3) ? { winners: 1 + dice.below(3) } : {}),
  }
}

const choiceFor = (state: MeetingState, id: string, dice: Dice): Shape => {
  const poll = state.polls[id]
  const known = poll ? [...optionIds(poll)] : ['yes']
  const one = dice.oneIn(12) ? dice.of('__proto__', 'toString', 'op_none') : (dice.pick(known) ?? 'yes')
  const kind = poll?.method.kind
  if (kind === 'score' && !dice.oneIn(8)) {
    return { scores: Object.fromEntries(known.map((option) => [option, dice.below(4)])) }
  }
  if ((kind === 'irv' || kind === 'stv' || kind === 'schulze') && !dice.oneIn(8)) {
    const order = [...known].sort(() => dice.below(3) - 1).slice(0, dice.below(known.length + 1))
    return { ranking: dice.oneIn(4) && order.length > 1 ? [order] : order.map((option) => [option]) }
  }
  if (!dice.oneIn(3) && (!poll || poll.method.kind === 'yesNo' || poll.method.kind === 'chooseOne')) {
    return { choice: one }
  }
  return { choices: known.filter(() => dice.oneIn(2)).concat(dice.oneIn(10) ? [one] : []) }
}

const countsFor = (state: MeetingState, id: string, dice: Dice): Record<string, number> => {
  const poll = state.polls[id]
  const counts: Record<string, number> = {}
  for (const option of poll ? optionIds(poll) : ['yes']) if (dice.oneIn(2)) counts[option] = dice.below(3)
  if (dice.oneIn(12)) counts.valueOf1 = 1
  return counts
}

/** Mostly what a teller would count: a few papers that say the same, and figures that add up. */
const sheetFor = (state: MeetingState, id: string, box: string | null, dice: Dice): Shape => {
  const poll = state.polls[id]
  const handedOut = poll && !dice.oneIn(8) ? paperElectors(poll, box) : dice.below(4)
  const first = poll ? optionIds(poll)[0] : undefined
  const form = poll ? ballotForms[poll.method.kind] : 'choice'
  const choice =
    form === 'choice'
      ? { choice: first ?? 'yes' }
      : form === 'choices'
        ? { choices: [first ?? 'yes'] }
        : form === 'scores'
          ? { scores: { [first ?? 'yes']: 1 } }
          : { ranking: [[first ?? 'yes']] }
  const count = handedOut - (dice.oneIn(6) ? 1 : 0)
  const lines = count > 0 ? [{ choice, count }] : []
  const inBox = Math.max(0, count) + (dice.oneIn(12) ? 1 : 0)
  return { lines, blank: 0, spoiled: 0, box: inBox, handedOut }
}

const makers: { readonly [T in CommandType]: Make } = {
  ...amendmentMakers,
  openDoors: () => ({}),
  openMeeting: () => ({}),
  recessMeeting: () => ({}),
  resumeMeeting: () => ({}),
  closeMeeting: () => ({}),
  reviseMeeting: (_, dice) => ({
    ...maybe(dice, { title: text(dice) }),
    ...maybe(dice, { place: dice.of('', '村礼堂') }),
    ...maybe(dice, { startsAt: dice.below(2_000_000_000) }),
    ...(dice.oneIn(3) ? { presetCode: dice.of('simple', 'simple', 'tripartite', 'constructor') } : {}),
  }),
  addAgendaItem: (state, dice) => ({
    title: text(dice),
    ...maybe(dice, { parentId: dice.oneIn(2) ? null : itemId(state, dice) }),
    ...maybe(dice, { minutes: dice.below(60) }),
    ...maybe(dice, { matterId: 'ma_0001' }),
  }),
  reviseAgendaItem: (state, dice) => ({
    itemId: itemId(state, dice),
    ...maybe(dice, { title: text(dice) }),
    ...maybe(dice, { minutes: dice.below(60) }),
  }),
  moveAgendaItem: (state, dice) => ({
    itemId: itemId(state, dice),
    parentId: dice.oneIn(2) ? null : itemId(state, dice),
    index: dice.below(6),
  }),
  removeAgendaItem: (state, dice) => ({ itemId: itemId(state, dice) }),
  moveAgendaTo: (state, dice) => ({ itemId: itemId(state, dice) }),
  checkIn: (state, dice) => ({
    ...maybe(dice, { seatId: seatId(state, dice) }),
    ...maybe(dice, { channel: dice.of('device', 'clerk', 'paper') }),
  }),
  leave: (state, dice) => maybe(dice, { seatId: seatId(state, dice) }),
  excuse: (state, dice) => ({ seatId: seatId(state, dice), ...maybe(dice, { reason: text(dice) }) }),
  setChannel: (state, dice) => ({
    seatId: seatId(state, dice),
    channel: dice.of('device', 'clerk', 'paper'),
  }),
  giveProxy: (state, dice) => {
    const absent = Object.keys(state.seats).filter((id) => state.attendance[id]?.status !== 'present')
    return {
      fromSeatId: dice.oneIn(4) ? seatId(state, dice) : (dice.pick(absent) ?? seatId(state, dice)),
      toSeatId: seatId(state, dice),
      document: '委托书一份',
    }
  },
  endProxy: (state, dice) => ({
    fromSeatId: dice.oneIn(3) ? seatId(state, dice) : (dice.pick(Object.keys(state.proxies)) ?? 'st_nobody'),
  }),
  substitute: (state, dice) => ({ seatId: seatId(state, dice), personId: 'pe_0001' }),
  admitObserver: (state, dice) => ({
    seatId: dice.oneIn(4) ? seatId(state, dice) : `st_guest${dice.below(50)}`,
  }),
  recuse: (state, dice) => ({
    itemId: itemId(state, dice),
    ...maybe(dice, { seatId: seatId(state, dice) }),
    ...maybe(dice, { reason: text(dice) }),
  }),
  liftRecusal: (state, dice) => {
    const item = dice.pick(state.agenda.filter(({ recused }) => Object.keys(recused).length > 0))
    return {
      itemId: item?.itemId ?? itemId(state, dice),
      seatId: dice.pick(Object.keys(item?.recused ?? {})) ?? seatId(state, dice),
    }
  },
  raiseHand: (state, dice) => ({
    ...maybe(dice, { seatId: seatId(state, dice) }),
    ...maybe(dice, { kind: dice.of('speak', 'pointOfOrder', 'answer') }),
  }),
  lowerHand: (state, dice) => maybe(dice, { seatId: seatId(state, dice) }),
  lowerAllHands: () => ({}),
  arrangeQueue: (state, dice) => ({ seatIds: queue(state, dice) }),
  giveFloor: (state, dice) => ({
    ...maybe(dice, { seatId: seatId(state, dice) }),
    ...maybe(dice, { seconds: 10 + dice.below(1_000) }),
  }),
  extendSpeech: (_, dice) => ({ seconds: 10 + dice.below(3_500) }),
  endSpeech: () => ({}),
  openPoll: (state, dice) => ({
    itemId: itemId(state, dice),
    question: text(dice),
    ...maybe(dice, {
      presetCode: dice.oneIn(10)
        ? 'no such'
        : dice.oneIn(3)
          ? 'ownSimple'
          : (dice.pick(presets)?.code ?? 'simple'),
    }),
    ...(dice.oneIn(8) ? { covers: [itemId(state, dice)] } : {}),
    ...(dice.oneIn(5)
      ? { link: { matterId: 'ma_0001', code: dice.of('partyProposal', 'partyProposal', 'partyMembers') } }
      : {}),
    ...(dice.oneIn(12)
      ? {
          unitPresetCodes: {
            [dice.pick(state.parties)?.partyId ?? 'pt_nowhere']: dice.of('simple', 'repAssembly'),
          },
        }
      : {}),
    ...(dice.oneIn(2) ? optionsFor(dice) : {}),
    ...(dice.oneIn(10) ? { secrecy: 'secret' } : {}),
    ...maybe(dice, { show: dice.of('hidden', 'live') }),
    changeable: dice.oneIn(2),
    ...aboutAmendment(state, dice),
  }),
  closePoll: (state, dice) => ({ pollId: pollId(state, dice) }),
  cancelPoll: (state, dice) => ({ pollId: pollId(state, dice), ...maybe(dice, { reason: text(dice) }) }),
  breakTie: (state, dice) => {
    const tied = state.pollOrder.filter((id) => state.polls[id]?.result?.outcome === 'tied')
    const id = dice.pick(tied) ?? pollId(state, dice)
    const poll = state.polls[id]
    const among = poll?.method.kind === 'yesNo' || !poll ? ['yes', 'no'] : (poll.result?.tied ?? [])
    const winners = [...among].slice(0, 1 + (dice.oneIn(5) ? 1 : 0))
    return { pollId: id, winners: winners.length > 0 && !dice.oneIn(8) ? winners : ['op_0'] }
  },
  enterPaper: (state, dice) => {
    const id = pollId(state, dice)
    const poll = state.polls[id]
    const boxes = poll ? boxesOf(poll) : [null]
    const box = dice.oneIn(12) ? 'pt_nowhere' : (dice.pick(boxes) ?? null)
    return { pollId: id, partyId: box, sheet: sheetFor(state, id, box, dice) }
  },
  discardPaper: (state, dice) => {
    const id = pollId(state, dice)
    const poll = state.polls[id]
    return { pollId: id, partyId: (poll && dice.pick(boxesOf(poll))) ?? null }
  },
  showResult: (state, dice) => ({
    pollId: dice.oneIn(5) ? pollId(state, dice) : (dice.pick(state.pollOrder) ?? 'po_nowhere'),
  }),
  castBallot: (state, dice) => {
    const id = pollId(state, dice)
    return {
      pollId: id,
      choice: choiceFor(state, id, dice),
      ...maybe(dice, { seatId: seatId(state, dice) }),
    }
  },
  countHands: (state, dice) => {
    const id = pollId(state, dice)
    return {
      pollId: id,
      partyId: dice.oneIn(12) ? 'pt_nowhere' : (dice.pick(state.parties)?.partyId ?? 'pt_nowhere'),
      counts: countsFor(state, id, dice),
      ...maybe(dice, { witness: text(dice) }),
    }
  },
  setScene: (_, dice) => ({
    scene: dice.of(null, 'welcome', 'agenda', 'text', 'speaker', 'poll', 'result'),
  }),
}

export const commandTypes = Object.keys(makers) as CommandType[]

/** What happens often in a hall is thrown often; what ends a meeting, seldom. */
const weights: Partial<Record<CommandType, number>> = {
  castBallot: 20,
  proposeAmendment: 3,
  adoptAmendment: 3,
  rejectAmendment: 2,
  enterPaper: 8,
  breakTie: 6,
  giveProxy: 3,
  countHands: 4,
  raiseHand: 9,
  checkIn: 10,
  giveFloor: 4,
  openPoll: 6,
  setChannel: 3,
  addAgendaItem: 3,
  arrangeQueue: 2,
  openMeeting: 2,
  resumeMeeting: 6,
  closePoll: 6,
  extendSpeech: 2,
  showResult: 2,
  setScene: 2,
  liftRecusal: 2,
}
const urnOfTypes: readonly CommandType[] = commandTypes.flatMap((type) =>
  Array<CommandType>(type === 'closeMeeting' ? 0 : (weights[type] ?? 1)).fill(type),
)

/** A tie does not come by often, and the chair is quick to break it. */
const hasTie = (state: MeetingState): boolean =>
  Object.values(state.polls).some(({ result, broken }) => result?.outcome === 'tied' && !broken)

/** A random order, through the schema as an order from outside goes. */
export const randomOrder = (state: MeetingState, dice: Dice): Command => {
  const some = dice.oneIn(250) ? 'closeMeeting' : (dice.pick(urnOfTypes) ?? 'checkIn')
  const type = hasTie(state) && dice.oneIn(3) ? 'breakTie' : some
  return command.parse({ type, ...makers[type](state, dice) })
}

const staff: readonly Role[] = ['secretary', 'facilitator', 'clerk', 'facilitator']

export const randomActor = (state: MeetingState, dice: Dice): Actor => {
  if (dice.oneIn(2)) {
    const role = dice.oneIn(20) ? dice.of<Role>('screen', 'waiting') : (dice.pick(staff) ?? 'clerk')
    return { actorId: `ac_${role}`, role, seatId: null }
  }
  const id = dice.oneIn(40) ? 'st_nobody' : (dice.pick(Object.keys(state.seats)) ?? 'st_nobody')
  const role = state.seats[id]?.role === 'observer' ? 'observer' : 'participant'
  return { actorId: id, role, seatId: id }
}
