// Random orders by random people: mostly sensible for the state they meet, sometimes not, always valid by the schema.
import { type Command, type CommandType, command } from '../../shared/meeting/commands.ts'
import type { Actor } from '../../shared/meeting/deciding.ts'
import { optionIds } from '../../shared/meeting/poll.ts'
import type { MeetingState } from '../../shared/meeting/state.ts'
import { presets } from '../../shared/rules/presets.ts'
import type { Role } from '../../shared/wire/live.ts'
import type { Dice } from './dice.ts'

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
    { kind: 'yesNo' },
  )
  return { method, options: ids.map((optionId) => ({ optionId, label: text(dice) })) }
}

const choiceFor = (state: MeetingState, id: string, dice: Dice): Shape => {
  const poll = state.polls[id]
  const known = poll ? [...optionIds(poll)] : ['yes']
  const one = dice.oneIn(12) ? dice.of('__proto__', 'toString', 'op_none') : (dice.pick(known) ?? 'yes')
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

const makers: { readonly [T in CommandType]: Make } = {
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
    ...maybe(dice, { channel: dice.of('device', 'clerk') }),
  }),
  leave: (state, dice) => maybe(dice, { seatId: seatId(state, dice) }),
  excuse: (state, dice) => ({ seatId: seatId(state, dice), ...maybe(dice, { reason: text(dice) }) }),
  setChannel: (state, dice) => ({ seatId: seatId(state, dice), channel: dice.of('device', 'clerk') }),
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
    ...maybe(dice, { presetCode: dice.oneIn(10) ? 'no such' : (dice.pick(presets)?.code ?? 'simple') }),
    ...(dice.oneIn(2) ? optionsFor(dice) : {}),
    ...(dice.oneIn(10) ? { secrecy: 'secret' } : {}),
    ...maybe(dice, { show: dice.of('hidden', 'live') }),
    changeable: dice.oneIn(2),
  }),
  closePoll: (state, dice) => ({ pollId: pollId(state, dice) }),
  cancelPoll: (state, dice) => ({ pollId: pollId(state, dice), ...maybe(dice, { reason: text(dice) }) }),
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
  closePoll: 2,
  extendSpeech: 2,
  showResult: 2,
  setScene: 2,
  liftRecusal: 2,
}
const urnOfTypes: readonly CommandType[] = commandTypes.flatMap((type) =>
  Array<CommandType>(type === 'closeMeeting' ? 0 : (weights[type] ?? 1)).fill(type),
)

/** A random order, through the schema as an order from outside goes. */
export const randomOrder = (state: MeetingState, dice: Dice): Command => {
  const type = dice.oneIn(250) ? 'closeMeeting' : (dice.pick(urnOfTypes) ?? 'checkIn')
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
