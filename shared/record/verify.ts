// Verifies an exported record offline: the chain, the frozen texts, and that the counted results follow from the
// ballots they list. What is cut off at the end is seen only by comparing the head with one written down elsewhere.
import { idPattern } from '../kernel/ids.ts'
import { evolveMatter, type Matter, type MatterEvent } from '../matter/matter.ts'
import type { EventOf, MeetingEvent, Recorded } from '../meeting/events.ts'
import { evolve } from '../meeting/meeting.ts'
import { countPoll } from '../meeting/pollCount.ts'
import type { FrozenText, MeetingState } from '../meeting/state.ts'
import { canonical } from './canonical.ts'
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

const isMatter = (stream: string): boolean => idPattern('matter').test(stream)

const broken = (seq: number, problem: string): Finding => ({ ok: false, seq, problem })

/** @param file anything parsed from JSON; a file of another form is a finding, never an exception. */
export const verifyRecord = (file: unknown): Finding => {
  if (!isRecordFile(file))
    return broken(0, 'this is not an exported record (format yishiting-record, version 1)')
  let hash = firstHash(file.stream)
  let state: MeetingState | null = null
  let matter: Matter | null = null
  const textsNeeded = new Map<string, number>()
  for (const [i, event] of file.events.entries()) {
    const seq = i + 1
    if (!isEvent(event)) return broken(seq, 'the event is not of the right form')
    if (event.seq !== seq) return broken(seq, `event ${seq} is missing or out of order (found ${event.seq})`)
    try {
      hash = linkHash(hash, { stream: file.stream, ...event })
      if (hash !== event.hash)
        return broken(seq, 'the hash does not match: the event or one before it was changed')
      if (isMatter(file.stream)) {
        matter = evolveMatter(matter, event as unknown as Recorded<MatterEvent>)
        continue
      }
      const miscounted = state && event.event.type === 'pollClosed' && !isCounted(state, event.event)
      if (miscounted) return broken(seq, 'the result does not follow from the ballots')
      state = evolve(state, event)
      for (const { sha256 } of textsNamed(event.event)) textsNeeded.set(sha256, seq)
    } catch {
      return broken(seq, 'the event does not follow from those before it')
    }
  }
  return (
    checkTexts(file, textsNeeded) ?? {
      ok: true,
      events: file.events.length,
      texts: textsNeeded.size,
      head: hash,
    }
  )
}

/** The frozen texts that a poll was about: its item's, and those of the items it covers. */
export const textsOf = ({
  text,
  covers = [],
}: Pick<EventOf<'pollOpened'>, 'text' | 'covers'>): FrozenText[] => [
  text,
  ...covers.map((covered) => covered.text),
]

/**
 * Every text that an event names: what a poll was about and, of a poll on an amendment, what that is a difference from;
 * what an amendment was made from, and what was adopted of it.
 */
export const textsNamed = (event: MeetingEvent): readonly FrozenText[] => {
  switch (event.type) {
    case 'pollOpened':
      return event.amendment ? [...textsOf(event), event.amendment.base] : textsOf(event)
    case 'amendmentProposed':
    case 'amendmentRebased':
      return [event.base]
    case 'amendmentAdopted':
      return [event.text]
    default:
      return []
  }
}

/** Counted again, the figures are the same. Wordings may have changed since, and do not matter. */
const isCounted = (state: MeetingState, closed: EventOf<'pollClosed'>): boolean => {
  const poll = state.polls[closed.pollId]
  if (!poll) return false
  const { outcome, winners, totals } = countPoll(state, poll, closed)
  const claimed = closed.result
  return (
    canonical({ outcome, winners, totals }) ===
    canonical({ outcome: claimed.outcome, winners: claimed.winners, totals: claimed.totals })
  )
}

/** @param needed the hash of every text that is named, and the event that names it */
const checkTexts = ({ texts }: RecordFile, needed: ReadonlyMap<string, number>): Finding | undefined => {
  for (const [hash, seq] of needed) {
    if (!Object.hasOwn(texts, hash)) return broken(seq, `the text that it names is not in the file (${hash})`)
  }
  for (const [hash, text] of Object.entries(texts)) {
    if (typeof text !== 'string' || sha256(text) !== hash)
      return broken(0, `the frozen text ${hash} was changed`)
    if (!needed.has(hash)) return broken(0, `nothing in the record names the text ${hash}`)
  }
  return undefined
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const hasOnly = (value: Record<string, unknown>, keys: readonly string[]): boolean =>
  Object.keys(value).length === keys.length && keys.every((key) => Object.hasOwn(value, key))

/** What an event's hash covers, and the hash: anything more would stand in the file unproved. */
const eventKeys = ['seq', 'at', 'by', 'commandId', 'event', 'hash'] as const

const isEvent = (value: unknown): boolean =>
  isObject(value) &&
  hasOnly(value, eventKeys) &&
  isObject(value.event) &&
  typeof value.event.type === 'string' &&
  Number.isSafeInteger(value.at) &&
  typeof value.by === 'string' &&
  typeof value.commandId === 'string'

const isRecordFile = (value: unknown): value is RecordFile =>
  isObject(value) &&
  hasOnly(value, ['format', 'version', 'stream', 'events', 'texts']) &&
  value.format === 'yishiting-record' &&
  value.version === 1 &&
  typeof value.stream === 'string' &&
  Array.isArray(value.events) &&
  isObject(value.texts)
