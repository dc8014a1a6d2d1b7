// Files that are either there as a whole, on disk and hashed, or not there.
import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { open, readdir } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { makeFolder } from '../store/makeFolder.ts'

export interface Written {
  readonly bytes: number
  readonly sha256: string
}

/** Pressing harder takes several times as long for a few per cent. */
const gzipLevel = 4

/** A backup holds names and the hashes of passwords. */
const ownersOnly = 0o600

export const syncFolder = async (folder: string): Promise<void> => {
  // Some systems do not open folders, or do not sync them; the files in it are synced by themselves.
  const handle = await open(folder, 'r').catch(() => null)
  await handle?.sync().catch(() => {})
  await handle?.close()
}

/** Resolves when the bytes are on disk. */
export const writeFileDurably = async (path: string, source: AsyncIterable<Uint8Array>): Promise<Written> => {
  await makeFolder(dirname(path))
  const handle = await open(path, 'wx', ownersOnly)
  const hash = createHash('sha256')
  let bytes = 0
  try {
    for await (const chunk of source) {
      hash.update(chunk)
      bytes += chunk.length
      await handle.writeFile(chunk)
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
  return { bytes, sha256: hash.digest('hex') }
}

/** The same for text, pressed with gzip. */
export const writePressed = async (path: string, source: AsyncIterable<string>): Promise<Written> => {
  let written: Written | null = null
  await pipeline(source, createGzip({ level: gzipLevel }), async (pressed: AsyncIterable<Uint8Array>) => {
    written = await writeFileDurably(path, pressed)
  })
  if (!written) throw new Error(`${path} was not written`)
  return written
}

export const hashOfFile = async (path: string): Promise<Written> => {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk)
    bytes += chunk.length
  }
  return { bytes, sha256: hash.digest('hex') }
}

/** Every file below a folder, by its path from there with `/` between; none where there is no such folder. */
export const filesBelow = async (folder: string): Promise<string[]> => {
  if (!existsSync(folder)) return []
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  return found
    .filter((entry) => entry.isFile())
    .map((entry) =>
      relative(folder, join(entry.parentPath ?? entry.path, entry.name))
        .split(sep)
        .join('/'),
    )
    .sort()
}
