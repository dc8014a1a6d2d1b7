// Owns the worked examples of a rule: figures on both sides of every line that it draws, judged by the real judge, so
// that whoever edits a rule sees at once what it would have come to.
import { checkQuorum, judge, type Verdict } from './judge.ts'
import type { PartyNames, Preset, Words } from './preset.ts'
import { castOf, type PartyTally, type Tally } from './tally.ts'

/** Those whom an example is about: everybody, or one party or unit where the rule asks something of each. */
export interface ExampleGroup {
  readonly partyId: string
  readonly name: Words
  /** Seats; where the rule counts households, every seat is taken for one. */
  readonly due: number
  /** Where seats or households may make a quorum: the households that these seats stand for. */
  readonly households?: number
}

export type ExampleKind =
  | 'quorumShort'
  | 'quorumMet'
  | 'quorumPartyShort'
  | 'householdsShort'
  | 'householdsMet'
  | 'oneShort'
  | 'justPasses'
  | 'partyRefuses'
  | 'abstaining'
  | 'tie'
  | 'recused'

export interface WorkedExample {
  readonly kind: ExampleKind
  readonly tally: Tally
  readonly verdict: Verdict
}

/** Above this, an example is told by its own figures only. */
export const exampleDueMax = 100_000

const everybody: Words = { zh: '全体', en: 'everybody' }
const ordinals = ['甲', '乙', '丙'] as const
const dueOfParties = [5, 5, 10, 4] as const

/** Whether a rule asks something of each party. */
export const asksEachParty = ({ quorum, pass }: Preset): boolean =>
  (quorum !== null && quorum.basis !== 'units' && quorum.perParty !== undefined) ||
  (pass.form === 'share' && pass.perParty !== undefined)

/** Whom the examples of a rule are about, with figures to begin with. */
export const exampleGroups = (preset: Preset): ExampleGroup[] => {
  if (preset.pass.form === 'everyUnit')
    return ordinals.map((mark, index) => ({
      partyId: `unit${index + 1}`,
      name: { zh: `${mark}村`, en: `village ${'ABC'.charAt(index)}` },
      due: 9,
    }))
  if (asksEachParty(preset))
    return (preset.parties ?? []).map(({ key, name }, index) => ({
      partyId: key,
      name,
      due: dueOfParties[index % dueOfParties.length] ?? 5,
    }))
  const isEither = preset.quorum?.basis === 'rosterOrHouseholds'
  return [
    { partyId: 'all', name: everybody, due: isEither ? 90 : 55, ...(isEither ? { households: 30 } : {}) },
  ]
}

export const namesOf = (groups: readonly ExampleGroup[]): PartyNames =>
  new Map(groups.map(({ partyId, name }) => [partyId, name]))

/** How one group attends and votes; whoever is present and neither recused nor abstaining nor for is against. */
interface Turnout {
  readonly present: number
  readonly recused?: number
  readonly yes: number
  readonly abstain?: number
}

const tallyOf = (groups: readonly ExampleGroup[], turnouts: readonly Turnout[]): Tally => ({
  parties: groups.map(({ partyId, due }, index): PartyTally => {
    const { present = 0, recused = 0, yes = 0, abstain = 0 } = turnouts[index] ?? {}
    return { partyId, due, present, recused, yes, no: present - recused - abstain - yes, abstain }
  }),
})

/** The smallest whole number in 0..most that holds, where whatever is larger holds too and `most` does. */
const least = (most: number, holds: (figure: number) => boolean): number => {
  let [low, high] = [0, most]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}

const replaced = (figures: readonly number[], at: number, figure: number): number[] =>
  figures.map((one, index) => (index === at ? figure : one))

/** Lowers one figure after another as far as it goes; then none can be lowered by one. */
const lowered = (figures: readonly number[], holds: (figures: readonly number[]) => boolean): number[] =>
  figures.reduce<number[]>(
    (now, most, index) =>
      replaced(
        now,
        index,
        least(most, (one) => holds(replaced(now, index, one))),
      ),
    [...figures],
  )

