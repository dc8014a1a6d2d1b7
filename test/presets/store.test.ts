import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe } from 'vitest'
import { openPostgresStore } from '../../server/store/postgres.ts'
import { openSqliteStore } from '../../server/store/sqlite.ts'
import { openPostgresServer, type PostgresServer, skipsPostgres } from '../store/postgresServer.ts'
import { presetsContract } from './contract.ts'

describe('on a file', () => {
  let dir: string
  let files = 0
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'yst-presets-'))
  })
  afterAll(() => rm(dir, { recursive: true, force: true }))
  presetsContract('SQLite', () => {
    files += 1
    return openSqliteStore(join(dir, `hall-${files}.db`))
  })
})

describe.skipIf(skipsPostgres)('on a server', () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await openPostgresServer()
  })
  afterAll(() => server.close())
  presetsContract('PostgreSQL', async () => openPostgresStore(await server.database()))
})
