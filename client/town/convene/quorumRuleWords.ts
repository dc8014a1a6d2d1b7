// What a preset's quorum asks for, in words, before anybody is present. Pure.
import type { Fraction, Preset, Words } from '../../../shared/rules/preset.ts'

const chineseDigits = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十']

/** 半数以上, 三分之二以上, 过半数; `at least 2/3`, `more than half`. */
const partWords = ({ strictness, num, den }: Fraction): Words => {
  const isHalf = num * 2 === den
  const [zhNum, zhDen] = [chineseDigits[num], chineseDigits[den]]
  const zh = isHalf
    ? '半数'
    : zhNum !== undefined && zhDen !== undefined
      ? `${zhDen}分之${zhNum}`
      : `${num}/${den}`
  const en = isHalf ? 'half' : `${num}/${den}`
  if (strictness === 'moreThan') return { zh: isHalf ? '过半数' : `超过${zh}`, en: `more than ${en}` }
  return { zh: `${zh}以上`, en: `at least ${en}` }
}

const bases: Readonly<Record<NonNullable<Preset['quorum']>['basis'], Words>> = {
  roster: { zh: '应到人员', en: 'those due' },
  households: { zh: '户', en: 'the households' },
  rosterOrHouseholds: { zh: '应到人员或户', en: 'those due, or of the households' },
  units: { zh: '有关单位', en: 'the units concerned' },
}

/** `null` where the preset asks for none. */
export const quorumRuleWords = ({ quorum }: Preset): Words | null => {
  if (quorum === null) return null
  const base = bases[quorum.basis]
  if (quorum.basis === 'units') return { zh: `${base.zh}全部到会`, en: `all of ${base.en} present` }
  const part = partWords(quorum)
  const whole = { zh: `${base.zh}${part.zh}到会`, en: `${part.en} of ${base.en} present` }
  if (quorum.perParty === undefined) return whole
  const within = partWords(quorum.perParty)
  return { zh: `${whole.zh}，各界别也须${within.zh}到会`, en: `${whole.en}, and ${within.en} of each party` }
}
