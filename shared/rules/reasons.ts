// Owns the words of a verdict: why it came out so, with every figure shown, in both languages.
import type { Condition, Surroundings } from './conditions.ts'
import type { QuorumFinding, Verdict } from './judge.ts'
import type { PartyNames, Preset, Words } from './preset.ts'
import { sumVotes, type Tally, type Votes, votesOf } from './tally.ts'
import { headed, sentence, together, withAside } from './zhMarks.ts'

/** What a figure counts: seats need no word, households and units do. */
const measures = {
  seats: { zh: '', en: '' },
  households: { zh: ' 户', en: ' households' },
  units: { zh: ' 个单位', en: ' units' },
} as const

type Measure = (typeof measures)[keyof typeof measures]

const nameOf = (names: PartyNames | undefined, id: string): Words => names?.get(id) ?? { zh: id, en: id }

/** The short source of a rule: "依据第三十条", "under art. 30". */
export const underWords = (preset: Preset): Words => ({
  zh: `依据${preset.cite.zh}`,
  en: `under ${preset.cite.en}`,
})

const shortBy = (short: number, measure: Measure): Words =>
  short === 0 ? { zh: '', en: '' } : { zh: `差 ${short}${measure.zh}`, en: `short by ${short}${measure.en}` }

const quorumMeasure = (quorum: QuorumFinding): Measure =>
  quorum.basis === 'households' || quorum.basis === 'units' ? measures[quorum.basis] : measures.seats

/** "应到 80 户,实到 45 户,须不少于 54 户,差 9 户" and the parties that are missing too many. */
export const quorumWords = (quorum: QuorumFinding, names?: PartyNames): Words => {
  const measure = quorumMeasure(quorum)
  const whole = sentence([
    { zh: `应到 ${quorum.of}${measure.zh}`, en: `${quorum.of}${measure.en} due` },
    { zh: `实到 ${quorum.have}${measure.zh}`, en: `${quorum.have}${measure.en} present` },
    { zh: `须不少于 ${quorum.need}${measure.zh}`, en: `at least ${quorum.need}${measure.en} needed` },
    shortBy(quorum.short, measure),
  ])
  const missing = quorum.parties.filter(({ met }) => !met)
  const parties = missing.map(({ partyId, have, need, short }) => {
    const name = nameOf(names, partyId)
    return headed(name, {
      zh: `实到 ${have}，须不少于 ${need}，差 ${short}`,
      en: `${have} present, at least ${need} needed, short by ${short}`,
    })
  })
  return together([whole, ...parties])
}

const lineWords = (condition: Condition): Words => {
  if (condition.strictness === 'moreThan') {
    return { zh: `须超过 ${condition.threshold.text}`, en: `more than ${condition.threshold.text} needed` }
  }
  return { zh: `须不少于 ${condition.need}`, en: `at least ${condition.need} needed` }
}

const attendanceWords = (preset: Preset, votes: Required<Votes>, measure: Measure): Words[] => {
  const leaves = preset.recusal === 'leavesDenominator'
  const recused = {
    zh: `回避 ${votes.recused}${measure.zh}（${leaves ? '不计入' : '仍计入'}）`,
    en: `${votes.recused}${measure.en} recused (${leaves ? 'not counted in the base' : 'still in the base'})`,
  }
  return [
    { zh: `应到 ${votes.due}${measure.zh}`, en: `${votes.due}${measure.en} due` },
    { zh: `实到 ${votes.present}${measure.zh}`, en: `${votes.present}${measure.en} present` },
    ...(votes.recused === 0 ? [] : [recused]),
  ]
}

const lineOfVotes = (condition: Condition, votes: Required<Votes>, measure: Measure): Words[] => {
  if (condition.base === 'votes') {
    return [
      { zh: `赞成 ${votes.yes}，反对 ${votes.no}`, en: `${votes.yes} for, ${votes.no} against` },
      { zh: '须赞成多于反对', en: 'more for than against needed' },
    ]
  }
  const cast = condition.base === 'cast' ? [{ zh: `投票 ${condition.of}`, en: `${condition.of} cast` }] : []
  const have = { zh: `赞成 ${condition.have}${measure.zh}`, en: `${condition.have}${measure.en} for` }
  return [...cast, lineWords(condition), have]
}

const overallWords = (preset: Preset, tally: Tally, condition: Condition, around: Surroundings): Words => {
  if (condition.base === 'units') {
    return sentence([
      { zh: `${condition.of} 个单位须各自同意`, en: `each of ${condition.of} units must concur` },
      { zh: `同意的有 ${condition.have} 个`, en: `${condition.have} did` },
      shortBy(condition.short, measures.units),
    ])
  }
  const votes = sumVotes(tally.parties.map((party) => votesOf(preset, party)))
  const households = preset.weights === 'household' || condition.base === 'household'
  const measure = households ? measures.households : measures.seats
  const there = around.attendanceKnown === false ? [] : attendanceWords(preset, votes, measure)
  return sentence([...there, ...lineOfVotes(condition, votes, measure), shortBy(condition.short, measure)])
}

const partyWords = (condition: Condition, names?: PartyNames): Words => {
  const name = nameOf(names, condition.scope)
  const have = { zh: `赞成 ${condition.have}`, en: `${condition.have} for` }
  const said = sentence([lineWords(condition), have, shortBy(condition.short, measures.seats)])
  return headed(name, said)
}

const outcomeWords: Readonly<Record<Verdict['outcome'], Words>> = {
  passed: { zh: '通过', en: 'passed' },
  failed: { zh: '未通过', en: 'not passed' },
  tied: { zh: '票数相同，待裁决', en: 'tied, to be decided' },
  noQuorum: { zh: '未达法定人数，不能表决', en: 'no quorum, no vote can be taken' },
}

const concluded = (said: Words, outcome: Verdict['outcome'], preset: Preset): Words =>
  withAside(headed(said, outcomeWords[outcome]), underWords(preset))

/** Why a verdict came out so: attendance, line, votes, what is missing, outcome and source. */
export const whyOf = (
  preset: Preset,
  tally: Tally,
  quorum: QuorumFinding,
  conditions: readonly Condition[],
  outcome: Verdict['outcome'],
  around: Surroundings = {},
): Words => {
  const parts = conditions.map((condition) =>
    condition.scope === 'overall'
      ? overallWords(preset, tally, condition, around)
      : partyWords(condition, around.names),
  )
  const said = parts.length === 0 ? quorumWords(quorum, around.names) : together(parts)
  return concluded(said, outcome, preset)
}

/** Why no vote can be taken. */
export const quorumFailure = (preset: Preset, quorum: QuorumFinding, names?: PartyNames): Words =>
  concluded(quorumWords(quorum, names), 'noQuorum', preset)
