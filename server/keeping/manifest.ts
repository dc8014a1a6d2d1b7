// What a backup says of itself: the shape, the figures and the hash of every file, so that nothing can be missing unseen.
import { z } from 'zod'
import { canonical } from '../../shared/record/canonical.ts'
import { sha256 } from '../../shared/record/sha256.ts'

export const manifestFile = 'manifest.json'

const column = z.object({ name: z.string(), kind: z.enum(['text', 'number', 'bytes']), type: z.string() })

const format = z.literal('yishiting-backup')
const version = 1
const later = z.object({ format, version: z.number().gt(version) })

const schema = z.strictObject({
  format,
  version: z.literal(version),
  /** ISO 8601, UTC. */
  madeAt: z.string(),
  from: z.enum(['sqlite', 'postgres']),
  /** The steps that the store's shape was built by. */
  steps: z.array(z.string()).min(1),
  tables: z.array(
    z.object({
      name: z.string().regex(/^\w+$/),
      columns: z.array(column),
      key: z.array(z.string()),
      rows: z.number().int(),
      /** Of the rows as lines, before they were pressed. */
      sha256: z.string(),
    }),
  ),
  /** The greatest number ever generated for a table's key. */
  generated: z.record(z.string(), z.number()),
  /** The last event of every stream. */
  heads: z.array(z.object({ stream: z.string(), seq: z.number().int(), hash: z.string() })),
  files: z.array(
    z.object({
      path: z.string().refine((path) => !path.split('/').includes('..') && !path.startsWith('/')),
      bytes: z.number().int(),
      sha256: z.string(),
    }),
  ),
  /** Of the canonical JSON of everything else. */
  sha256: z.string(),
})

export type Manifest = z.infer<typeof schema>
export type Head = Manifest['heads'][number]

export const sealManifest = (bare: Omit<Manifest, 'sha256'>): Manifest => ({
  ...bare,
  sha256: sha256(canonical(bare)),
})

/** @throws in words */
export const readManifest = (text: string): Manifest => {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    throw new Error(`the backup is damaged: ${manifestFile} cannot be read`)
  }
  const newer = later.safeParse(parsed)
  if (newer.success)
    throw new Error(
      `this backup was made by a newer build: it is of version ${newer.data.version}, and this build reads version ${version}. Nothing was changed; restore it with the newer build`,
    )
  const known = schema.safeParse(parsed)
  if (!known.success) throw new Error(`the backup is damaged: ${manifestFile} is not of the right form`)
  const { sha256: claimed, ...bare } = known.data
  if (sha256(canonical(bare)) !== claimed)
    throw new Error(`the backup is damaged: ${manifestFile} was changed`)
  return known.data
}
