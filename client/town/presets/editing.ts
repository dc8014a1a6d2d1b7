// A rule while it is being edited: as typed, as the preset it stands for, and what is still wrong with it. Pure.
import type { Fraction, Pass, Preset, Quorum, Words } from '../../../shared/rules/preset.ts'
import { checkPreset } from '../../../shared/rules/presetCheck.ts'
import { asCopy, type CopyParts, checkCopy } from '../../../shared/rules/presetCopy.ts'
import { presetByCode } from '../../../shared/rules/presets.ts'

/** A fraction as typed. */
export interface FractionForm {
  readonly strictness: Fraction['strictness']
  readonly num: string
  readonly den: string
}

export type Basis = Quorum['basis'] | 'none'
export type ShareBase = Extract<Pass, { form: 'share' }>['of']

export interface PresetForm {
  readonly titleZh: string
  readonly titleEn: string
  readonly decidedBy: string
  readonly decidedOn: string
  readonly effectiveFrom: string
  readonly basis: Basis
  readonly quorum: FractionForm
  readonly quorumPerParty: FractionForm | null
  readonly form: Pass['form']
  readonly of: ShareBase
  readonly pass: FractionForm
  readonly passPerParty: FractionForm | null
  readonly weights: Preset['weights']
  readonly recusal: Preset['recusal']
  readonly ties: Preset['ties']
  readonly hasProxies: boolean
  readonly sameHousehold: boolean
  /** Empty where there is no limit. */
  readonly perHolderMax: string
  readonly noticeDays: string
  readonly papersDays: string
  readonly ballotChange: boolean
  readonly onlineAttendance: boolean
  readonly parties: NonNullable<Preset['parties']>
}

export const half: FractionForm = { strictness: 'moreThan', num: '1', den: '2' }

const typed = ({ strictness, num, den }: Fraction): FractionForm => ({
  strictness,
  num: String(num),
  den: String(den),
})

const typedOrNull = (fraction: Fraction | undefined): FractionForm | null =>
  fraction === undefined ? null : typed(fraction)

const quorumForm = ({ quorum }: Preset): Pick<PresetForm, 'basis' | 'quorum' | 'quorumPerParty'> => {
  if (quorum === null || quorum.basis === 'units')
    return { basis: quorum?.basis ?? 'none', quorum: half, quorumPerParty: null }
  return { basis: quorum.basis, quorum: typed(quorum), quorumPerParty: typedOrNull(quorum.perParty) }
}

const passForm = ({ pass }: Preset): Pick<PresetForm, 'form' | 'of' | 'pass' | 'passPerParty'> => {
  if (pass.form === 'moreYesThanNo') return { form: pass.form, of: 'present', pass: half, passPerParty: null }
  const share = pass.form === 'share' ? pass : pass.fallback
  const perParty = pass.form === 'share' ? typedOrNull(pass.perParty) : null
  return { form: pass.form, of: share.of, pass: typed(share), passPerParty: perParty }
}

/** A rule to begin editing with, decided upon `today` unless somebody says otherwise. */
export const formOf = (preset: Preset, isChange: boolean, today: string): PresetForm => ({
  titleZh: isChange ? (preset.copy?.title.zh ?? '') : '',
  titleEn: isChange ? (preset.copy?.title.en ?? '') : '',
  decidedBy: isChange ? (preset.copy?.decidedBy ?? '') : '',
  decidedOn: today,
  effectiveFrom: today,
  ...quorumForm(preset),
  ...passForm(preset),
  weights: preset.weights,
  recusal: preset.recusal,
  ties: preset.ties,
  hasProxies: preset.proxies !== null,
  sameHousehold: preset.proxies?.sameHousehold ?? true,
  perHolderMax: String(preset.proxies?.perHolderMax ?? ''),
  noticeDays: String(preset.noticeDays),
  papersDays: String(preset.papersDays),
  ballotChange: preset.ballotChange,
  onlineAttendance: preset.onlineAttendance,
  parties: preset.parties ?? [],
})

