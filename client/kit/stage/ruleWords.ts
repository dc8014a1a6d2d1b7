// A rule preset in words: what it asks of attendance and of the votes.
import type { Fraction, Preset } from '../../../shared/rules/preset.ts'
import { screenWords } from '../../words/screen.ts'
import { type Language, wordIn } from '../../words/words.ts'

type Whole = 'roster' | 'households' | 'rosterOrHouseholds' | 'present' | 'cast' | 'household' | 'party'

const digits = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十']

const lineWords = ({ strictness, num, den }: Fraction, whole: Whole, language: Language): string => {
  const figure = (n: number) => (language === 'zh' ? (digits[n] ?? String(n)) : String(n))
  const isHalf = num * 2 === den
  const part = isHalf
    ? wordIn(screenWords, language, 'half')
    : wordIn(screenWords, language, 'fraction', { num: figure(num), den: figure(den) })
  const key = strictness === 'atLeast' ? 'lineAtLeast' : 'lineMoreThan'
  return wordIn(screenWords, language, key, { part, whole: wordIn(screenWords, language, `whole_${whole}`) })
}

const withParties = (words: string, perParty: Fraction | undefined, language: Language): string =>
  perParty === undefined
    ? words
    : words + wordIn(screenWords, language, 'ruleParties', { line: lineWords(perParty, 'party', language) })

export const quorumRule = ({ quorum }: Preset, language: Language): string => {
  if (quorum === null) return wordIn(screenWords, language, 'ruleQuorumNone')
  if (quorum.basis === 'units') return wordIn(screenWords, language, 'ruleQuorumUnits')
  const line = lineWords(quorum, quorum.basis, language)
  return withParties(wordIn(screenWords, language, 'ruleQuorum', { line }), quorum.perParty, language)
}

export const passRule = ({ pass }: Preset, language: Language): string => {
  if (pass.form === 'moreYesThanNo') return wordIn(screenWords, language, 'rulePassMore')
  if (pass.form === 'everyUnit') return wordIn(screenWords, language, 'rulePassUnits')
  const line = lineWords(pass, pass.of, language)
  return withParties(wordIn(screenWords, language, 'rulePass', { line }), pass.perParty, language)
}
