// What must hold of a draft in the end: one text at every node and for everybody, with all that was called saved.
import * as Y from 'yjs'
import { loadDraft } from '../../../server/drafts/load.ts'
import { readDraft } from '../../../server/drafts/log.ts'
import type { Schema } from '../../../server/store/schema.ts'
import { clocksOf, docOf, isSame, isWithin, wordsOf } from './docs.ts'
import type { DraftTown } from './town.ts'
import type { Writer } from './writer.ts'

/** What somebody wrote under the client id of another. */
export const stolen = 'STOLEN'

const fail = (problem: string): never => {
  throw new Error(problem)
}

export const checkDraft = async (
  town: DraftTown,
  draftId: string,
  writers: readonly Writer[],
  answerOf: <T>(asked: Promise<T>) => Promise<T>,
): Promise<void> => {
  const { clocks } = town.truthOf(draftId)
  const stored = loadDraft(await readDraft(town.disk.connect(), draftId))
  if (stored.strayRows.length > 0) fail('rows do not follow')
  if (!isSame(stored.holdings.clocks, clocks)) fail('the store has forgotten what it acknowledged')
  const { base, tail } = stored.history
  const words = wordsOf(docOf([...(base ? [base.bytes] : []), ...tail.map(({ packet }) => packet.bytes)]))
  if (words.includes(stolen)) fail('somebody wrote under the client id of another')
  for (const writer of writers) checkWriter(writer, words, clocks)
  for (const { name, ...node } of town.nodes.map((it) => ({ name: it.name, updates: it.updates(draftId) }))) {
    const doc = docOf(await answerOf(node.updates))
    if (wordsOf(doc) !== words) fail(`${name} holds another text`)
    if (!isSame(clocksOf(doc), clocks)) fail(`${name} holds other edits`)
  }
  checkOwners(town, draftId, writers)
}

const checkWriter = (writer: Writer, words: string, clocks: ReadonlyMap<number, number>): void => {
  const { owner, doc, saved, dismissed, isLive } = writer
  if (dismissed) fail(`${owner} was sent away: ${dismissed}`)
  if (!isLive) fail(`${owner} did not come in`)
  if (wordsOf(doc) !== words) fail(`${owner} sees ${wordsOf(doc)} instead of ${words}`)
  if (doc.store.pendingStructs !== null) fail(`${owner} waits for what never comes`)
  if (!isWithin(saved, clocks)) fail(`${owner} was told that it is saved, and it is lost`)
  if ((clocks.get(doc.clientID) ?? 0) < Y.getState(doc.store, doc.clientID)) fail(`${owner} is not saved`)
}

/** Each client id is of the one who wrote under it. */
const checkOwners = (
  { disk, truthOf }: Pick<DraftTown, 'disk' | 'truthOf'>,
  draftId: string,
  writers: readonly Writer[],
): void => {
  const rows = disk.rows<Schema['draftClients']>('select * from "draftClients" where "draftId" = ?', draftId)
  const owners = new Map(rows.map(({ clientId, owner }) => [clientId, owner]))
  for (const client of truthOf(draftId).clocks.keys())
    if (!owners.has(client)) fail(`nobody wrote under ${client}`)
  for (const { owner, doc, saved } of writers)
    for (const client of [doc.clientID, ...saved.keys()]) {
      const known = owners.get(client)
      if (known !== undefined && known !== owner) fail(`${client} of ${owner} has become ${known}'s`)
    }
}

/** What was adopted is in the draft, and nothing waits to be merged any more. */
export const checkAdopted = (
  { disk, truthOf }: Pick<DraftTown, 'disk' | 'truthOf'>,
  draftId: string,
  adopted: ReadonlyMap<number, number>,
): void => {
  if (!isWithin(adopted, truthOf(draftId).clocks)) fail('what was adopted is not in the draft')
  if (disk.rows('select 1 from "draftMerges"').length > 0) fail('a merge was never carried out')
}
