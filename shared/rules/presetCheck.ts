// Owns what is contradictory in an edited preset, in words for the editor, which saves nothing while any is left.
import { fractionPartMax } from './fractions.ts'
import type { Fraction, Preset, Words } from './preset.ts'

/** One contradiction: the field it is in ('pass.perParty'), a stable code, and words. */
export interface PresetFault extends Words {
  field: string
  code: PresetFaultCode
}

export type PresetFaultCode =
  | 'fractionBroken'
  | 'fractionOverOne'
  | 'fractionUnreachable'
  | 'fractionEmpty'
  | 'daysBroken'
  | 'partiesMissing'
  | 'partyRepeated'
  | 'householdsUnweighed'
  | 'unitsHalf'
  | 'proxiesBroken'
  | 'recordOnlyByDevice'
  | 'dateBroken'
  | 'versionBroken'

const words: Readonly<Record<PresetFaultCode, Words>> = {
  fractionBroken: {
    zh: '分子、分母须是整数，分母不能为 0',
    en: 'the parts must be whole numbers, and the denominator not 0',
  },
  fractionOverOne: { zh: '比例不能超过一', en: 'the fraction cannot be more than one' },
  fractionUnreachable: { zh: '“超过全部”永远达不到', en: '"more than all" can never be reached' },
  fractionEmpty: { zh: '“不少于零”等于没有要求', en: '"at least none" asks for nothing' },
  daysBroken: { zh: '天数须是 0 或以上的整数', en: 'days must be a whole number of 0 or more' },
  partiesMissing: {
    zh: '要求各界别分别达到，却只有不到两个界别',
    en: 'each party is asked for, but there are fewer than two',
  },
  partyRepeated: { zh: '同一个界别名称用了两次', en: 'one name stands for two parties' },
  householdsUnweighed: {
    zh: '按户计算时，票须按户计权，反之亦然',
    en: 'a count by households needs ballots weighted by household, and the other way round',
  },
  unitsHalf: {
    zh: '各单位分别同意时，法定人数也须按单位',
    en: 'where every unit must concur, the quorum must ask for every unit too',
  },
  proxiesBroken: {
    zh: '每人受托数须是 1 或以上的整数',
    en: 'proxies per holder must be a whole number of 1 or more',
  },
  recordOnlyByDevice: {
    zh: '只记录的表决不能在设备上改票',
    en: 'a record-only vote has no device ballot that could be changed',
  },
  dateBroken: { zh: '生效日期不存在', en: 'the effective date does not exist' },
  versionBroken: { zh: '版本须是 1 或以上的整数', en: 'the version must be a whole number of 1 or more' },
}

const faultIn = (field: string, code: PresetFaultCode): PresetFault => ({ field, code, ...words[code] })

const fractionFaults = (field: string, { strictness, num, den }: Fraction): PresetFault[] => {
  const broken = [num, den].some((part) => !Number.isSafeInteger(part) || part < 0 || part > fractionPartMax)
  if (broken || den === 0) return [faultIn(field, 'fractionBroken')]
  if (num > den) return [faultIn(field, 'fractionOverOne')]
  if (strictness === 'moreThan' && num === den) return [faultIn(field, 'fractionUnreachable')]
  return strictness === 'atLeast' && num === 0 ? [faultIn(field, 'fractionEmpty')] : []
}

/** The figure is true of a day in the calendar. */
const isDate = (date: string): boolean => {
  const parsed = new Date(`${date}T00:00:00Z`)
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(date) &&
    !Number.isNaN(parsed.getTime()) &&
    parsed.toISOString().startsWith(date)
  )
}

const quorumFaults = ({ quorum }: Preset): PresetFault[] => {
  if (quorum === null || quorum.basis === 'units') return []
  const own = fractionFaults('quorum', quorum)
  return quorum.perParty === undefined ? own : [...own, ...fractionFaults('quorum.perParty', quorum.perParty)]
}

const passFaults = ({ pass, quorum, weights }: Preset): PresetFault[] => {
  const units = quorum !== null && quorum.basis === 'units'
  if (units !== (pass.form === 'everyUnit')) return [faultIn('quorum', 'unitsHalf')]
  if (pass.form === 'moreYesThanNo') return []
  if (pass.form === 'everyUnit') return fractionFaults('pass.fallback', pass.fallback)
  const faults = fractionFaults('pass', pass)
  if ((pass.of === 'household') !== (weights === 'household'))
    faults.push(faultIn('weights', 'householdsUnweighed'))
  return pass.perParty === undefined ? faults : [...faults, ...fractionFaults('pass.perParty', pass.perParty)]
}

const partyFaults = ({ quorum, pass, parties }: Preset): PresetFault[] => {
  const byParty =
    (quorum !== null && quorum.basis !== 'units' && quorum.perParty !== undefined) ||
    (pass.form === 'share' && pass.perParty !== undefined)
  const faults = byParty && (parties?.length ?? 0) < 2 ? [faultIn('parties', 'partiesMissing')] : []
  const names = (parties ?? []).map(({ key, name, aliases }) => new Set([key, name.zh, name.en, ...aliases]))
  const all = names.flatMap((ids) => [...ids])
  return new Set(all).size < all.length ? [...faults, faultIn('parties', 'partyRepeated')] : faults
}

/** Everything that contradicts itself in a preset; empty where it may be saved. */
export const checkPreset = (preset: Preset): PresetFault[] => {
  const faults = [...quorumFaults(preset), ...passFaults(preset), ...partyFaults(preset)]
  for (const field of ['noticeDays', 'papersDays'] as const) {
    if (!Number.isSafeInteger(preset[field]) || preset[field] < 0) faults.push(faultIn(field, 'daysBroken'))
  }
  const perHolder = preset.proxies?.perHolderMax ?? 1
  if (!Number.isSafeInteger(perHolder) || perHolder < 1)
    faults.push(faultIn('proxies.perHolderMax', 'proxiesBroken'))
  if (preset.recordOnly && preset.ballotChange) faults.push(faultIn('ballotChange', 'recordOnlyByDevice'))
  if (!isDate(preset.effectiveFrom)) faults.push(faultIn('effectiveFrom', 'dateBroken'))
  if (!Number.isSafeInteger(preset.version) || preset.version < 1)
    faults.push(faultIn('version', 'versionBroken'))
  return faults
}
