// Owns what a unit's own copy of a preset may change. A copy says of itself that it is one, wherever it is shown; and
// what a statute sets may only become stricter, so that nothing passes under a copy that the statute would not pass.
import { type DayText, isDay } from './calendar.ts'
import type { Fraction, Pass, Preset, Words } from './preset.ts'

/** Codes of a unit's own presets begin so, and those that come with the hall never do. */
const ownCodePattern = /^own[A-Z0-9][A-Za-z0-9]{3,36}$/

export const isOwnCode = (code: string): boolean => ownCodePattern.test(code)

export type CopyParts = Omit<NonNullable<Preset['copy']>, 'of' | 'ofName' | 'ofVersion'>

/** What of a copy follows from its original and is not to be chosen. */
type Derived = Pick<Preset, 'name' | 'source' | 'cite' | 'standing' | 'default' | 'copy'>

const derivedOf = (original: Preset, { title, decidedBy, decidedOn }: CopyParts): Derived => ({
  name: {
    zh: `${title.zh}（“${original.name.zh}”的副本）`,
    en: `${title.en === '' ? title.zh : title.en} (copy of “${original.name.en}”)`,
  },
  source: {
    zh: `${decidedBy}于 ${decidedOn} 决定的本单位规则，参照${original.source.zh}`,
    en: `the unit's own rule, decided by ${decidedBy} on ${decidedOn}, after: ${original.source.en}`,
  },
  cite: {
    zh: `本单位规则，参照${original.cite.zh}`,
    en: `the unit's own rule, after ${original.cite.en}`,
  },
  standing: original.standing,
  default: false,
  copy: {
    of: original.code,
    ofName: original.name,
    ofVersion: original.version,
    title,
    decidedBy,
    decidedOn,
  },
})

/** A copy of `original` with the figures of `preset`, which says of itself that it is one. */
export const asCopy = (original: Preset, preset: Preset, parts: CopyParts): Preset => ({
  ...preset,
  ...derivedOf(original, parts),
})

/** The version of a preset that is in force on a day: of those that hold by then, the one saved last. */
export const inForceOn = (versions: readonly Preset[], day: DayText): Preset | undefined =>
  versions
    .filter(({ effectiveFrom }) => effectiveFrom <= day)
    .reduce<Preset | undefined>(
      (last, one) => (last === undefined || one.version > last.version ? one : last),
      undefined,
    )

export type CopyFaultCode =
  | 'codeNotOwn'
  | 'originalUnknown'
  | 'titleMissing'
  | 'deciderMissing'
  | 'decisionDateBroken'
  | 'disguised'
  | 'effectBeforeDecision'
  | 'effectBeforeLaw'
  | 'recordOnlyFixed'
  | 'laxerThanLaw'
  | 'fixedByLaw'

export interface CopyFault extends Words {
  field: string
  code: CopyFaultCode
}

const words: Readonly<Record<CopyFaultCode, Words>> = {
  codeNotOwn: {
    zh: '代号须与自带规则的代号区分开',
    en: 'the code must tell it from the presets that come with the hall',
  },
  originalUnknown: { zh: '找不到所复制的规则', en: 'the preset it is a copy of is not known' },
  titleMissing: { zh: '请填写本单位规则的名称', en: "give the unit's own rule a name" },
  deciderMissing: { zh: '请填写由谁决定采用', en: 'say who decided on it' },
  decisionDateBroken: { zh: '决定日期不存在', en: 'the day of the decision does not exist' },
  disguised: {
    zh: '名称、依据和性质须写明是副本，不能改',
    en: 'name, source and standing say that it is a copy, and cannot be changed',
  },
  effectBeforeDecision: {
    zh: '生效日期不能早于决定日期',
    en: 'it cannot take effect before the day it was decided',
  },
  effectBeforeLaw: {
    zh: '生效日期不能早于原规则的生效日期',
    en: 'it cannot take effect before its original did',
  },
  recordOnlyFixed: {
    zh: '选举和罢免依法用纸票，只作记录，副本也不能改',
    en: 'elections and recall are held on paper by law and only recorded here; a copy cannot change that',
  },
  laxerThanLaw: {
    zh: '低于法定要求：法定规则的副本只能更严',
    en: 'less than the law asks for: the copy of a statutory rule may only be stricter',
  },
  fixedByLaw: {
    zh: '这一项由法律确定，副本不能改',
    en: 'this is set by law, and a copy cannot change it',
  },
}

const faultIn = (field: string, code: CopyFaultCode): CopyFault => ({ field, code, ...words[code] })

/** Whether a fraction asks for at least as much as another of every base. */
export const isAsStrict = (one: Fraction, other: Fraction): boolean => {
  const [left, right] = [one.num * other.den, other.num * one.den]
  return left > right || (left === right && (one.strictness === 'moreThan' || other.strictness === 'atLeast'))
}

const perPartyFaults = (field: string, now: Fraction | undefined, law: Fraction | undefined): CopyFault[] =>
  law === undefined || (now !== undefined && isAsStrict(now, law)) ? [] : [faultIn(field, 'laxerThanLaw')]

