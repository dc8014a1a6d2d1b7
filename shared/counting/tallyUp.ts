// Owns the adding up: how each party voted, in seats and in weight, for the judge and for the sheet.

import type { Preset } from '../rules/preset.ts'
import { presetByCode } from '../rules/presets.ts'
import type { PartyTally, Tally, Votes } from '../rules/tally.ts'
import { rollOf, weightOf } from './attendance.ts'
import { type BallotChoice, isBlank } from './ballot.ts'
import { type Marked, totalsOf, votesIn } from './marked.ts'
import { ballotForms } from './method.ts'
import type { PartyTotals, Poll, PollRoll } from './poll.ts'

/** One ballot as it counts: whose party, how many papers, what they weigh. */
export interface Cast extends Marked {
  readonly papers: number
}

/** Every ballot with its party ('' where unknown) and its weight. */
export const castIn = (poll: Poll): Cast[] => {
  const seats = new Map((poll.seats ?? []).map((seat) => [seat.id, seat]))
  return poll.ballots.flatMap(({ seat, party, count, choice }) => {
    const papers = count ?? 1
    if (papers === 0) return []
    const own = seat === undefined ? undefined : seats.get(seat)
    if (own === undefined) return [{ party: party ?? '', papers, weight: papers, choice }]
    return [{ party: own.party, papers, weight: weightOf(own, poll.preset), choice }]
  })
}

/** What a ballot counts as in a yes/no judgement. */
export type Side = 'yes' | 'no' | 'abstain' | 'blank'

export const yesNoSide = (choice: BallotChoice): Side => {
  if (!('choice' in choice)) return 'blank'
  return choice.choice === 'yes' || choice.choice === 'no' ? choice.choice : 'abstain'
}

/** Stands for everybody where parties are not known; no party is called so. */
const everybody = '*'

/** One party for everybody, where some ballots do not say whose they are. */
const merged = (roll: readonly PollRoll[]): PollRoll[] => {
  const sum = (figure: (party: PollRoll) => number) => roll.reduce((total, party) => total + figure(party), 0)
  const households = roll.some((party) => party.households !== undefined)
  return [
    {
      partyId: everybody,
      due: sum(({ due }) => due),
      present: sum(({ present }) => present),
      recused: sum(({ recused }) => recused),
      ...(households
        ? {
            households: sum((party) => party.households ?? party.due),
            householdsPresent: sum((party) => party.householdsPresent ?? party.present),
          }
        : {}),
    },
  ]
}

const votesOf = (base: { due: number; present: number; recused: number }): Required<Votes> => ({
  due: base.due,
  present: base.present,
  recused: base.recused,
  yes: 0,
  no: 0,
  abstain: 0,
  blank: 0,
})

/** Attendance as the judge needs it: of parties, of everybody as one, or just of those who voted. */
const attendance = (poll: Poll, cast: readonly Cast[]): readonly PollRoll[] => {
  const roll = rollOf(poll)
  if (roll === undefined) {
    const papers = cast.reduce((sum, ballot) => sum + ballot.papers, 0)
    return [{ partyId: everybody, due: papers, present: papers, recused: 0 }]
  }
  const [only] = roll
  const nameless = cast.some(({ party }) => party === '')
  return nameless && (only === undefined || roll.length > 1) ? merged(roll) : roll
}

/**
 * How each party voted. `sideOf` says what a ballot counts as; the seats and what they weigh are added up side by
 * side, so that no weight is ever measured against a number of heads.
 */
export const tallyUp = (
  poll: Poll,
  cast: readonly Cast[],
  sideOf: (ballot: Cast, index: number) => Side,
): Tally => {
  const parties = new Map<string, PartyTally & { blank: number; weighed?: Required<Votes> }>()
  const roll = attendance(poll, cast)
  for (const { weighed, ...party } of roll) {
    const votes = { ...party, yes: 0, no: 0, abstain: 0, blank: 0 }
    parties.set(party.partyId, weighed === undefined ? votes : { ...votes, weighed: votesOf(weighed) })
  }
  const [only] = roll
  for (const [index, ballot] of cast.entries()) {
    const party = parties.get(ballot.party) ?? parties.get(only?.partyId ?? everybody)
    if (party === undefined) continue
    const side = sideOf(ballot, index)
    party[side] += ballot.papers
    if (party.weighed !== undefined) party.weighed[side] += ballot.weight
  }
  return { parties: [...parties.values()] }
}

/** The rule where none is named: more for than against; a tie is left open. */
export const plainRule = (poll: Poll): Preset => {
  const simple = presetByCode('simple')
  if (simple === undefined) throw new Error('the preset "simple" is missing')
  return {
    ...simple,
    ties: poll.ties ?? 'chair',
    cite: { zh: '未指定规则，以赞成多于反对为准', en: 'no rule named: more for than against' },
  }
}

/** The sheet by party, where every ballot is known to be of one. */
export const partyTotals = (poll: Poll, cast: readonly Cast[], tally: Tally): PartyTotals[] | undefined => {
  if (rollOf(poll) === undefined || tally.parties.some(({ partyId }) => partyId === everybody))
    return undefined
  return tally.parties.map(({ partyId, due, present, recused, yes, no, abstain }) => {
    const own = cast.filter(({ party }) => party === partyId || (party === '' && tally.parties.length === 1))
    const voted = own.reduce((sum, { papers }) => sum + papers, 0)
    const counts = ballotForms[poll.method.kind] !== 'ranking'
    const totals = counts ? totalsOf(poll.options, own, votesIn) : []
    const notVoted = present - recused - voted
    return { partyId, due, present, recused, yes, no, abstain, notVoted, totals: Object.fromEntries(totals) }
  })
}

/** Ballots handed in and blank ones among them, in weight, and seats that might vote and did not. */
export const ballotFigures = (
  poll: Poll,
  cast: readonly Cast[],
): { cast: number; blank: number; notVoted?: number } => {
  const sum = (of: readonly Cast[], figure: (ballot: Cast) => number) =>
    of.reduce((total, one) => total + figure(one), 0)
  const figures = {
    cast: sum(cast, ({ weight }) => weight),
    blank: sum(
      cast.filter(({ choice }) => isBlank(choice)),
      ({ weight }) => weight,
    ),
  }
  const roll = rollOf(poll)
  if (roll === undefined) return figures
  const electors = roll.reduce((total, { present, recused }) => total + present - recused, 0)
  return { ...figures, notVoted: electors - sum(cast, ({ papers }) => papers) }
}
