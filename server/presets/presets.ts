// A unit's own rule presets: copies of those that come with the hall, changed and kept by version. Nothing that
// contradicts itself, or asks for less than a statute does, gets in here. A poll stores the whole preset it used, so
// no later version and no retiring changes anything past.
import { limits } from '../../shared/kernel/limits.ts'
import { accept, type Result, refuse } from '../../shared/kernel/result.ts'
import type { Command } from '../../shared/meeting/commands.ts'
import { canonical } from '../../shared/record/canonical.ts'
import { type DayText, dayAt } from '../../shared/rules/calendar.ts'
import type { Preset } from '../../shared/rules/preset.ts'
import { checkPreset } from '../../shared/rules/presetCheck.ts'
import { checkCopy, inForceOn } from '../../shared/rules/presetCopy.ts'
import { presetByCode } from '../../shared/rules/presets.ts'
import { type Clock, type Store, step } from '../ports.ts'

export interface SavedVersion {
  readonly preset: Preset
  /** The name of the account that saved it, or retired it where `isRetired`. */
  readonly savedBy: string
  readonly savedAt: number
  readonly isRetired: boolean
}

/** One preset of a unit's own, its versions from the first to the newest. */
export type Saved = readonly [SavedVersion, ...SavedVersion[]]

export interface Presets {
  /** Everything that a unit saved, the retired too, in order of code. */
  saved(unitId: string): Promise<readonly Saved[]>
  savedAs(unitId: string, code: string): Promise<Saved | undefined>
  /** The preset of that code, come with the hall or a unit's own, as it holds on a day. */
  inForce(unitId: string, code: string, day: DayText): Promise<Preset | undefined>
  /** The presets that an order names, as they hold now; `undefined` where it names none. */
  namedIn(unitId: string, command: Command): Promise<ReadonlyMap<string, Preset>> | undefined
  /** Keeps a new preset (version 1) or the next version of one. Sent again, it is answered the same. */
  save(by: Saver, preset: Preset): Promise<Result<SavedVersion>>
  /** @param version the newest version that the secretary saw */
  retire(by: Saver, code: string, version: number): Promise<Result<undefined>>
}

export interface Saver {
  readonly unitId: string
  readonly actorId: string
}

export const newestOf = (saved: Saved): SavedVersion => saved[saved.length - 1] ?? saved[0]

const codesNamedIn = (command: Command): readonly string[] => {
  if (command.type !== 'openPoll' && command.type !== 'reviseMeeting') return []
  const own = command.presetCode === undefined ? [] : [command.presetCode]
  return command.type === 'openPoll' ? [...own, ...Object.values(command.unitPresetCodes ?? {})] : own
}

