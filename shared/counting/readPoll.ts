// Owns the reading of a poll from outside: unknown JSON in, a poll that can be counted or the reason why not out.
import type { Preset } from '../rules/preset.ts'
import { pollFault } from './checkPoll.ts'
import type { Fault } from './fault.ts'
import type { Poll } from './poll.ts'
import { readBallots } from './readBallots.ts'
import { BadInput, readList, readRecord, readText, type Source } from './reader.ts'
import { readMethod } from './readMethod.ts'

export type PollReading = { ok: true; poll: Poll } | { ok: false; fault: Fault }

/** Finds a preset by its code, or takes one in full; undefined where there is none such. */
export type PresetReader = (value: unknown) => Preset | undefined

const wordsIn = (value: unknown): { zh: string; en: string } | undefined => {
  if (typeof value === 'string') return { zh: value, en: value }
  if (typeof value !== 'object' || value === null) return undefined
  const { zh, en } = value as { zh?: unknown; en?: unknown }
  return typeof zh === 'string' && typeof en === 'string' ? { zh, en } : undefined
}

type Named = { id: string; name?: { zh: string; en: string } }

const readNamed = (value: unknown, what: string): Named => {
  if (typeof value === 'string') return { id: readText(value, what) }
  const record = readRecord(value, what)
  const id = readText(record.id ?? record.optionId ?? record.partyId, `${what}: id`)
  const name = wordsIn(record.name ?? record.label)
  return name === undefined ? { id } : { id, name }
}

const readSeats = (value: unknown): NonNullable<Poll['seats']> =>
  readList(value, 'seats').map((entry, index) => {
    const what = `seat ${index + 1}`
    const { id, party, present, recused, weight, households } = readRecord(entry, what)
    if (typeof present !== 'boolean') {
      throw new BadInput(`${what}：present 须为 true 或 false`, `${what}: "present" must be true or false`)
    }
    if (recused !== undefined && typeof recused !== 'boolean') {
      throw new BadInput(`${what}：recused 须为 true 或 false`, `${what}: "recused" must be true or false`)
    }
    return {
      id: readText(id, `${what}: id`),
      party: readText(party, `${what}: party`),
      present,
      ...(recused === undefined ? {} : { recused }),
      ...(weight === undefined ? {} : { weight: weight as number }),
      ...(households === undefined ? {} : { households: households as number }),
    }
  })

/** Attendance by party, where it does not follow from the seats. Figures are checked with the poll as a whole. */
const readRoll = (value: unknown): NonNullable<Poll['roll']> =>
  readList(value, 'roll').map((entry, index) => {
    const what = `roll ${index + 1}`
    const { partyId, due, present, recused, households, householdsPresent, weighed } = readRecord(entry, what)
    const figures = (source: Source) => ({
      due: source.due as number,
      present: source.present as number,
      recused: source.recused as number,
    })
    return {
      partyId: readText(partyId, `${what}: partyId`),
      ...figures({ due, present, recused }),
      ...(households === undefined ? {} : { households: households as number }),
      ...(householdsPresent === undefined ? {} : { householdsPresent: householdsPresent as number }),
      ...(weighed === undefined ? {} : { weighed: figures(readRecord(weighed, `${what}: weighed`)) }),
    }
  })

const readPreset = (value: unknown, presetOf: PresetReader): Preset => {
  const preset = presetOf(value)
  if (preset !== undefined) return preset
  const code = typeof value === 'string' ? value : 'preset'
  throw new BadInput(
    `没有“${code}”这条规则`,
    `there is no preset "${code}", or it is not a valid one`,
    'presetUnknown',
  )
}

const readTies = (value: unknown): NonNullable<Poll['ties']> => {
  if (value === 'fails' || value === 'chair' || value === 'lot') return value
  throw new BadInput('ties 须为 fails、chair 或 lot', '"ties" must be fails, chair or lot')
}

const optional = <K extends string, T>(
  record: Source,
  key: K,
  read: (value: unknown) => T,
): { [P in K]?: T } =>
  record[key] === undefined || record[key] === null ? {} : ({ [key]: read(record[key]) } as { [P in K]: T })

const assemble = (value: unknown, presetOf: PresetReader): Poll => {
  const record = readRecord(value, 'poll')
  const yesNo = { zh: ['赞成', '反对', '弃权'], en: ['yes', 'no', 'abstain'] }
  const method = readMethod(record)
  const byDefault = method.kind === 'yesNo' && record.options === undefined
  const options = byDefault
    ? yesNo.en.map((id): Named => ({ id }))
    : readList(record.options, 'options').map((option, index) => readNamed(option, `option ${index + 1}`))
  const idOf = (id: string): string => (method.kind === 'yesNo' ? (yesNo.en[yesNo.zh.indexOf(id)] ?? id) : id)
  const beside = record.optionNames === undefined ? {} : readRecord(record.optionNames, 'optionNames')
  const named = [
    ...options.map(({ id, name }) => [idOf(id), name] as const),
    ...Object.entries(beside).map(([id, words]) => [idOf(id), wordsIn(words)] as const),
  ].flatMap(([id, name]) => (name === undefined ? [] : [[id, name] as const]))
  return {
    method,
    options: options.map(({ id }) => idOf(id)),
    ...(named.length === 0 ? {} : { optionNames: Object.fromEntries(named) }),
    ...optional(record, 'preset', (code) => readPreset(code, presetOf)),
    ...optional(record, 'winners', (winners) => winners as number),
    ...optional(record, 'seats', readSeats),
    ...optional(record, 'roll', readRoll),
    ...optional(record, 'parties', (list) =>
      readList(list, 'parties').map((party, index) => readNamed(party, `party ${index + 1}`)),
    ),
    ...optional(record, 'unitPresets', (units) =>
      Object.fromEntries(
        Object.entries(readRecord(units, 'unitPresets')).map(([unit, code]) => [
          unit,
          readPreset(code, presetOf),
        ]),
      ),
    ),
    ...optional(record, 'ties', readTies),
    ...optional(record, 'seed', (seed) => readText(seed, 'seed')),
    ballots: readBallots(record.ballots, idOf),
  }
}

/**
 * Reads a poll as a file or an export holds it. Figures are checked with the poll as a whole, so that a weight of -1
 * or a count of 1.5 is answered in words like everything else.
 */
export const readPoll = (value: unknown, presetOf: PresetReader): PollReading => {
  try {
    const poll = assemble(value, presetOf)
    const found = pollFault(poll)
    return found === undefined ? { ok: true, poll } : { ok: false, fault: found }
  } catch (error) {
    if (error instanceof BadInput) return { ok: false, fault: error.fault }
    throw error
  }
}
