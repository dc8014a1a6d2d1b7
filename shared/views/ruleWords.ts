// What a rule asks for, in words, and the number of votes that it comes to. Figures by shared/rules.
import type { Poll } from '../meeting/state.ts'
import { needOf } from '../rules/fractions.ts'
import type { Fraction, Preset, Words } from '../rules/preset.ts'
import { baseOf, sumVotes } from '../rules/tally.ts'

const chineseDigits = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十']

/** `半数`, `三分之二`; `half`, `2/3`. */
const partWords = ({ num, den }: Fraction): Words => {
  if (num * 2 === den) return { zh: '半数', en: 'half' }
  const [zhNum, zhDen] = [chineseDigits[num], chineseDigits[den]]
  const isNamed = zhNum !== undefined && zhDen !== undefined
  return { zh: isNamed ? `${zhDen}分之${zhNum}` : `${num}/${den}`, en: `${num}/${den}` }
}

const wholes = {
  roster: { zh: '应到席位', en: 'the seats due' },
  households: { zh: '应到户数', en: 'the households due' },
  rosterOrHouseholds: { zh: '应到席位或户数', en: 'the seats or households due' },
  present: { zh: '实到席位', en: 'the seats present' },
  cast: { zh: '所投票数', en: 'the ballots cast' },
  household: { zh: '到会代表的户数', en: 'the households represented' },
  party: { zh: '本界别', en: 'each party' },
} as const

/** `超过实到席位的半数`; `more than half of the seats present`. */
const lineWords = (fraction: Fraction, whole: keyof typeof wholes): Words => {
  const part = partWords(fraction)
  const { zh, en } = wholes[whole]
  return fraction.strictness === 'moreThan'
    ? { zh: `超过${zh}的${part.zh}`, en: `more than ${part.en} of ${en}` }
    : { zh: `不少于${zh}的${part.zh}`, en: `at least ${part.en} of ${en}` }
}

const withParties = (overall: Words, perParty: Fraction | undefined): Words => {
  if (perParty === undefined) return overall
  const within = lineWords(perParty, 'party')
  return { zh: `${overall.zh}，各界别均须${within.zh}`, en: `${overall.en}, and ${within.en}` }
}

/** "到会须不少于应到席位的三分之二，各界别均须不少于本界别的半数". */
export const quorumWords = ({ quorum }: Preset): Words => {
  if (quorum === null) return { zh: '不设法定人数', en: 'No quorum' }
  if (quorum.basis === 'units') return { zh: '各有关单位均须到会', en: 'Quorum: every unit concerned' }
  const line = lineWords(quorum, quorum.basis)
  return withParties({ zh: `到会须${line.zh}`, en: `Quorum: ${line.en}` }, quorum.perParty)
}

/** "赞成票须超过实到席位的半数，各界别均须超过本界别的半数". */
export const passWords = ({ pass }: Preset): Words => {
  if (pass.form === 'moreYesThanNo')
    return { zh: '赞成多于反对即通过', en: 'Passes with more for than against' }
  if (pass.form === 'everyUnit') return { zh: '各有关单位须各自同意', en: 'Every unit concerned must concur' }
  const line = lineWords(pass, pass.of)
  const overall = { zh: `赞成票须${line.zh}`, en: `Passes with votes for from ${line.en}` }
  return withParties(overall, pass.perParty)
}

/**
 * How many votes for are needed in this poll, from the figures frozen at its opening; `null` where that depends on how
 * many vote, or on how many vote against.
 */
export const yesNeeded = (poll: Poll): number | null => {
  const { pass } = poll.preset
  if (
    pass.form !== 'share' ||
    pass.of === 'cast' ||
    pass.of === 'household' ||
    poll.preset.weights === 'household'
  )
    return null
  const votes = sumVotes(poll.roll.map((party) => ({ ...party, yes: 0, no: 0, abstain: 0 })))
  return needOf(pass, baseOf(poll.preset, pass.of, votes))
}