export const openPresets = ({ store, clock }: { store: Store; clock: Clock }): Presets => {
  const { db } = store
  const rowsOf = (unitId: string) =>
    db
      .selectFrom('savedPresets')
      .leftJoin('accounts', 'accounts.accountId', 'savedPresets.savedBy')
      .select(['code', 'version', 'body', 'savedBy', 'savedAt', 'retiredAt', 'accounts.name'])
      .where('savedPresets.unitId', '=', unitId)
      .orderBy('code')
      .orderBy('version')

  const saved: Presets['saved'] = async (unitId) => groupsOf(await rowsOf(unitId).execute())

  const savedAs: Presets['savedAs'] = async (unitId, code) =>
    groupsOf(await rowsOf(unitId).where('code', '=', code).execute())[0]

  const inForce: Presets['inForce'] = async (unitId, code, day) => {
    const builtIn = presetByCode(code)
    if (builtIn) return builtIn
    const found = await savedAs(unitId, code)
    if (!found || newestOf(found).isRetired) return undefined
    return inForceOn(
      found.map(({ preset }) => preset),
      day,
    )
  }

  const namedPresets = async (unitId: string, codes: readonly string[]) => {
    const day = dayAt(clock.now())
    const found = new Map<string, Preset>()
    for (const code of new Set(codes)) {
      const preset = await inForce(unitId, code, day)
      if (preset) found.set(code, preset)
    }
    return found
  }

  /** The row that follows what the secretary saw, or why there can be none. */
  const append = async (
    by: Saver,
    row: { code: string; version: number; body: string; retiredAt: number | null },
    savedAt: number,
  ): Promise<boolean> => {
    const values = { ...row, unitId: by.unitId, savedBy: by.actorId, savedAt }
    return (await store.write([step(db.insertInto('savedPresets').values(values), { expect: 1 })])).ok
  }

  const countOf = async (unitId: string): Promise<number> => {
    const { n } = await db
      .selectFrom('savedPresets')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where('unitId', '=', unitId)
      .where('version', '=', 1)
      .executeTakeFirstOrThrow()
    return Number(n)
  }

  const whyNotAfter = async (by: Saver, preset: Preset): Promise<Result<never> | null> => {
    const found = await savedAs(by.unitId, preset.code)
    if (!found) {
      if (preset.version !== 1) return refuse('presetStale', { version: 0 })
      const isFull = (await countOf(by.unitId)) >= limits.presetsPerUnitMax
      return isFull ? refuse('tooMany', { max: limits.presetsPerUnitMax }) : null
    }
    const { preset: newest, isRetired } = newestOf(found)
    if (isRetired) return refuse('presetRetired')
    if (preset.version > limits.presetVersionsMax) return refuse('tooMany', { max: limits.presetVersionsMax })
    return preset.version === newest.version + 1 ? null : refuse('presetStale', { version: newest.version })
  }

  const save: Presets['save'] = async (by, preset) => {
    if (presetByCode(preset.code)) return refuse('presetCodeTaken', { code: preset.code })
    const [fault] = [...checkPreset(preset), ...checkCopy(preset, presetByCode(preset.copy?.of ?? ''))]
    if (fault) {
      const { field, code, zh, en } = fault
      return refuse('presetContradictory', { field, fault: code, zh, en })
    }
    const why = await whyNotAfter(by, preset)
    const body = canonical(preset)
    const row = { code: preset.code, version: preset.version, body, retiredAt: null }
    const kept = why === null && (await append(by, row, clock.now()))
    // What stands there now: this very version (sent again, or kept just now), or somebody else's.
    const found = (await savedAs(by.unitId, preset.code))?.find(
      (one) => one.preset.version === preset.version,
    )
    if (found && !found.isRetired && canonical(found.preset) === body) return accept(found)
    return kept || why === null ? refuse('presetStale', { version: preset.version }) : why
  }

  const retire: Presets['retire'] = async (by, code, version) => {
    const found = await savedAs(by.unitId, code)
    if (!found) return refuse('notFound')
    const newest = newestOf(found)
    if (newest.isRetired) return accept(undefined)
    if (newest.preset.version !== version) return refuse('presetStale', { version: newest.preset.version })
    const at = clock.now()
    const row = { code, version: version + 1, body: canonical(newest.preset), retiredAt: at }
    return (await append(by, row, at)) ? accept(undefined) : refuse('presetStale', { version: version + 1 })
  }

  return {
    saved,
    savedAs,
    inForce,
    namedIn: (unitId, command) => {
      const codes = codesNamedIn(command)
      return codes.length === 0 ? undefined : namedPresets(unitId, codes)
    },
    save,
    retire,
  }
}

interface Row {
  readonly code: string
  readonly body: string
  readonly savedAt: number
  readonly retiredAt: number | null
  readonly name: string | null
}

/** Rows in order of code and version, put together by code. */
const groupsOf = (rows: readonly Row[]): Saved[] => {
  const groups: [string, [SavedVersion, ...SavedVersion[]]][] = []
  for (const row of rows) {
    const version: SavedVersion = {
      preset: JSON.parse(row.body),
      savedBy: row.name ?? '',
      savedAt: Number(row.savedAt),
      isRetired: row.retiredAt !== null,
    }
    const last = groups.at(-1)
    if (last?.[0] === row.code) last[1].push(version)
    else groups.push([row.code, [version]])
  }
  return groups.map(([, versions]) => versions)
}
