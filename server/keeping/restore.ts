// A backup goes back into an empty place: its files are checked first, the copy is compared and proved, and only what
// came through all of it may be served.
import { createReadStream, existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Place } from '../store/places.ts'
import { uploadsFolder } from './backup.ts'
import { type Copied, copyHall } from './copy.ts'
import { writeFileDurably } from './files.ts'
import { openBackup, originIn } from './folder.ts'
import type { Manifest } from './manifest.ts'
import type { OnProgress } from './progress.ts'
import type { Proof } from './proof.ts'

export interface RestoreAsk {
  /** The folder of one backup. */
  readonly from: string
  readonly to: Place
  /** Where uploaded files go. */
  readonly dataDir: string
  readonly onProgress: OnProgress
}

/** What a place may hold before a hall is restored to it: what an earlier try left. */
const ownFiles = new Set([
  'hall.db',
  'hall.db-wal',
  'hall.db-shm',
  'serving.lock',
  'upgrade.lock',
  uploadsFolder,
])

export const restoreBackup = async (ask: RestoreAsk): Promise<Copied & { readonly manifest: Manifest }> => {
  const manifest = await openBackup(ask.from, ask.onProgress)
  await assertEmptyFolder(ask.to)
  const copied = await copyHall({
    origin: originIn(ask.from, manifest),
    fingerprint: `backup ${manifest.sha256}`,
    to: ask.to,
    onProgress: ask.onProgress,
    beforeEnd: async (proof) => {
      assertHeads(manifest, proof)
      await restoreUploads(ask, manifest)
    },
  })
  return { ...copied, manifest }
}

const assertEmptyFolder = async (to: Place): Promise<void> => {
  if (to.kind !== 'sqlite' || !existsSync(to.dataDir)) return
  const other = (await readdir(to.dataDir)).find((name) => !ownFiles.has(name))
  if (other)
    throw new Error(
      `${to.dataDir} is not empty: it holds ${other}. Nothing was changed; name a folder that is new or empty`,
    )
}

const assertHeads = (manifest: Manifest, { heads }: Proof): void => {
  const found = new Map(heads.map((head) => [head.stream, head]))
  for (const { stream, seq, hash } of manifest.heads) {
    const head = found.get(stream)
    if (head?.seq !== seq || head.hash !== hash)
      throw new Error(`the record of ${stream} does not end as the backup says`)
  }
  if (found.size !== manifest.heads.length) throw new Error('there are records that the backup does not name')
}

const restoreUploads = async ({ from, dataDir }: RestoreAsk, manifest: Manifest): Promise<void> => {
  for (const { path, sha256 } of manifest.files) {
    if (!path.startsWith(`${uploadsFolder}/`)) continue
    await rm(join(dataDir, path), { force: true })
    const written = await writeFileDurably(join(dataDir, path), createReadStream(join(from, path)))
    if (written.sha256 !== sha256) throw new Error(`${path} could not be written as it was`)
  }
}
