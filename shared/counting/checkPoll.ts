// Owns whether a poll can be counted at all, and why not, in words: seats twice, ballots too many, unknown parties.
import { limits } from '../kernel/limits.ts'
import { tallyMax } from '../rules/fractions.ts'
import type { Preset } from '../rules/preset.ts'
import { mayVote, rollOf, weightOf } from './attendance.ts'
import { ballotFault } from './ballot.ts'
import { type Fault, fault, faultAt } from './fault.ts'
import { electsOne, yesNoOptions } from './method.ts'
import { knownParties } from './parties.ts'
import type { Poll, PollBallot, PollSeat } from './poll.ts'

/** Ballots of one poll, in number and in weight; a hundred points each still stay within a tally. */
const ballotsMax = tallyMax / 100

const whole = (figure: number, least: number, most: number): boolean =>
  Number.isSafeInteger(figure) && figure >= least && figure <= most

const repeatedIn = (ids: readonly string[]): string | undefined => {
  const seen = new Set<string>()
  for (const id of ids) {
    if (seen.has(id)) return id
    seen.add(id)
  }
  return undefined
}

const optionsFault = ({ method, options, winners }: Poll): Fault | undefined => {
  if (options.length === 0) return fault('noOptions', '这个表决没有选项', 'the poll has no options')
  if (options.length > limits.pollOptionsMax) {
    return fault(
      'tooMany',
      `选项超过 ${limits.pollOptionsMax} 个`,
      `more than ${limits.pollOptionsMax} options`,
    )
  }
  const twice = repeatedIn(options)
  if (twice !== undefined)
    return fault('malformed', `选项“${twice}”重复`, `the option "${twice}" is listed twice`)
  const known: readonly string[] = yesNoOptions
  const foreign = method.kind === 'yesNo' ? options.find((option) => !known.includes(option)) : undefined
  if (foreign !== undefined) {
    return fault(
      'optionUnknown',
      `赞成/反对表决的选项只能是 yes、no、abstain，不能是“${foreign}”`,
      `the options of a yes/no poll are yes, no and abstain, not "${foreign}"`,
    )
  }
  if (method.kind !== 'yesNo' && method.none !== undefined && !options.includes(method.none)) {
    return fault('optionUnknown', `没有“${method.none}”这个选项`, `there is no option "${method.none}"`)
  }
  if (winners === undefined) return undefined
  if (!whole(winners, 1, options.length)) {
    return fault(
      'malformed',
      '当选名额须是 1 到选项数的整数',
      'winners must be from 1 to the number of options',
    )
  }
  if (winners > 1 && electsOne(method)) {
    return fault(
      'malformed',
      `${method.kind} 只能选出一个`,
      `${method.kind} elects one; use stv or schulze for more`,
    )
  }
  return undefined
}

const seatFault = (seat: PollSeat): Fault | undefined => {
  for (const figure of [seat.weight ?? 1, seat.households ?? 1]) {
    if (whole(figure, 0, tallyMax)) continue
    return fault(
      'malformed',
      `席位“${seat.id}”的权重或户数 ${figure} 不是非负整数`,
      `the weight or households of seat "${seat.id}" is ${figure}, not a whole number of 0 or more`,
    )
  }
  return undefined
}

const seatsFault = (poll: Poll): Fault | undefined => {
  const seats = poll.seats ?? []
  const twice = repeatedIn(seats.map(({ id }) => id))
  if (twice !== undefined) return fault('seatExists', `席位“${twice}”重复`, `seat "${twice}" is listed twice`)
  const known = knownParties(poll)
  let weight = 0
  for (const seat of seats) {
    const found = seatFault(seat)
    if (found !== undefined) return found
    weight += Math.max(seat.weight ?? 1, seat.households ?? 1)
    if (weight > ballotsMax)
      return fault('tooMany', '权重或户数合计过大', 'the weights or households add up to too much')
    if (known !== undefined && !known(seat.party)) {
      return fault(
        'partyUnknown',
        `席位“${seat.id}”的界别“${seat.party}”不在规则之内`,
        `the party "${seat.party}" of seat "${seat.id}" is unknown to the preset`,
      )
    }
  }
  return undefined
}

