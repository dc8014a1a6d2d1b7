// Owns the count of a poll: one function for the meeting that closes a poll, for the export and for the command line.
import { conditionsOf, type Surroundings } from '../rules/conditions.ts'
import { share } from '../rules/fractions.ts'
import { checkQuorum, judge, type QuorumFinding } from '../rules/judge.ts'
import type { Preset, Words } from '../rules/preset.ts'
import { quorumFailure, underWords } from '../rules/reasons.ts'
import { baseOf, sumVotes, type Tally, votesOf } from '../rules/tally.ts'
import { together } from '../rules/zhMarks.ts'
import { rollOf } from './attendance.ts'
import { pollFault } from './checkPoll.ts'
import { type Elected, type ElectionMethod, elect } from './elect.ts'
import { electionWords } from './electionWords.ts'
import { lotOrder } from './lot.ts'
import { partyNamesOf } from './parties.ts'
import type { CountResult, Poll } from './poll.ts'
import { ballotFigures, type Cast, castIn, partyTotals, plainRule, tallyUp, yesNoSide } from './tallyUp.ts'

const surroundings = (poll: Poll): Surroundings => ({
  names: partyNamesOf(poll),
  attendanceKnown: rollOf(poll) !== undefined,
  unitPresets: new Map(Object.entries(poll.unitPresets ?? {})),
})

const tieRuleOf = (poll: Poll): Preset['ties'] | undefined => poll.preset?.ties ?? poll.ties

/** The lot of this poll, where ties go by lot and its seed is published. */
const drawOf = (poll: Poll, options: readonly string[]): CountResult['lot'] =>
  tieRuleOf(poll) === 'lot' && poll.seed !== undefined
    ? { seed: poll.seed, order: lotOrder(poll.seed, options) }
    : undefined

/** Where a preset gives every seat one ballot, weights in the file change nothing, and the reason says so. */
const weightNote = (poll: Poll): Words[] =>
  poll.preset?.weights === 'one' &&
  poll.seats?.some(({ weight }) => weight !== undefined && weight !== 1) === true
    ? [{ zh: '按此规则一席一票，所列权重不计', en: 'one ballot a seat under this rule, weights left out' }]
    : []

const stampOf = ({ method, preset }: Poll): Pick<CountResult, 'method' | 'preset'> => ({
  method: method.kind,
  ...(preset === undefined ? {} : { preset: { code: preset.code, version: preset.version } }),
})

const quorumIn = (quorum: QuorumFinding | undefined): Pick<CountResult, 'quorum'> =>
  quorum === undefined || quorum.basis === 'none' ? {} : { quorum }

const sheetOf = (poll: Poll, cast: readonly Cast[], tally: Tally): Pick<CountResult, 'parties'> => {
  const parties = partyTotals(poll, cast, tally)
  return parties === undefined ? {} : { parties }
}

const yesNoBase = (preset: Preset, tally: Tally): NonNullable<CountResult['base']> => {
  const all = sumVotes(tally.parties.map((party) => votesOf(preset, party)))
  const of = preset.pass.form === 'share' ? preset.pass.of : 'cast'
  return { of, count: baseOf(preset, of, all) }
}

const countYesNo = (poll: Poll, cast: readonly Cast[]): CountResult => {
  const preset = poll.preset ?? plainRule(poll)
  const tally = tallyUp(poll, cast, ({ choice }) => yesNoSide(choice))
  const verdict = judge(preset, tally, surroundings(poll))
  const draw = verdict.outcome === 'tied' ? drawOf(poll, ['yes', 'no']) : undefined
  const drawn = draw?.order[0] === 'yes' ? 'passed' : 'failed'
  const outcome = draw === undefined ? verdict.outcome : drawn
  const all = sumVotes(tally.parties.map((party) => votesOf(preset, party)))
  const totals = { yes: all.yes, no: all.no, abstain: all.abstain }
  const base = yesNoBase(preset, tally)
  const drawNote =
    draw === undefined
      ? []
      : [{ zh: `抽签决定：${outcome === 'passed' ? '通过' : '未通过'}`, en: `decided by lot: ${outcome}` }]
  return {
    outcome,
    winners: outcome === 'passed' ? ['yes'] : [],
    totals,
    shares: {
      yes: share(totals.yes, base.count),
      no: share(totals.no, base.count),
      abstain: share(totals.abstain, base.count),
    },
    base,
    ...quorumIn(verdict.quorum),
    conditions: verdict.conditions,
    ...sheetOf(poll, cast, tally),
    ...(draw === undefined ? {} : { lot: draw }),
    ballots: ballotFigures(poll, cast),
    ...stampOf(poll),
    why: together([verdict.why, ...drawNote, ...weightNote(poll)]),
  }
}

/** Whether a winner also has the majority that a preset asks for; undefined where it asks for none of this method. */
const majorityOf = (poll: Poll, cast: readonly Cast[], elected: Elected, winner: string) => {
  const { preset } = poll
  const { supports } = elected
  if (preset === undefined || supports === undefined || preset.pass.form === 'moreYesThanNo') return undefined
  const tally = tallyUp(poll, cast, (ballot) => (supports(ballot, winner) ? 'yes' : 'abstain'))
  return conditionsOf(preset, tally, surroundings(poll))
}

/** A method that orders options asks nobody for or against; a deciding body then still has to adopt what comes out. */
const orderNote = (poll: Poll, elected: Elected): Words[] =>
  poll.preset !== undefined && poll.preset.pass.form !== 'moreYesThanNo' && elected.supports === undefined
    ? [
        {
          zh: '此法只定名次，规则要求的多数须另行表决',
          en: 'this method only ranks; the majority of the rule needs a vote of its own',
        },
      ]
    : []

