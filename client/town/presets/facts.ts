// What a rule says, fact by fact in words: for reading it, and for telling how a copy differs from its original.
import type { Preset } from '../../../shared/rules/preset.ts'
import { passWords, quorumWords } from '../../../shared/views/ruleWords.ts'
import type { presetWords } from '../../words/townPresets.ts'
import { type Language, type Params, pick } from '../../words/words.ts'

export type PresetWordKey = keyof typeof presetWords.zh
export type PresetWord = (key: PresetWordKey, params?: Params) => string

export const factKeys = [
  'quorum',
  'pass',
  'weights',
  'recusal',
  'ties',
  'proxies',
  'ballotChange',
  'onlineAttendance',
  'noticeDays',
  'papersDays',
  'parties',
  'mayNotDecide',
  'recordOnly',
] as const

export type FactKey = (typeof factKeys)[number]

const proxyWords = ({ proxies }: Preset, word: PresetWord, comma: string): string => {
  if (proxies === null) return word('proxiesNone')
  const whom = word(proxies.sameHousehold ? 'proxiesHousehold' : 'proxiesAnybody')
  const { perHolderMax } = proxies
  const many = perHolderMax === null ? word('proxiesNoMax') : word('proxiesMax', { max: perHolderMax })
  return `${whom}${comma}${many}`
}

/** The value of one fact in words; `null` where the rule does not speak of it. */
export const factIn = (preset: Preset, key: FactKey, word: PresetWord, language: Language): string | null => {
  const [comma, pause] = language === 'zh' ? ['，', '、'] : [', ', ', ']
  switch (key) {
    case 'quorum':
      return pick(quorumWords(preset), language)
    case 'pass':
      return pick(passWords(preset), language)
    case 'weights':
      return word(`weights_${preset.weights}`)
    case 'recusal':
      return word(`recusal_${preset.recusal}`)
    case 'ties':
      return word(`ties_${preset.ties}`)
    case 'proxies':
      return proxyWords(preset, word, comma)
    case 'ballotChange':
      return word(preset.ballotChange ? 'yesMay' : 'noMay')
    case 'onlineAttendance':
      return word(preset.onlineAttendance ? 'onlineYes' : 'onlineNo')
    case 'noticeDays':
    case 'papersDays':
      return preset[key] === 0
        ? word('daysNone')
        : word('daysAhead', { days: preset[key], count: preset[key] })
    case 'parties':
      return preset.parties === undefined
        ? null
        : preset.parties.map(({ name }) => pick(name, language)).join(pause)
    case 'mayNotDecide':
      return preset.mayNotDecide === undefined
        ? null
        : preset.mayNotDecide.map((one) => pick(one, language)).join(pause)
    case 'recordOnly':
      return word(preset.recordOnly ? 'recordOnlyYes' : 'recordOnlyNo')
  }
}

/** The facts in which a copy differs from its original. */
export const changedFacts = (
  preset: Preset,
  original: Preset,
  word: PresetWord,
  language: Language,
): FactKey[] =>
  factKeys.filter((key) => factIn(preset, key, word, language) !== factIn(original, key, word, language))