const quorumFaults = ({ quorum }: Preset, { quorum: law }: Preset): CopyFault[] => {
  if (law === null) return []
  if (quorum === null) return [faultIn('quorum', 'laxerThanLaw')]
  if (law.basis === 'units' || quorum.basis === 'units')
    return law.basis === quorum.basis ? [] : [faultIn('quorum.basis', 'fixedByLaw')]
  // Where seats or households will do by law, a unit may ask for the one or the other.
  const isSame = quorum.basis === law.basis || law.basis === 'rosterOrHouseholds'
  return [
    ...(isSame ? [] : [faultIn('quorum.basis', 'fixedByLaw')]),
    ...(isAsStrict(quorum, law) ? [] : [faultIn('quorum', 'laxerThanLaw')]),
    ...perPartyFaults('quorum.perParty', quorum.perParty, law.perParty),
  ]
}

/** Every base holds the one before it: those who cast are among the present, and these among those due. */
const bases: readonly Extract<Pass, { form: 'share' }>['of'][] = ['cast', 'present', 'roster']

const passFaults = ({ pass }: Preset, { pass: law }: Preset): CopyFault[] => {
  if (pass.form !== law.form) return [faultIn('pass.form', 'fixedByLaw')]
  if (pass.form !== 'share' || law.form !== 'share') return []
  const isHousehold = pass.of === 'household' || law.of === 'household'
  const isFixed = isHousehold && pass.of !== law.of
  return [
    ...(isFixed ? [faultIn('pass.of', 'fixedByLaw')] : []),
    ...(!isFixed && bases.indexOf(pass.of) < bases.indexOf(law.of)
      ? [faultIn('pass.of', 'laxerThanLaw')]
      : []),
    ...(isAsStrict(pass, law) ? [] : [faultIn('pass', 'laxerThanLaw')]),
    ...perPartyFaults('pass.perParty', pass.perParty, law.perParty),
  ]
}

const proxyFaults = ({ proxies }: Preset, { proxies: law }: Preset): CopyFault[] => {
  if (proxies === null) return []
  if (law === null) return [faultIn('proxies', 'laxerThanLaw')]
  const isOpen = law.sameHousehold && !proxies.sameHousehold
  const isMore =
    law.perHolderMax !== null && (proxies.perHolderMax === null || proxies.perHolderMax > law.perHolderMax)
  return [
    ...(isOpen ? [faultIn('proxies.sameHousehold', 'laxerThanLaw')] : []),
    ...(isMore ? [faultIn('proxies.perHolderMax', 'laxerThanLaw')] : []),
  ]
}

const lawFaults = (preset: Preset, law: Preset): CopyFault[] => {
  const faults = [...quorumFaults(preset, law), ...passFaults(preset, law), ...proxyFaults(preset, law)]
  for (const field of ['noticeDays', 'papersDays'] as const)
    if (!(preset[field] >= law[field])) faults.push(faultIn(field, 'laxerThanLaw'))
  for (const field of ['weights', 'recusal', 'ties'] as const)
    if (preset[field] !== law[field]) faults.push(faultIn(field, 'fixedByLaw'))
  if (preset.onlineAttendance && !law.onlineAttendance)
    faults.push(faultIn('onlineAttendance', 'laxerThanLaw'))
  const kept = new Set((preset.mayNotDecide ?? []).map(({ zh }) => zh))
  if (!(law.mayNotDecide ?? []).every(({ zh }) => kept.has(zh)))
    faults.push(faultIn('mayNotDecide', 'laxerThanLaw'))
  if (preset.effectiveFrom < law.effectiveFrom) faults.push(faultIn('effectiveFrom', 'effectBeforeLaw'))
  return faults
}

const isSameWords = (one: Words, other: Words): boolean => one.zh === other.zh && one.en === other.en

/** Whether name, source and standing are those that a copy of its original must show. */
const isDisguised = (preset: Preset, original: Preset, parts: CopyParts): boolean => {
  const own = derivedOf(original, parts)
  const shown = (['name', 'source', 'cite'] as const).every((key) => isSameWords(preset[key], own[key]))
  const copied = preset.copy?.ofVersion === original.version
  return !shown || !copied || preset.standing !== own.standing || preset.default !== own.default
}

/**
 * Everything for which a preset may not be saved as a copy of `original`, beyond what contradicts itself (see
 * presetCheck.ts); empty where it may. `original` is the preset that came with the hall, also for the copy of a copy.
 */
export const checkCopy = (preset: Preset, original: Preset | undefined): CopyFault[] => {
  const { copy } = preset
  const code = isOwnCode(preset.code) ? [] : [faultIn('code', 'codeNotOwn')]
  if (copy === undefined || original === undefined || copy.of !== original.code)
    return [...code, faultIn('copy.of', 'originalUnknown')]
  const faults = [...code]
  if (copy.title.zh.trim() === '') faults.push(faultIn('copy.title', 'titleMissing'))
  if (copy.decidedBy.trim() === '') faults.push(faultIn('copy.decidedBy', 'deciderMissing'))
  if (!isDay(copy.decidedOn)) faults.push(faultIn('copy.decidedOn', 'decisionDateBroken'))
  if (isDisguised(preset, original, copy)) faults.push(faultIn('name', 'disguised'))
  if (preset.effectiveFrom < copy.decidedOn) faults.push(faultIn('effectiveFrom', 'effectBeforeDecision'))
  if (original.recordOnly && !preset.recordOnly) faults.push(faultIn('recordOnly', 'recordOnlyFixed'))
  return original.standing === 'statutory' ? [...faults, ...lawFaults(preset, original)] : faults
}