/** A roll that is given must be an attendance; the seats beside it may be those who may vote alone. */
const rollFault = (poll: Poll): Fault | undefined => {
  const { roll } = poll
  if (roll === undefined) return undefined
  const twice = repeatedIn(roll.map(({ partyId }) => partyId))
  if (twice !== undefined)
    return fault('malformed', `界别“${twice}”重复`, `the party "${twice}" is listed twice`)
  for (const party of roll) {
    const { partyId, due, present, recused, households = due, householdsPresent = 0, weighed } = party
    const heads = [
      { due, present, recused },
      { due: households, present: householdsPresent, recused: 0 },
      ...(weighed === undefined ? [] : [weighed]),
    ]
    const odd = heads.some(
      (one) =>
        !whole(one.due, 0, ballotsMax) ||
        !whole(one.present, 0, one.due) ||
        !whole(one.recused, 0, one.present),
    )
    if (!odd) continue
    return fault(
      'malformed',
      `界别“${partyId}”的应到、实到、回避人数互相矛盾`,
      `the figures of party "${partyId}" contradict one another`,
    )
  }
  return undefined
}

const needsRoll = (preset: Preset): boolean =>
  preset.quorum !== null ||
  preset.pass.form === 'everyUnit' ||
  (preset.pass.form === 'share' && preset.pass.of !== 'cast')

const presetFault = (poll: Poll): Fault | undefined => {
  const { preset } = poll
  if (preset === undefined) return undefined
  if (needsRoll(preset) && poll.seats === undefined && poll.roll === undefined) {
    return fault(
      'malformed',
      `按“${preset.name.zh}”计票须知道应到和实到：请给出 seats`,
      `a count under "${preset.code}" needs to know who was due and present: give "seats"`,
    )
  }
  const byParty =
    preset.pass.form === 'everyUnit' || (preset.pass.form === 'share' && preset.pass.perParty !== undefined)
  const parties = rollOf(poll)?.filter(({ due }) => due > 0) ?? []
  const nameless = poll.ballots.some(
    ({ seat, party, count }) => seat === undefined && party === undefined && count !== 0,
  )
  if (byParty && nameless && parties.length > 1) {
    return fault(
      'partyUnknown',
      `“${preset.name.zh}”按界别计票，不记名的票须注明界别`,
      `"${preset.code}" counts by party, so ballots without a seat must name theirs`,
    )
  }
  return undefined
}

const namedBallotFault = (
  seats: ReadonlyMap<string, PollSeat>,
  id: string,
  count: number,
): Fault | undefined => {
  const seat = seats.get(id)
  if (seat === undefined) return fault('seatUnknown', `没有席位“${id}”`, `there is no seat "${id}"`)
  if (!seat.present) return fault('notAnElector', `席位“${id}”未到会`, `seat "${id}" was not present`)
  if (!mayVote(seat))
    return fault('recused', `席位“${id}”已回避，不能投票`, `seat "${id}" is recused and may not vote`)
  if (count !== 1)
    return fault('malformed', `席位“${id}”只有一票`, `seat "${id}" has one ballot, not ${count}`)
  return undefined
}

/** Which parties a bundle without a seat may name: those that attended, else those that the poll knows, else any. */
const partyTest = (poll: Poll): ((id: string) => boolean) => {
  const roll = rollOf(poll)
  if (roll === undefined) return knownParties(poll) ?? (() => true)
  const there = new Set(roll.map(({ partyId }) => partyId))
  return (id) => there.has(id)
}

const bundleFault = ({ party }: PollBallot, known: (id: string) => boolean): Fault | undefined =>
  party === undefined || known(party)
    ? undefined
    : fault('partyUnknown', `没有界别“${party}”`, `there is no party "${party}"`)