const oneLess = (figures: readonly number[]): number[] | null => {
  const index = figures.reduce((last, figure, at) => (figure > 0 ? at : last), -1)
  return index < 0 ? null : replaced(figures, index, (figures[index] ?? 0) - 1)
}

type Judged = (kind: ExampleKind, turnouts: readonly Turnout[]) => WorkedExample

const allFor = (present: number): Turnout => ({ present, yes: present })

const quorumExamples = (
  preset: Preset,
  groups: readonly ExampleGroup[],
  smallest: readonly number[],
  judged: Judged,
): WorkedExample[] => {
  const { quorum } = preset
  if (quorum === null) return []
  const met = judged('quorumMet', smallest.map(allFor))
  const fewer = oneLess(smallest)
  const examples = fewer === null ? [met] : [judged('quorumShort', fewer.map(allFor)), met]
  if (quorum.basis === 'units' || quorum.perParty === undefined) return examples
  for (const [index, party] of met.verdict.quorum.parties.entries()) {
    const away = groups.map(({ due, partyId }) =>
      partyId === party.partyId ? Math.max(0, party.need - 1) : due,
    )
    const missing = judged('quorumPartyShort', away.map(allFor))
    const { quorum: found } = missing.verdict
    if (index < groups.length && !found.met && found.have >= found.need) return [...examples, missing]
  }
  return examples
}

/** One person of each household is enough, where households may make the quorum. */
const householdExamples = (preset: Preset, groups: readonly ExampleGroup[]): WorkedExample[] => {
  const [group] = groups
  const households = group?.households
  if (group === undefined || households === undefined || households > group.due) return []
  const at = (kind: ExampleKind, present: number): WorkedExample => {
    const roll = tallyOf([group], [allFor(present)]).parties.map((party) => ({
      ...party,
      households,
      householdsPresent: Math.min(present, households),
    }))
    return {
      kind,
      tally: { parties: roll },
      verdict: judge(preset, { parties: roll }, { names: namesOf(groups) }),
    }
  }
  const need = least(households, (present) => at('householdsMet', present).verdict.quorum.met)
  const met = at('householdsMet', need)
  if (!met.verdict.quorum.met || met.verdict.quorum.basis !== 'households') return []
  return need === 0 ? [met] : [at('householdsShort', need - 1), met]
}

const passed = ({ verdict }: WorkedExample): boolean => verdict.outcome === 'passed'

/** All are for it but one party or unit, which is one vote short. */
const partyRefuses = (attendance: readonly number[], judged: Judged): WorkedExample | null => {
  for (const [index, present] of attendance.entries()) {
    const voted = (yes: number) =>
      judged(
        'partyRefuses',
        attendance.map((there, at) => (at === index ? { present, yes } : allFor(there))),
      )
    const enough = least(present, (yes) => passed(voted(yes)))
    if (enough === 0) continue
    const refused = voted(enough - 1)
    const [overall, ...parties] = refused.verdict.conditions
    const isParty = overall?.base === 'units' || overall?.met === true
    if (isParty && parties.some(({ met }) => !met)) return refused
  }
  return null
}

const recusedExample = (attendance: readonly number[], judged: Judged): WorkedExample | null => {
  const turnouts = (yes: readonly number[]): Turnout[] =>
    attendance.map((present, index) => ({ present, recused: index === 0 ? 1 : 0, yes: yes[index] ?? 0 }))
  const most = attendance.map((present, index) => (index === 0 ? present - 1 : present))
  if ((attendance[0] ?? 0) < 2 || !passed(judged('recused', turnouts(most)))) return null
  return judged('recused', turnouts(lowered(most, (yes) => passed(judged('recused', turnouts(yes))))))
}

const tieExample = (
  preset: Preset,
  smallest: readonly number[],
  groups: readonly ExampleGroup[],
  judged: Judged,
) => {
  const { pass } = preset
  const isHalf = pass.form === 'share' && 2 * pass.num === pass.den
  if (preset.ties === 'fails' && pass.form !== 'moreYesThanNo' && !isHalf) return null
  const even = groups.map(({ due }, index) =>
    due % 2 === 0 ? due : due - 1 >= (smallest[index] ?? 0) ? due - 1 : 0,
  )
  const tie = judged(
    'tie',
    even.map((present) => ({ present, yes: present / 2 })),
  )
  return tie.verdict.outcome === 'noQuorum' || even.every((present) => present === 0) ? null : tie
}