const electionOutcome = (
  poll: Poll,
  quorumMet: boolean,
  winners: readonly string[],
  tied: readonly string[],
): CountResult['outcome'] => {
  if (!quorumMet) return 'noQuorum'
  if (tied.length > 0 && tieRuleOf(poll) !== 'fails') return 'tied'
  return winners.length > 0 ? 'elected' : 'failed'
}

/** Of every option: one that was excluded has none of the last round's votes. */
const electionShares = (
  method: ElectionMethod,
  options: readonly string[],
  elected: Elected,
  cast: number,
): Pick<CountResult, 'shares' | 'base'> => {
  if (method.kind === 'stv' || method.kind === 'schulze') return {}
  const base =
    method.kind === 'score'
      ? { of: 'points' as const, count: cast * method.max }
      : { of: 'cast' as const, count: cast }
  const shares = options.map(
    (option) => [option, share(elected.totals.get(option) ?? 0, base.count)] as const,
  )
  return { shares: Object.fromEntries(shares), base }
}

const shown = ({ rounds, quota, order, pairwise, paths }: Elected) => ({
  ...(rounds === undefined ? {} : { rounds }),
  ...(quota === undefined ? {} : { quota }),
  ...(order === undefined ? {} : { order }),
  ...(pairwise === undefined ? {} : { pairwise }),
  ...(paths === undefined ? {} : { paths }),
})

const placesOf = ({ method, winners, options }: Poll): number =>
  Math.min(winners ?? (method.kind === 'chooseUpTo' ? method.max : 1), options.length)

const countElection = (poll: Poll, method: ElectionMethod, cast: readonly Cast[]): CountResult => {
  const around = surroundings(poll)
  const lot = drawOf(poll, poll.options)
  const elected = elect(
    method,
    poll.options,
    cast,
    placesOf(poll),
    lot === undefined ? {} : { lot: lot.order },
  )
  const tally = tallyUp(poll, cast, () => 'abstain')
  const quorum = poll.preset === undefined ? undefined : checkQuorum(poll.preset, tally, around.unitPresets)
  const quorumMet = quorum?.met ?? true
  const asked = elected.winners.map((winner) => ({
    winner,
    conditions: majorityOf(poll, cast, elected, winner),
  }))
  const carried = asked.filter(({ conditions }) => conditions?.every(({ met }) => met) ?? true)
  const winners = quorumMet ? carried.map(({ winner }) => winner) : []
  const tied = quorumMet ? elected.tied : []
  const ballots = ballotFigures(poll, cast)
  const only = asked.length === 1 ? asked[0]?.conditions : undefined
  const result: CountResult = {
    outcome: electionOutcome(poll, quorumMet, winners, tied),
    winners,
    totals: Object.fromEntries(elected.totals),
    ...electionShares(method, poll.options, elected, ballots.cast),
    ...quorumIn(quorum),
    ...(only === undefined || !quorumMet ? {} : { conditions: only }),
    ...sheetOf(poll, cast, tally),
    ...shown(elected),
    ...(tied.length === 0 ? {} : { tied }),
    ...(lot === undefined ? {} : { lot }),
    ballots,
    ...stampOf(poll),
    why: { zh: '', en: '' },
  }
  const said =
    poll.preset === undefined || quorum === undefined || quorumMet
      ? [
          electionWords(poll, result),
          ...missedWords(asked, poll),
          ...orderNote(poll, elected),
          ...weightNote(poll),
        ]
      : [quorumFailure(poll.preset, quorum, around.names)]
  return { ...result, why: together(said) }
}

type Asked = { winner: string; conditions: ReturnType<typeof majorityOf> }

/** "A 须超过 18.5,得 18,差 1" for those who led and missed the majority of the preset, and its source. */
const missedWords = (asked: readonly Asked[], poll: Poll): Words[] => {
  if (poll.preset === undefined) return []
  const parties = partyNamesOf(poll)
  const missed = asked.flatMap(({ winner, conditions }) =>
    (conditions ?? [])
      .filter(({ met }) => !met)
      .map(({ scope, have, threshold, short, strictness, need }) => {
        const option = poll.optionNames?.[winner] ?? { zh: winner, en: winner }
        const party = parties.get(scope)
        const name = party ? { zh: `${option.zh}在${party.zh}`, en: `${option.en} in ${party.en}` } : option
        return strictness === 'moreThan'
          ? {
              zh: `${name.zh}须超过 ${threshold.text}，得 ${have}，差 ${short}`,
              en: `${name.en} needed more than ${threshold.text}, had ${have}, short by ${short}`,
            }
          : {
              zh: `${name.zh}须不少于 ${need}，得 ${have}，差 ${short}`,
              en: `${name.en} needed at least ${need}, had ${have}, short by ${short}`,
            }
      }),
  )
  return [...missed, underWords(poll.preset)]
}

/**
 * Counts a poll: the ballots by its method, the verdict by its preset, every figure with its base, and why. The order
 * of the ballots never matters, and a ballot of weight n counts as n ballots.
 *
 * Throws where the poll cannot be counted; a door asks `pollFault` first and answers in its words.
 */
export const count = (poll: Poll): CountResult => {
  const found = pollFault(poll)
  if (found !== undefined) throw new Error(`this poll cannot be counted: ${found.en}`)
  const cast = castIn(poll)
  return poll.method.kind === 'yesNo' ? countYesNo(poll, cast) : countElection(poll, poll.method, cast)
}

export type { CountResult } from './poll.ts'