const ballotsFault = (poll: Poll): Fault | undefined => {
  const seats = new Map((poll.seats ?? []).map((seat) => [seat.id, seat]))
  const options = new Set(poll.method.kind === 'yesNo' ? yesNoOptions : poll.options)
  const known = partyTest(poll)
  const voted = new Set<string>()
  const faultOf = (ballot: PollBallot): Fault | undefined => {
    const { seat, count = 1, choice } = ballot
    if (!whole(count, 0, tallyMax)) {
      return fault(
        'malformed',
        `票数 ${count} 不是非负整数`,
        `the count ${count} is not a whole number of 0 or more`,
      )
    }
    if (seat !== undefined && voted.has(seat)) {
      return fault('otherSource', `席位“${seat}”投了两次`, `seat "${seat}" has voted twice`)
    }
    const source = seat === undefined ? bundleFault(ballot, known) : namedBallotFault(seats, seat, count)
    return source ?? ballotFault(poll.method, options, choice)
  }
  for (const [index, ballot] of poll.ballots.entries()) {
    const found = faultOf(ballot)
    if (found !== undefined) return faultAt({ zh: `第 ${index + 1} 张票`, en: `ballot ${index + 1}` }, found)
    if (ballot.seat !== undefined) voted.add(ballot.seat)
  }
  return undefined
}

/** No more ballots than people who may vote, overall and, where it is known, in each party. */
const surplusFault = (poll: Poll): Fault | undefined => {
  const roll = rollOf(poll)
  const partyOf = new Map((poll.seats ?? []).map((seat) => [seat.id, seat.party]))
  const cast = new Map<string | undefined, number>()
  for (const { seat, party, count } of poll.ballots) {
    const of = seat === undefined ? party : partyOf.get(seat)
    cast.set(of, (cast.get(of) ?? 0) + (count ?? 1))
  }
  const all = [...cast.values()].reduce((sum, count) => sum + count, 0)
  if (all > ballotsMax) return fault('tooMany', '票数过多', 'too many ballots')
  if (roll === undefined) return undefined
  const may = roll.map(({ partyId, present, recused }) => ({ partyId, electors: present - recused }))
  const electors = may.reduce((sum, party) => sum + party.electors, 0)
  const over = may.find((party) => (cast.get(party.partyId) ?? 0) > party.electors)
  if (all <= electors && over === undefined) return undefined
  const [votes, people] = over === undefined ? [all, electors] : [cast.get(over.partyId) ?? 0, over.electors]
  const whose =
    over === undefined ? { zh: '', en: '' } : { zh: `界别“${over.partyId}”`, en: `party "${over.partyId}": ` }
  return fault(
    'handsExceedSeats',
    `${whose.zh}有 ${votes} 张票，能投票的只有 ${people} 席`,
    `${whose.en}${votes} ballots, but only ${people} seats may vote`,
  )
}

const weighedFault = (poll: Poll): Fault | undefined => {
  const weighs =
    poll.roll?.some(({ weighed }) => weighed !== undefined) ??
    poll.seats?.some((seat) => mayVote(seat) && weightOf(seat, poll.preset) !== 1) ??
    false
  const nameless = poll.ballots.some(({ seat, count }) => seat === undefined && count !== 0)
  if (!weighs || !nameless) return undefined
  return fault(
    'malformed',
    '各席权重不同，不记名的票无法计权',
    'seats weigh differently, so every ballot must name its seat',
  )
}

/** Why a poll cannot be counted, in words; undefined where it can. */
export const pollFault = (poll: Poll): Fault | undefined =>
  optionsFault(poll) ??
  seatsFault(poll) ??
  rollFault(poll) ??
  presetFault(poll) ??
  ballotsFault(poll) ??
  surplusFault(poll) ??
  weighedFault(poll)
