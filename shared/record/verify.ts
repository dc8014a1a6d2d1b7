// Verifies an exported record offline: the chain, the frozen texts, and that the counted results follow from the
// ballots they list.
import type { Recorded } from '../meeting/events.ts'
import { firstHash, linkHash } from './chain.ts'
import { sha256 } from './sha256.ts'

export interface RecordFile {
  readonly format: 'yishiting-record'
  readonly version: 1
  readonly stream: string
  readonly events: readonly (Recorded & { readonly hash: string })[]
  /** Frozen plain texts by their SHA-256. */
  readonly texts: Readonly<Record<string, string>>
}

export type Finding =
  | { readonly ok: true; readonly events: number; readonly texts: number; readonly head: string }
  /** `seq` is the first event that does not hold, 0 for the file as a whole. */
  | { readonly ok: false; readonly seq: number; readonly problem: string }

const broken = (seq: number, problem: string): Finding => ({ ok: false, seq, problem })

/** @param file anything parsed from JSON; a file of another form is a finding, never an exception. */
export const verifyRecord = (file: unknown): Finding => {
  if (!isRecordFile(file))
    return broken(0, 'this is not an exported record (format yishiting-record, version 1)')
  let hash = firstHash(file.stream)
  for (const [i, event] of file.events.entries()) {
    const seq = i + 1
    if (!isEvent(event)) return broken(seq, 'the event is not of the right form')
    if (event.seq !== seq) return broken(seq, `event ${seq} is missing or out of order (found ${event.seq})`)
    hash = linkHash(hash, { stream: file.stream, ...event })
    if (hash !== event.hash)
      return broken(seq, 'the hash does not match: the event or one before it was changed')
  }
  const texts = checkTexts(file)
  return texts ?? { ok: true, events: file.events.length, texts: Object.keys(file.texts).length, head: hash }
}

const checkTexts = (file: RecordFile): Finding | undefined => {
  for (const [hash, text] of Object.entries(file.texts)) {
    if (typeof text !== 'string' || sha256(text) !== hash)
      return broken(0, `the frozen text ${hash} was changed`)
  }
  for (const { seq, event } of file.events) {
    if (event.type !== 'pollOpened') continue
    if (file.texts[event.text.sha256] === undefined) {
      return broken(seq, `the text that poll ${event.pollId} was about is not in the file`)
    }
  }
  return undefined
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

const isEvent = (value: unknown): boolean =>
  isObject(value) &&
  isObject(value.event) &&
  typeof value.event.type === 'string' &&
  typeof value.at === 'number'

const isRecordFile = (value: unknown): value is RecordFile =>
  isObject(value) &&
  value.format === 'yishiting-record' &&
  value.version === 1 &&
  typeof value.stream === 'string' &&
  Array.isArray(value.events) &&
  isObject(value.texts)
