// Whose hand was at what, beyond what a draft's own bytes tell: a deletion carries no author, and letters that were moved
// are new ones to Yjs. Kept as text beside the bytes they speak of: a row of the log, a snapshot, a state.
import { ClockMap } from './clockMap.ts'

/** A letter by its id. */
export interface LetterId {
  readonly client: number
  readonly clock: number
}

/** Letters that somebody took out and may yet put elsewhere, in the order of the text. */
export interface Cut {
  readonly by: string
  readonly spans: readonly Span[]
}

/** Letters of one client whose clocks follow each other. */
export interface Span extends LetterId {
  readonly length: number
}

export interface Hands {
  /** Who deleted a letter. */
  readonly deleted: ClockMap<string>
  /** The letter that a letter was before it was moved. */
  readonly moved: ClockMap<LetterId>
  /** Oldest first. */
  cuts: readonly Cut[]
}

/** Owner → client id → pairs from, to. */
type ByOwner = Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>

/** As text: flat lists of numbers. */
interface Written {
  /** Who deleted what its row deletes: one for all, or as below. */
  readonly by?: string | ByOwner
  readonly deleted?: ByOwner
  /** Client id → quadruples clock, length, client, clock. */
  readonly moved?: Readonly<Record<string, readonly number[]>>
  /** Owner, and triples client, clock, length. */
  readonly cuts?: readonly (readonly [string, readonly number[]])[]
}

const byOwner = { onFrom: (owner: string) => owner, areSame: (a: string, b: string) => a === b }
const byLetter = {
  onFrom: ({ client, clock }: LetterId, offset: number) => ({ client, clock: clock + offset }),
  areSame: (a: LetterId, b: LetterId) => a.client === b.client && a.clock === b.clock,
}

export const noHands = (): Hands => ({
  deleted: new ClockMap(byOwner),
  moved: new ClockMap(byLetter),
  cuts: [],
})

/** Who deleted what in a row, before it is read: triples client, from, to of each owner. */
export type Deletions = ReadonlyMap<string, readonly (readonly number[])[]>

/**
 * What is written down with a row of the log.
 *
 * @param told what came with a part of it, as written before
 */
export const writeRowHands = (deletions: Deletions, told: readonly string[]): string | null => {
  const [sole] = deletions.keys()
  if (sole === undefined) return told.length === 0 ? null : told.join('\n')
  if (deletions.size === 1 && told.length === 0) return JSON.stringify({ by: sole } satisfies Written)
  const by: Record<string, Record<string, number[]>> = {}
  for (const [owner, lists] of deletions) {
    const mine: Record<string, number[]> = {}
    by[owner] = mine
    for (const triples of lists) {
      for (let i = 0; i < triples.length; i += 3) {
        const client = String(triples[i])
        const pairs = mine[client] ?? []
        mine[client] = pairs
        pairs.push(triples[i + 1] as number, triples[i + 2] as number)
      }
    }
  }
  return [JSON.stringify({ by } satisfies Written), ...told].join('\n')
}

export const writeMoved = (moved: Hands['moved']): string => JSON.stringify({ moved: movedLists(moved) })

export const writeHands = ({ deleted, moved, cuts }: Hands): string => {
  const lists: Record<string, Record<string, number[]>> = {}
  for (const [client, from, to, owner] of deleted.entries()) {
    const mine = lists[owner] ?? {}
    lists[owner] = mine
    const pairs = mine[String(client)] ?? []
    mine[String(client)] = pairs
    pairs.push(from, to)
  }
  return JSON.stringify({
    deleted: lists,
    moved: movedLists(moved),
    cuts: cuts.map(({ by, spans }) => [
      by,
      spans.flatMap(({ client, clock, length }) => [client, clock, length]),
    ]),
  } satisfies Written)
}

const movedLists = (moved: Hands['moved']): Record<string, number[]> => {
  const lists: Record<string, number[]> = {}
  for (const [client, from, to, source] of moved.entries()) {
    const mine = lists[String(client)] ?? []
    lists[String(client)] = mine
    mine.push(from, to - from, source.client, source.clock)
  }
  return lists
}

/** Who deleted what a row deletes: one for all of it, or by letter. */
export type RowDeleter = string | ClockMap<string> | undefined

/** Adds what was written to what is known. @returns who deleted what the row itself deletes */
export const readHands = (text: string | null, hands: Hands): RowDeleter => {
  let deleter: RowDeleter
  for (const line of text ? text.split('\n') : []) {
    const written = JSON.parse(line) as Written
    if (typeof written.by === 'object') {
      deleter = new ClockMap(byOwner)
      readByOwner(written.by, deleter)
    } else deleter ??= written.by
    if (written.deleted) readByOwner(written.deleted, hands.deleted)
    for (const [client, list] of Object.entries(written.moved ?? {})) readMoved(Number(client), list, hands)
    if (written.cuts) hands.cuts = [...hands.cuts, ...written.cuts.map(readCut)]
  }
  return deleter
}

const readByOwner = (lists: ByOwner, deleted: ClockMap<string>): void => {
  for (const [owner, byClient] of Object.entries(lists)) {
    for (const [client, pairs] of Object.entries(byClient)) {
      for (let i = 0; i < pairs.length; i += 2) {
        deleted.put(Number(client), pairs[i] as number, pairs[i + 1] as number, owner)
      }
    }
  }
}

const readMoved = (client: number, list: readonly number[], { moved }: Hands): void => {
  for (let i = 0; i < list.length; i += 4) {
    const [clock, length] = [list[i] as number, list[i + 1] as number]
    moved.put(client, clock, clock + length, {
      client: list[i + 2] as number,
      clock: list[i + 3] as number,
    })
  }
}

const readCut = ([by, list]: readonly [string, readonly number[]]): Cut => {
  const spans: Span[] = []
  for (let i = 0; i < list.length; i += 3) {
    spans.push({ client: list[i] as number, clock: list[i + 1] as number, length: list[i + 2] as number })
  }
  return { by, spans }
}
