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
  /** So few that only what this person puts in next may be them. */
  readonly isShort: boolean
  readonly spans: readonly Span[]
}

/** Letters of one client whose clocks follow each other. */
export interface Span extends LetterId {
  readonly length: number
}

export interface Provenance {
  /** Who deleted a letter. */
  readonly deleted: ClockMap<string>
  /** The letter that a letter was before it was moved. */
  readonly moved: ClockMap<LetterId>
  /** By who took them out, oldest first. */
  readonly cuts: Map<string, readonly Cut[]>
}

/** Owner → client id → pairs from, to. */
type ByOwner = Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>

/** As text: flat lists of numbers. */
interface Written {
  /** Who deleted what its row deletes: one for all, or as below. */
  readonly by?: string | ByOwner
  /** What each deleted that was deleted already. */
  readonly again?: ByOwner
  readonly deleted?: ByOwner
  /** Client id → quadruples clock, length, client, clock. */
  readonly moved?: Readonly<Record<string, readonly number[]>>
  /** Owner → for each: whether it is short (1), and triples client, clock, length. */
  readonly cuts?: Readonly<Record<string, readonly (readonly number[])[]>>
}

const byOwner = { onFrom: (owner: string) => owner, areSame: (a: string, b: string) => a === b }
const byLetter = {
  onFrom: ({ client, clock }: LetterId, offset: number) => ({ client, clock: clock + offset }),
  areSame: (a: LetterId, b: LetterId) => a.client === b.client && a.clock === b.clock,
}

export const nothingKnown = (): Provenance => ({
  deleted: new ClockMap(byOwner),
  moved: new ClockMap(byLetter),
  cuts: new Map(),
})

/** Of each owner, lists of triples client, from, to. */
export type Deletions = Map<string, (readonly number[])[]>

export const noteDeletions = (deletions: Deletions, owner: string, triples: readonly number[]): void => {
  const mine = deletions.get(owner)
  if (mine) mine.push(triples)
  else deletions.set(owner, [triples])
}

/**
 * What is written down with a row of the log.
 *
 * @param deletions who deleted what
 * @param again what each deleted that was deleted already
 * @param told what came with a part of it, as written before
 */
export const writeRowProvenance = (
  deletions: Deletions,
  again: Deletions,
  told: readonly string[],
): string | null => {
  const [sole] = deletions.keys()
  if (sole === undefined && again.size === 0) return told.length === 0 ? null : told.join('\n')
  const isBySole = deletions.size === 1 && again.size === 0 && told.length === 0
  const by = isBySole && sole !== undefined ? sole : listsOf(deletions)
  const own: Written = again.size === 0 ? { by } : { by, again: listsOf(again) }
  return [JSON.stringify(own), ...told].join('\n')
}

const listsOf = (deletions: Deletions): ByOwner => {
  const lists: Record<string, Record<string, number[]>> = {}
  for (const [owner, all] of deletions) {
    const mine: Record<string, number[]> = {}
    lists[owner] = mine
    for (const triples of all) {
      for (let i = 0; i < triples.length; i += 3) {
        const client = String(triples[i])
        const pairs = mine[client] ?? []
        mine[client] = pairs
        pairs.push(triples[i + 1] as number, triples[i + 2] as number)
      }
    }
  }
  return lists
}

export const writeMoved = (moved: Provenance['moved']): string => JSON.stringify({ moved: movedLists(moved) })

export const writeProvenance = ({ deleted, moved, cuts }: Provenance): string => {
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
    cuts: Object.fromEntries(
      [...cuts].map(([owner, mine]) => [
        owner,
        mine.map(({ isShort, spans }) => [
          isShort ? 1 : 0,
          ...spans.flatMap(({ client, clock, length }) => [client, clock, length]),
        ]),
      ]),
    ),
  } satisfies Written)
}

const movedLists = (moved: Provenance['moved']): Record<string, number[]> => {
  const lists: Record<string, number[]> = {}
  for (const [client, from, to, source] of moved.entries()) {
    const mine = lists[String(client)] ?? []
    lists[String(client)] = mine
    mine.push(from, to - from, source.client, source.clock)
  }
  return lists
}

/** Whose hand was at what in one row. */
export interface RowProvenance {
  /** Who deleted what the row itself deletes: one for all of it, or by letter. */
  readonly deleter: string | ClockMap<string> | undefined
  /** Letters that were deleted already when these deleted them. */
  readonly again: readonly (Span & { readonly by: string })[]
}

/** Adds what was written to what is known. @returns what is said of its row alone */
export const readProvenance = (text: string | null, provenance: Provenance): RowProvenance => {
  let deleter: RowProvenance['deleter']
  const again: (Span & { by: string })[] = []
  for (const line of text ? text.split('\n') : []) {
    const written = JSON.parse(line) as Written
    if (typeof written.by === 'object') {
      const byLetterId = new ClockMap(byOwner)
      forEachRange(written.by, (client, from, to, owner) => byLetterId.put(client, from, to, owner))
      deleter = byLetterId
    } else deleter ??= written.by
    forEachRange(written.again ?? {}, (client, clock, to, by) => {
      again.push({ client, clock, length: to - clock, by })
    })
    forEachRange(written.deleted ?? {}, (client, from, to, owner) =>
      provenance.deleted.put(client, from, to, owner),
    )
    for (const [client, list] of Object.entries(written.moved ?? {}))
      readMoved(Number(client), list, provenance)
    for (const [owner, mine] of Object.entries(written.cuts ?? {}))
      provenance.cuts.set(owner, mine.map(readCut))
  }
  return { deleter, again }
}

const forEachRange = (
  lists: ByOwner,
  see: (client: number, from: number, to: number, owner: string) => void,
): void => {
  for (const [owner, byClient] of Object.entries(lists)) {
    for (const [client, pairs] of Object.entries(byClient)) {
      for (let i = 0; i < pairs.length; i += 2)
        see(Number(client), pairs[i] as number, pairs[i + 1] as number, owner)
    }
  }
}

const readMoved = (client: number, list: readonly number[], { moved }: Provenance): void => {
  for (let i = 0; i < list.length; i += 4) {
    const [clock, length] = [list[i] as number, list[i + 1] as number]
    moved.put(client, clock, clock + length, {
      client: list[i + 2] as number,
      clock: list[i + 3] as number,
    })
  }
}

const readCut = ([isShort, ...list]: readonly number[]): Cut => {
  const spans: Span[] = []
  for (let i = 0; i < list.length; i += 3) {
    spans.push({ client: list[i] as number, clock: list[i + 1] as number, length: list[i + 2] as number })
  }
  return { isShort: isShort === 1, spans }
}
