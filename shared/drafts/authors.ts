// Whose letters stand in a text, by the client id each was typed under. The same on every copy of the draft.
import type * as Y from 'yjs'

/** Letters of one client, in UTF-16 units of their text. */
export interface AuthorRun {
  readonly from: number
  readonly to: number
  readonly client: number
}

/** Covers the text from its first letter to its last, in order. */
export const authorRuns = (text: Y.XmlText): AuthorRun[] => {
  const runs: { from: number; to: number; client: number }[] = []
  let at = 0
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue
    const { client } = item.id
    const last = runs[runs.length - 1]
    if (last?.client === client) last.to += item.length
    else runs.push({ from: at, to: at + item.length, client })
    at += item.length
  }
  return runs
}