/** The whole number somebody typed; NaN, which the check finds, for anything else. */
export const numberIn = (text: string): number => (/^\s*\d{1,9}\s*$/.test(text) ? Number(text) : Number.NaN)

const fractionIn = ({ strictness, num, den }: FractionForm): Fraction => ({
  strictness,
  num: numberIn(num),
  den: numberIn(den),
})

const perPartyIn = (form: FractionForm | null): { perParty?: Fraction } =>
  form === null ? {} : { perParty: fractionIn(form) }

const quorumIn = ({ basis, quorum, quorumPerParty }: PresetForm): Quorum | null => {
  if (basis === 'none') return null
  if (basis === 'units') return { basis }
  return { basis, ...fractionIn(quorum), ...perPartyIn(quorumPerParty) }
}

const passIn = ({ form, of, pass, passPerParty }: PresetForm): Pass => {
  if (form === 'moreYesThanNo') return { form }
  if (form === 'everyUnit') return { form, fallback: { of, ...fractionIn(pass) } }
  return { form, of, ...fractionIn(pass), ...perPartyIn(passPerParty) }
}

const partsIn = (form: PresetForm): CopyParts => ({
  title: { zh: form.titleZh.trim(), en: form.titleEn.trim() },
  decidedBy: form.decidedBy.trim(),
  decidedOn: form.decidedOn,
})

/** What is kept of the rule that is copied or changed, and the code and version it will be saved under. */
export interface EditedFrom {
  readonly preset: Preset
  /** The preset that came with the hall, of which this is a copy. */
  readonly original: Preset
  readonly code: string
  readonly version: number
}

/** The preset that came with the hall and of which this one is a copy: itself, unless it is the unit's own. */
export const originalOf = (preset: Preset): Preset =>
  preset.copy === undefined ? preset : (presetByCode(preset.copy.of) ?? preset)

export const presetIn = (form: PresetForm, { preset, original, code, version }: EditedFrom): Preset => {
  const { parties: _, copy: __, ...kept } = preset
  const perHolderMax = form.perHolderMax.trim() === '' ? null : numberIn(form.perHolderMax)
  const edited: Preset = {
    ...kept,
    code,
    version,
    effectiveFrom: form.effectiveFrom,
    quorum: quorumIn(form),
    pass: passIn(form),
    weights: form.weights,
    recusal: form.recusal,
    ties: form.ties,
    proxies: form.hasProxies ? { sameHousehold: form.sameHousehold, perHolderMax } : null,
    noticeDays: numberIn(form.noticeDays),
    papersDays: numberIn(form.papersDays),
    ballotChange: form.ballotChange,
    onlineAttendance: form.onlineAttendance,
    ...(form.parties.length === 0 ? {} : { parties: form.parties }),
  }
  return asCopy(original, edited, partsIn(form))
}

export interface Faults {
  /** What is wrong at a field, in words. */
  readonly at: ReadonlyMap<string, readonly Words[]>
  /** How many contradictions stand; with any, nothing is saved. */
  readonly contradictions: number
  /** Fields not filled in yet; they are told once somebody tries to save. */
  readonly missing: ReadonlyMap<string, Words>
  /** Whether the figures can be judged at all. */
  readonly isJudgeable: boolean
}

const missingCodes: ReadonlySet<string> = new Set(['titleMissing', 'deciderMissing'])

export const faultsOf = (preset: Preset, original: Preset): Faults => {
  const broken = checkPreset(preset)
  const all = [...broken, ...checkCopy(preset, original)]
  const at = new Map<string, Words[]>()
  const missing = new Map<string, Words>()
  for (const fault of all) {
    if (missingCodes.has(fault.code)) missing.set(fault.field, fault)
    else at.set(fault.field, [...(at.get(fault.field) ?? []), fault])
  }
  return { at, contradictions: all.length - missing.size, missing, isJudgeable: broken.length === 0 }
}

const codeAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** 80 random bits, made once for a new rule, so that saving it again after a lost answer makes no second one. */
export const newOwnCode = (): string =>
  `own${Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => codeAlphabet[byte & 31]).join('')}`
