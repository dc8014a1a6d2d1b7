// A backup as it lies in its folder: checked file by file, and read row by row.
import { createReadStream, existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { createGunzip } from 'node:zlib'
import type { Row, Table } from '../store/line.ts'
import { assertKnown } from '../store/opening.ts'
import { filesBelow, hashOfFile } from './files.ts'
import type { Origin } from './fill.ts'
import { keyOf, linesIn, rowIn } from './lines.ts'
import { type Manifest, manifestFile, readManifest } from './manifest.ts'
import type { OnProgress } from './progress.ts'

/** What file managers leave in every folder that they show. */
const leftBySystems = /^(\.DS_Store|\._.*|Thumbs\.db|desktop\.ini)$/i

/** The folder of all backups is often named for one of them. */
const whatToName = async (folder: string): Promise<string> => {
  const names = (await readdir(folder).catch(() => [])).sort()
  const newest = names.findLast((name) => existsSync(join(folder, name, manifestFile)))
  return newest ? `; name one of the backups in it, such as ${join(folder, newest)}` : ''
}

/** @throws in words that name the file */
export const openBackup = async (folder: string, onProgress: OnProgress): Promise<Manifest> => {
  const path = join(folder, manifestFile)
  if (!existsSync(path))
    throw new Error(`${folder} is no backup: it has no ${manifestFile}${await whatToName(folder)}`)
  const manifest = readManifest(await readFile(path, 'utf8'))
  assertKnown(manifest.steps, 'this backup')
  const total = manifest.files.reduce((sum, { bytes }) => sum + bytes, 0)
  let done = 0
  for (const file of manifest.files) {
    onProgress({ phase: 'checking', what: file.path, done, total })
    if (!existsSync(join(folder, file.path)))
      throw new Error(`the backup is damaged: ${file.path} is missing`)
    const found = await hashOfFile(join(folder, file.path))
    if (found.bytes !== file.bytes || found.sha256 !== file.sha256)
      throw new Error(`the backup is damaged: ${file.path} is not as it was written`)
    done += file.bytes
  }
  const listed = new Set([manifestFile, ...manifest.files.map((file) => file.path)])
  const stray = (await filesBelow(folder)).find(
    (file) => !listed.has(file) && !leftBySystems.test(basename(file)),
  )
  if (stray)
    throw new Error(`the backup is damaged: ${stray} does not belong to it; take it away if you know it`)
  return manifest
}

export const originIn = (folder: string, manifest: Manifest): Origin => ({
  steps: manifest.steps,
  tables: manifest.tables,
  generated: manifest.generated,
  count: async (table) => manifest.tables.find(({ name }) => name === table)?.rows ?? 0,
  rows: (table, after) => rowsOf(folder, table, after),
})

const rowsOf = async function* (folder: string, table: Table, after: Row | null): AsyncIterable<Row> {
  const file = createReadStream(join(folder, `tables/${table.name}.jsonl.gz`))
  const plain = createGunzip()
  file.on('error', (fault) => plain.destroy(fault))
  const wanted = after && JSON.stringify(after)
  let isBehind = wanted === null
  for await (const line of linesIn(file.pipe(plain))) {
    const row = rowIn(table, line)
    if (isBehind) yield row
    else if (JSON.stringify(keyOf(table, row)) === wanted) isBehind = true
  }
}
