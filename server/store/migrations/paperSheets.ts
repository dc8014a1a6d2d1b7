// Papers counted by two tellers, before they agree.
import type { Kysely } from 'kysely'
import { createTable } from './columns.ts'

export const thePaperSheets = (db: Kysely<unknown>): Promise<void> =>
  createTable(
    db,
    'paperSheets',
    [
      ['pollId', 'text'],
      ['box', 'text'],
      ['teller', 'text'],
      ['sheet', 'text'],
      ['handedOut', 'integer'],
      ['enteredAt', 'bigint'],
    ],
    ['pollId', 'box', 'teller'],
  )
