// What the first visit asks, what is wrong with it, and what is sent. Pure, so that every error is tested.
import { limits } from '../../shared/kernel/limits.ts'
import type { HallSetup } from '../../shared/wire/http.ts'

export const passwordCharsMin = 8
export const loginCharsMin = 2

export interface PartyLine {
  readonly key: string
  readonly partyId?: string
  readonly zh: string
  readonly en: string
}

export interface SetupForm {
  readonly hallName: string
  readonly unitZh: string
  readonly unitEn: string
  readonly parties: readonly PartyLine[]
  readonly accountName: string
  readonly login: string
  readonly password: string
  readonly repeat: string
}

/** The three sides of a tripartite council, by the ids that the preset's own parties have. */
export const firstForm: SetupForm = {
  hallName: '',
  unitZh: '',
  unitEn: '',
  parties: [
    { key: 'village', partyId: 'pt_village', zh: '村集体', en: 'Village' },
    { key: 'enterprise', partyId: 'pt_enterprise', zh: '企业', en: 'Enterprises' },
    { key: 'resident', partyId: 'pt_resident', zh: '居民', en: 'Residents' },
  ],
  accountName: '',
  login: '',
  password: '',
  repeat: '',
}

export type SetupField = Exclude<keyof SetupForm, 'unitEn' | 'parties'> | `party:${string}`
export type SetupError =
  | 'errorRequired'
  | 'errorLoginShort'
  | 'errorPasswordShort'
  | 'errorPasswordDiffers'
  | 'errorPartiesSame'

export const errorsOf = (form: SetupForm): ReadonlyMap<SetupField, SetupError> => {
  const errors = new Map<SetupField, SetupError>()
  for (const field of ['hallName', 'unitZh', 'accountName', 'login', 'password', 'repeat'] as const)
    if (form[field].trim() === '') errors.set(field, 'errorRequired')
  if (!errors.has('login') && form.login.trim().length < loginCharsMin) errors.set('login', 'errorLoginShort')
  if (!errors.has('password') && form.password.length < passwordCharsMin)
    errors.set('password', 'errorPasswordShort')
  if (!errors.has('repeat') && form.repeat !== form.password) errors.set('repeat', 'errorPasswordDiffers')
  const seen = new Set<string>()
  for (const party of form.parties) {
    const name = party.zh.trim()
    if (name === '') errors.set(`party:${party.key}`, 'errorRequired')
    else if (seen.has(name)) errors.set(`party:${party.key}`, 'errorPartiesSame')
    seen.add(name)
  }
  return errors
}

export const mayAddParty = (form: SetupForm): boolean => form.parties.length < limits.partiesMax
export const mayRemoveParty = (form: SetupForm): boolean => form.parties.length > 1

export const askOf = (form: SetupForm, setupToken: string): HallSetup => ({
  setupToken,
  hallName: form.hallName.trim(),
  unitName: { zh: form.unitZh.trim(), en: form.unitEn.trim() },
  parties: form.parties.map(({ partyId, zh, en }) => ({
    ...(partyId === undefined ? {} : { partyId }),
    name: { zh: zh.trim(), en: en.trim() },
  })),
  account: { login: form.login.trim(), name: form.accountName.trim(), password: form.password },
})
