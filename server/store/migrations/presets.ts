// The table of rule presets that units saved for themselves.
import type { Kysely } from 'kysely'
import { createTable } from './columns.ts'

export const thePresets = (db: Kysely<unknown>): Promise<void> =>
  createTable(
    db,
    'savedPresets',
    [
      ['unitId', 'text'],
      ['code', 'text'],
      ['version', 'integer'],
      ['body', 'text'],
      ['savedBy', 'text'],
      ['savedAt', 'bigint'],
      ['retiredAt', 'bigint', 'null'],
    ],
    ['unitId', 'code', 'version'],
  )