const voteExamples = (
  preset: Preset,
  groups: readonly ExampleGroup[],
  smallest: readonly number[],
  judged: Judged,
): WorkedExample[] => {
  const full = groups.map(({ due }) => due)
  const usual = full.map((due, index) => Math.max(smallest[index] ?? 0, due - Math.floor(due / 10)))
  const attendance = [usual, full].find((there) => passed(judged('justPasses', there.map(allFor))))
  if (attendance === undefined) return []
  const voting = (yes: readonly number[]): Turnout[] =>
    attendance.map((present, index) => ({ present, yes: yes[index] ?? 0 }))
  const enough = lowered(attendance, (yes) => passed(judged('justPasses', voting(yes))))
  const examples = [judged('justPasses', voting(enough))]
  const short = oneLess(enough)
  if (short !== null) {
    examples.unshift(judged('oneShort', voting(short)))
    const abstaining = voting(short).map((one) => ({ ...one, abstain: one.present - one.yes }))
    examples.push(judged('abstaining', abstaining))
  }
  const more = [
    groups.length > 1 ? partyRefuses(attendance, judged) : null,
    tieExample(preset, smallest, groups, judged),
    recusedExample(attendance, judged),
  ]
  return [...examples, ...more.filter((one) => one !== null)]
}

/**
 * Worked examples of a rule that contradicts nothing (see presetCheck.ts), for so many due: the attendance that just
 * makes the quorum and one fewer, the votes that just carry it and one fewer, and what the rule makes of abstentions,
 * a tie and a recusal. A kind that cannot be shown with these figures is left out.
 */
export const workedExamples = (preset: Preset, groups: readonly ExampleGroup[]): WorkedExample[] => {
  if (groups.length === 0 || groups.some(({ due }) => due > exampleDueMax)) return []
  const names = namesOf(groups)
  const judged: Judged = (kind, turnouts) => {
    const tally = tallyOf(groups, turnouts)
    return { kind, tally, verdict: judge(preset, tally, { names }) }
  }
  const quorate = (attendance: readonly number[]): boolean =>
    checkQuorum(preset, tallyOf(groups, attendance.map(allFor))).met
  const full = groups.map(({ due }) => due)
  if (!quorate(full)) return []
  const smallest = lowered(full, quorate)
  return [
    ...quorumExamples(preset, groups, smallest, judged),
    ...householdExamples(preset, groups),
    ...voteExamples(preset, groups, smallest, judged),
  ]
}

/** What is wrong with figures that somebody typed. */
export type FiguresFault = 'notWhole' | 'presentOverDue' | 'votesOverPresent' | 'householdsOdd'

const faultOf = (party: PartyTally): FiguresFault | null => {
  const figures = [party.due, party.present, party.recused, party.yes, party.no, party.abstain]
  const all = [...figures, party.households ?? 0, party.householdsPresent ?? 0]
  if (all.some((figure) => !Number.isSafeInteger(figure) || figure < 0 || figure > exampleDueMax))
    return 'notWhole'
  if (party.present > party.due) return 'presentOverDue'
  if (castOf(party) + party.recused > party.present) return 'votesOverPresent'
  const { households, householdsPresent = 0 } = party
  return households !== undefined &&
    (households > party.due || householdsPresent > Math.min(households, party.present))
    ? 'householdsOdd'
    : null
}

/** The verdict on figures that somebody typed, or what is wrong with them. */
export const judgeFigures = (
  preset: Preset,
  tally: Tally,
  names: PartyNames,
): { readonly verdict: Verdict } | { readonly fault: FiguresFault; readonly partyId: string } => {
  for (const party of tally.parties) {
    const fault = faultOf(party)
    if (fault !== null) return { fault, partyId: party.partyId }
  }
  return { verdict: judge(preset, tally, { names }) }
}
