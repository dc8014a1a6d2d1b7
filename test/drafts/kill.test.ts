// Durable before visible: `kill -9` under load, and everything that anybody else saw, or was told is saved, is there.
import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { loadDraft } from '../../server/drafts/load.ts'
import { readDraft } from '../../server/drafts/log.ts'
import { openSqliteStore } from '../../server/store/sqlite.ts'
import { readHallMessage } from '../../shared/drafts/wire.ts'
import { draftId, openEditor, tempFolder, until } from './hall.ts'
import { openRaw } from './raw.ts'

const kills = Number(process.env.DRAFT_KILLS ?? 10)

let folder: Awaited<ReturnType<typeof tempFolder>>
let child: ChildProcess | undefined

beforeEach(async () => {
  folder = await tempFolder()
})
afterEach(async () => {
  child?.kill('SIGKILL')
  await folder.remove()
})

const startServer = async (): Promise<{ url: string; kill: () => Promise<void> }> => {
  const script = fileURLToPath(new URL('./serverProcess.ts', import.meta.url))
  const started = spawn(process.execPath, ['--import', 'tsx', script, folder.file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  child = started
  const port = await new Promise<string>((resolve, reject) => {
    started.stdout.once('data', (data: Buffer) => resolve(data.toString().trim()))
    started.once('exit', (code) => reject(new Error(`the server ended: ${code}`)))
  })
  const kill = (): Promise<void> =>
    new Promise((resolve) => {
      started.once('exit', () => resolve())
      started.kill('SIGKILL')
    })
  return { url: `ws://127.0.0.1:${port}/drafts`, kill }
}

const storedClocks = async (): Promise<ReadonlyMap<number, number>> => {
  const store = await openSqliteStore(folder.file)
  const { holdings, strayRows } = loadDraft(await readDraft(store, draftId))
  expect(strayRows).toEqual([])
  await store.close()
  return holdings.clocks
}

test(`${kills} kills lose nothing that was seen or acknowledged`, { timeout: kills * 60_000 }, async () => {
  let seenInAll = 0
  for (let round = 0; round < kills; round += 1) {
    const server = await startServer()
    const writers = Array.from({ length: 3 }, (_, i) => openEditor(server.url, `writer ${i}`))
    const witness = openEditor(server.url, 'witness')
    const raw = await openRaw(server.url, 'acked', '&acks=1')
    await until('all synced', () => [...writers, witness].every(({ provider }) => provider.synced))
    const mine = new Y.Doc()
    mine.on('update', (update: Uint8Array) => raw.sync(2, update))
    const acked = (): number => {
      let count = 1
      for (const message of raw.messages) {
        const told = message[0] === 4 ? readHallMessage(message.subarray(1)) : undefined
        if (told?.kind === 'committed') count = told.count
      }
      // The first was the answer to the server's question.
      return count - 1
    }
    const startedWith = witness.text.length
    // Until the kill, one edit of each writer in every turn.
    let typing = true
    const type = (): void => {
      if (!typing) return
      for (const { text } of writers) text.insert(text.length >> 1, 'x')
      mine.getText('t').insert(mine.getText('t').length, 'y')
      setImmediate(type)
    }
    type()
    await until('it is under load', () => witness.text.length > startedWith + 40 + round * 7 && acked() > 5)
    await server.kill()
    typing = false
    await until('the witness noticed', () => !witness.provider.wsconnected && raw.closed !== undefined)
    const seen = Y.decodeStateVector(Y.encodeStateVector(witness.doc))
    for (const editor of [...writers, witness]) editor.leave()

    const stored = await storedClocks()
    for (const [client, clock] of seen) {
      expect(stored.get(client) ?? 0, `round ${round}, client ${client}`).toBeGreaterThanOrEqual(clock)
    }
    expect(stored.get(mine.clientID) ?? 0, `round ${round}, acknowledged`).toBeGreaterThanOrEqual(acked())
    seenInAll += seen.size
  }
  expect(seenInAll).toBeGreaterThan(kills * 3)
})
