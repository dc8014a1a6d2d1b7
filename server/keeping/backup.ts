// A backup: the whole hall in a folder of its own, in a form that goes back into either store. It is written under
// another name, synced, and renamed, so that a folder with a backup's name always is one.
import { createReadStream } from 'node:fs'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Table } from '../store/line.ts'
import { makeFolder } from '../store/makeFolder.ts'
import { type Place, viewPlace } from '../store/places.ts'
import type { View } from '../store/view.ts'
import { filesBelow, syncFolder, writeFileDurably, writePressed } from './files.ts'
import { countRows } from './fill.ts'
import { LineDigest, lineOf } from './lines.ts'
import { type Head, type Manifest, manifestFile, sealManifest } from './manifest.ts'
import type { OnProgress } from './progress.ts'
import { findBroken } from './proof.ts'

export const uploadsFolder = 'uploads'
const ownersOnly = 0o700
const unfinished = '.unfinished'
/** What a process that was killed left behind is cleared away after this long. */
const unfinishedMsMax = 24 * 60 * 60_000

export interface BackupAsk {
  readonly place: Place
  /** Files that were uploaded lie in here, if anywhere. */
  readonly dataDir: string
  /** The folder that holds the backups. */
  readonly into: string
  readonly kind: 'hall' | `before-${string}`
  readonly now: number
  readonly onProgress?: OnProgress
}

export interface Backup {
  readonly folder: string
  readonly rows: number
  readonly bytes: number
  /** What does not hold of the hall's record, which the backup has as it is; it cannot be restored. */
  readonly broken: string | null
}

export const brokenInWords = (broken: string): string =>
  `${broken}. The backup has it as it is and cannot be restored: keep the last one that was made without these words`

/** Sorts by time, and every file system takes it. */
export const backupName = (kind: BackupAsk['kind'], now: number): string =>
  `${kind}-${new Date(now).toISOString().replace(/[:.]/g, '-')}`

export const makeBackup = async (ask: BackupAsk): Promise<Backup> => {
  const folder = join(ask.into, backupName(ask.kind, ask.now))
  const draft = `${folder}${unfinished}`
  await makeFolder(ask.into)
  await clearUnfinished(ask.into, ask.now)
  const view = await viewPlace(ask.place)
  try {
    await mkdir(draft, { mode: ownersOnly })
    const manifest = await writeAll(view, draft, ask)
    await rename(draft, folder)
    await syncFolder(ask.into)
    const broken = await findBroken(view, ask.onProgress ?? (() => {}))
    const sum = (numbers: number[]) => numbers.reduce((all, n) => all + n, 0)
    return {
      folder,
      rows: sum(manifest.tables.map(({ rows }) => rows)),
      bytes: sum(manifest.files.map(({ bytes }) => bytes)),
      broken,
    }
  } catch (fault) {
    await rm(draft, { recursive: true, force: true })
    throw fault
  } finally {
    await view.close()
  }
}

const writeAll = async (view: View, folder: string, ask: BackupAsk): Promise<Manifest> => {
  if (view.steps.length === 0) throw new Error('there is no hall to back up')
  const { total } = await countRows(view)
  const heads: Head[] = []
  const tables: Manifest['tables'] = []
  const files: Manifest['files'] = []
  let before = 0
  for (const table of view.tables) {
    const digest = new LineDigest()
    const lines = linesOf(view, table, digest, heads, () =>
      ask.onProgress?.({ phase: 'copying', what: table.name, done: before + digest.rows, total }),
    )
    const path = `tables/${table.name}.jsonl.gz`
    files.push({ path, ...(await writePressed(join(folder, path), lines)) })
    const { name, columns, key } = table
    before += digest.rows
    tables.push({ name, columns: [...columns], key: [...key], rows: digest.rows, sha256: digest.hex() })
  }
  for (const name of await filesBelow(join(ask.dataDir, uploadsFolder))) {
    const path = `${uploadsFolder}/${name}`
    files.push({
      path,
      ...(await writeFileDurably(join(folder, path), createReadStream(join(ask.dataDir, path)))),
    })
  }
  const manifest = sealManifest({
    format: 'yishiting-backup',
    version: 1,
    madeAt: new Date(ask.now).toISOString(),
    from: view.dialect,
    steps: [...view.steps],
    tables,
    generated: { ...view.generated },
    heads,
    files,
  })
  const text = async function* () {
    yield Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`)
  }
  await writeFileDurably(join(folder, manifestFile), text())
  await syncFolder(join(folder, 'tables'))
  await syncFolder(folder)
  return manifest
}

const charsPerChunk = 64 * 1024

/** The rows as lines, a chunk at a time; notes the last event of every stream on the way. */
const linesOf = async function* (
  view: View,
  table: Table,
  digest: LineDigest,
  heads: Head[],
  onChunk: () => void,
): AsyncIterable<string> {
  const at = (name: string) => table.columns.findIndex((column) => column.name === name)
  const [stream, seq, hash] = table.name === 'events' ? [at('stream'), at('seq'), at('hash')] : [-1, -1, -1]
  let chunk = ''
  for await (const row of view.rows(table, null)) {
    const line = lineOf(row)
    digest.add(line)
    if (stream >= 0) {
      const head = { stream: String(row[stream]), seq: Number(row[seq]), hash: String(row[hash]) }
      if (heads.at(-1)?.stream === head.stream) heads.pop()
      heads.push(head)
    }
    chunk += line
    if (chunk.length < charsPerChunk) continue
    yield chunk
    chunk = ''
    onChunk()
  }
  if (chunk) yield chunk
  onChunk()
}

const clearUnfinished = async (into: string, now: number): Promise<void> => {
  for (const name of await readdir(into)) {
    if (!name.endsWith(unfinished)) continue
    const { mtimeMs } = await stat(join(into, name)).catch(() => ({ mtimeMs: now }))
    if (now - mtimeMs > unfinishedMsMax) await rm(join(into, name), { recursive: true, force: true })
  }
}
