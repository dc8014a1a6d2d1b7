// Verification: a whole record is whole, and any single change in it is found.
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type RecordFile, verifyRecord } from '../../shared/record/verify.ts'
import { chained, exported } from './exported.ts'

const file = exported()
const copy = (): RecordFile => JSON.parse(JSON.stringify(file))

/** Every place in a JSON value, as the path of keys that leads there. */
const placesIn = (value: unknown, path: readonly string[] = []): (readonly string[])[] => {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([key, part]) => placesIn(part, [...path, key]))]
}
const places = placesIn(file).filter((path) => path.length > 0)

type Branch = Record<string, unknown>
const branchAt = (root: unknown, path: readonly string[]): Branch =>
  path.slice(0, -1).reduce<Branch>((branch, key) => branch[key] as Branch, root as Branch)

const flipped = (text: string, at: number): string => {
  const i = at % Math.max(1, text.length)
  return `${text.slice(0, i)}${text[i] === 'x' ? 'y' : 'x'}${text.slice(i + 1)}`
}

const change = (kind: 'set' | 'remove' | 'add', path: readonly string[], at: number): unknown => {
  const root = copy()
  const branch = branchAt(root, path)
  const key = path.at(-1) ?? ''
  const old = branch[key]
  if (kind === 'remove') {
    if (Array.isArray(branch)) branch.splice(Number(key), 1)
    else delete branch[key]
  } else if (kind === 'add') {
    if (Array.isArray(branch)) branch.splice(Number(key), 0, structuredClone(old))
    else branch[`${key}2`] = structuredClone(old)
  } else if (typeof old === 'string') branch[key] = flipped(old, at)
  else if (typeof old === 'number') branch[key] = old + 1
  else if (typeof old === 'boolean') branch[key] = !old
  else branch[key] = old === null ? 0 : null
  return root
}

/** Only a head written down elsewhere shows that the end was cut off. */
const cutsTheEnd = (kind: string, path: readonly string[]): boolean =>
  kind === 'remove' && path.length === 2 && path[0] === 'events' && Number(path[1]) === file.events.length - 1

describe('a record', () => {
  test('that nobody touched is whole, and its head is told', () => {
    expect(verifyRecord(copy())).toEqual({
      ok: true,
      events: file.events.length,
      texts: 1,
      head: file.events.at(-1)?.hash,
    })
  })

  test('with any single change is broken', () => {
    const kinds = fc.constantFrom('set' as const, 'remove' as const, 'add' as const)
    fc.assert(
      fc.property(kinds, fc.constantFrom(...places), fc.nat(80), (kind, path, at) => {
        const changed = change(kind, path, at)
        if (cutsTheEnd(kind, path) || isDeepStrictEqual(changed, file)) return
        expect(verifyRecord(changed).ok, `${kind} at ${path.join('.')}`).toBe(false)
      }),
      { numRuns: 1_500 },
    )
  })

  test('with two events swapped is broken at the first of them', () => {
    const events = [...file.events]
    const [third, fourth] = [events[2], events[3]]
    if (!third || !fourth) throw new Error('too few events')
    events[2] = fourth
    events[3] = third
    expect(verifyRecord({ ...file, events })).toMatchObject({ ok: false, seq: 3 })
    const renumbered = events.map((event, i) => ({ ...event, seq: i + 1 }))
    expect(verifyRecord({ ...file, events: renumbered })).toMatchObject({ ok: false, seq: 3 })
  })

  test('of another meeting under this name is broken', () => {
    expect(verifyRecord({ ...file, stream: 'mt_0002' })).toMatchObject({ ok: false, seq: 1 })
  })

  test('whose result does not follow from its ballots is broken, though somebody chained it anew', () => {
    const events = file.events.map((recorded) =>
      recorded.event.type === 'pollClosed'
        ? {
            ...recorded,
            event: { ...recorded.event, result: { ...recorded.event.result, outcome: 'passed' as const } },
          }
        : recorded,
    )
    const seq = events.findIndex(({ event }) => event.type === 'pollClosed') + 1
    expect(verifyRecord({ ...file, events: chained(file.stream, events) })).toEqual({
      ok: false,
      seq,
      problem: 'the result does not follow from the ballots',
    })
  })

  test('with one ballot turned is broken, though somebody chained it anew', () => {
    const events = file.events.map((recorded) => {
      if (recorded.event.type !== 'pollClosed') return recorded
      const [first, ...rest] = recorded.event.ballots
      const ballots = first ? [{ ...first, choice: { choice: 'no' } }, ...rest] : rest
      return { ...recorded, event: { ...recorded.event, ballots } }
    })
    expect(verifyRecord({ ...file, events: chained(file.stream, events) })).toMatchObject({ ok: false })
  })

  test('of any other form is a finding, never an exception', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        expect(verifyRecord(one).ok).toBe(false)
        expect(verifyRecord({ ...file, events: [one, other] }).ok).toBe(false)
        expect(verifyRecord({ ...file, texts: one }).ok).toBe(false)
      }),
    )
    const first = file.events[0]
    if (!first) throw new Error('no event')
    expect(verifyRecord({ ...file, events: [{ ...first, at: Number.POSITIVE_INFINITY }] }).ok).toBe(false)
    expect(verifyRecord(undefined).ok).toBe(false)
    let deep: unknown = 'deep'
    for (let i = 0; i < 50_000; i += 1) deep = [deep]
    const event = { type: 'meetingConvened', deep } as never
    expect(verifyRecord({ ...file, events: [{ ...first, event }] }).ok).toBe(false)
  })

  test('of events that do not follow from one another is a finding, whatever their hashes', () => {
    const odd = [
      { type: 'handRaised', seatId: 'st_v001', kind: 'speak' },
      { type: 'pollOpened' },
      { type: 'pollClosed', pollId: 'po_none' },
      { type: 'constructor' },
    ]
    for (const event of odd) {
      const bare = { seq: 1, at: 1, by: 'ac_0001', commandId: 'command-1', event: event as never }
      const after = file.events.slice(0, 2).map(({ hash: _, ...recorded }) => recorded)
      expect(verifyRecord({ ...file, events: chained(file.stream, [bare]) }).ok).toBe(false)
      const events = chained(file.stream, [...after, { ...bare, seq: 3 }])
      if (event.type !== 'handRaised') expect(verifyRecord({ ...file, events }).ok).toBe(false)
    }
  })
})
