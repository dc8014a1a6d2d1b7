// Yjs documents as the checks read them.
import * as Y from 'yjs'

export const docOf = (updates: readonly Uint8Array[]): Y.Doc => {
  const doc = new Y.Doc({ gc: false, guid: 'copy' })
  for (const update of updates) Y.applyUpdate(doc, update)
  return doc
}

export const clocksOf = (doc: Y.Doc): ReadonlyMap<number, number> =>
  Y.decodeStateVector(Y.encodeStateVector(doc))

export const wordsOf = (doc: Y.Doc): string => doc.getText('t').toString()

/** Whether `held` goes at least as far as `wanted`. */
export const isWithin = (wanted: ReadonlyMap<number, number>, held: ReadonlyMap<number, number>): boolean =>
  [...wanted].every(([client, clock]) => (held.get(client) ?? 0) >= clock)

export const isSame = (one: ReadonlyMap<number, number>, other: ReadonlyMap<number, number>): boolean =>
  one.size === other.size && isWithin(one, other) && isWithin(other, one)
