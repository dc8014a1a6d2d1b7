// Somebody comes in through one node in the very moment in which another takes away what they come in with, on one
// PostgreSQL: whichever is first, nobody is in afterwards who came by it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openLocalBus } from '../../server/bus/local.ts'
import { type Identity, openIdentity } from '../../server/identity/identity.ts'
import type { Store } from '../../server/ports.ts'
import { openPostgresStore } from '../../server/store/postgres.ts'
import { systemClock, systemIds } from '../../server/system.ts'
import { plainPasswords } from '../sim/givenIdentity.ts'
import { openPostgresServer, type PostgresServer, skipsPostgres } from '../store/postgresServer.ts'

const rounds = 40
const [unitId, meetingId, seatId] = ['un_0001', 'mt_0001', 'st_0001']
const password = 'a long enough secret'

describe.skipIf(skipsPostgres)('in one moment on two nodes', () => {
  let postgres: PostgresServer
  let stores: Store[]
  let here: Identity
  let there: Identity

  const running = async (column: 'accountId' | 'seatId', id: string): Promise<string[]> => {
    const found = stores[0]?.db.selectFrom('sessions').select('sessionId').where('endedAt', 'is', null)
    const rows = (await found?.where(column, '=', id).execute()) ?? []
    return rows.map(({ sessionId }) => sessionId)
  }
  beforeAll(async () => {
    postgres = await openPostgresServer()
    const databaseUrl = await postgres.database()
    stores = [await openPostgresStore(databaseUrl), await openPostgresStore(databaseUrl)]
    const [near, far] = stores.map((store) =>
      openIdentity({
        store,
        clock: systemClock,
        ids: systemIds,
        bus: openLocalBus(),
        passwords: plainPasswords,
        order: async () => ({ ok: true, value: { seq: 0 } }),
        seatRole: async () => 'participant',
      }),
    )
    if (!near || !far) throw new Error('no two nodes')
    here = near
    there = far
    const [store] = stores
    const meeting = { meetingId, unitId, title: '', startsAt: 0, phase: 'inSession', roomCode: 'ABCD2345' }
    await store?.db
      .insertInto('meetings')
      .values({ ...meeting, createdAt: 0 })
      .execute()
    await store?.db
      .insertInto('seatNames')
      .values({ meetingId, seatId, personId: null, name: '王', household: '' })
      .execute()
  })
  afterAll(async () => {
    here?.close()
    there?.close()
    for (const store of stores ?? []) await store.close()
    await postgres?.close()
  })

  test('an account that ends leaves nobody in', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const login = `login ${round}`
      const added = await here.addAccount(unitId, { login, name: '', role: 'clerk', password })
      if (!added.ok) throw new Error(added.refusal.code)
      const { accountId } = added.value
      const [, ended] = await Promise.all([
        there.signIn({ login, password }),
        here.endAccount(unitId, accountId),
      ])
      expect(ended.ok).toBe(true)
      expect(await running('accountId', accountId)).toEqual([])
    }
  })

  test('a password that is changed leaves nobody in who came by the old one', async () => {
    const login = 'changing'
    const added = await here.addAccount(unitId, { login, name: '', role: 'clerk', password })
    if (!added.ok) throw new Error(added.refusal.code)
    const { accountId } = added.value
    for (let round = 0; round < rounds; round += 1) {
      const now = round === 0 ? password : `secret of round ${round}`
      const mine = await here.signIn({ login, password: now })
      if (!mine.ok) throw new Error(mine.refusal.code)
      const { principal } = mine.value
      const [, changed] = await Promise.all([
        there.signIn({ login, password: now }),
        here.changePassword(principal, { password: now, next: `secret of round ${round + 1}` }),
      ])
      expect(changed.ok).toBe(true)
      expect(await running('accountId', accountId)).toEqual([principal.sessionId])
      await here.signOut(principal)
    }
  })

  test('a seat that moves sits on one device, however often it is moved at once', async () => {
    const [first] = await here.issueCards(meetingId, [seatId])
    let card = first
    for (let round = 0; round < rounds; round += 1) {
      const device = `device of round ${round}`
      const [, one, other] = await Promise.all([
        there.exchange({ token: card?.token ?? '', device }),
        here.moveSeat(meetingId, seatId),
        there.moveSeat(meetingId, seatId),
      ])
      expect(await running('seatId', seatId)).toEqual([])
      const scans = [
        await here.exchange({ token: one.token, device: `${device}, one` }),
        await there.exchange({ token: other.token, device: `${device}, other` }),
      ]
      expect(scans.filter(({ ok }) => ok)).toHaveLength(1)
      expect(await running('seatId', seatId)).toHaveLength(1)
      card = await here.moveSeat(meetingId, seatId)
    }
  })
})
