// What a poll's rule asks for, in words, with the number of votes that it comes to. Figures by shared/rules.
import type { Poll } from '../meeting/state.ts'
import { needOf } from '../rules/fractions.ts'
import type { Fraction, PassBase, Preset, Words } from '../rules/preset.ts'
import { baseOf, sumVotes } from '../rules/tally.ts'

const chineseDigits = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十']

/** `半数`, `三分之二`; `half`, `2/3`. */
const partWords = ({ num, den }: Fraction): Words => {
  if (num === 1 && den === 2) return { zh: '半数', en: 'half' }
  const [zhNum, zhDen] = [chineseDigits[num], chineseDigits[den]]
  const zh = zhNum !== undefined && zhDen !== undefined ? `${zhDen}分之${zhNum}` : `${num}/${den}`
  return { zh, en: `${num}/${den}` }
}

/** `超过实到的半数`; `more than half of those present`. */
const reachWords = (fraction: Fraction, base: Words): Words => {
  const part = partWords(fraction)
  return fraction.strictness === 'moreThan'
    ? { zh: `超过${base.zh}的${part.zh}`, en: `more than ${part.en} of ${base.en}` }
    : { zh: `达到${base.zh}的${part.zh}`, en: `at least ${part.en} of ${base.en}` }
}

const baseWords: Readonly<Record<PassBase, Words>> = {
  present: { zh: '实到', en: 'those present' },
  roster: { zh: '应到', en: 'those due' },
  cast: { zh: '所投票数', en: 'the ballots cast' },
  household: { zh: '到会各户', en: 'the households present' },
}

/** The rule of a yes/no question: "赞成须超过实到的半数,各界别内也须超过半数". */
export const passWords = ({ pass }: Preset): Words => {
  if (pass.form === 'moreYesThanNo')
    return { zh: '赞成多于反对即通过，票数相同不通过', en: 'passes with more for than against; a tie fails' }
  if (pass.form === 'everyUnit') return { zh: '涉及的各单位都须同意', en: 'every unit affected must agree' }
  const base = baseWords[pass.of]
  const overall = reachWords(pass, base)
  if (pass.perParty === undefined) return { zh: `赞成须${overall.zh}`, en: `for: ${overall.en}` }
  const within = reachWords(pass.perParty, base)
  return {
    zh: `赞成须${overall.zh}，各界别内也须${within.zh}`,
    en: `for: ${overall.en}, and within each party ${within.en}`,
  }
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
