import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openLocalBus } from '../../server/bus/local.ts'
import { type Identity, openIdentity } from '../../server/identity/identity.ts'
import { argonPasswords } from '../../server/identity/passwords.ts'
import { cookieName, hashOf, tokenInCookies, typedCode } from '../../server/identity/secrets.ts'
import type { Bus, BusMessage, Store } from '../../server/ports.ts'
import { openSqliteStore } from '../../server/store/sqlite.ts'
import { systemIds } from '../../server/system.ts'

const account = { login: 'shuji', name: '李秘书', password: 'a long enough secret' }

describe('sessions on two nodes of one store', () => {
  let dir: string
  let store: Store
  let bus: Bus
  let deaf: Bus
  let here: Identity
  let there: Identity
  let now = 1_780_000_000_000

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'yst-identity-'))
    store = await openSqliteStore(join(dir, 'hall.db'))
    bus = openLocalBus()
    deaf = openLocalBus()
    const deps = {
      store,
      clock: { now: () => now },
      ids: systemIds,
      passwords: argonPasswords,
      seatRole: async () => null,
      order: async () => ({ ok: true, value: { seq: 0 } }) as const,
    }
    here = openIdentity({ ...deps, bus })
    there = openIdentity({ ...deps, bus: deaf })
  })
  afterEach(async () => {
    here.close()
    there.close()
    await store.close()
    await rm(dir, { recursive: true, force: true })
  })

  const signIn = async () => {
    const made = await here.setUp({
      setupToken: (await here.firstRun()) ?? '',
      hallName: '厅',
      unitName: { zh: '村', en: '' },
      parties: [{ name: { zh: '村', en: '' } }],
      account,
    })
    if (!made.ok || made.value.token === null) throw new Error('no hall')
    return { cookie: `${cookieName}=${made.value.token}`, principal: made.value.principal }
  }

  const heard = (on: Bus) =>
    new Promise<BusMessage>((resolve) => {
      on.subscribe(resolve)
    })

  test('an ended session ends at once where it ended, and at a word of the bus elsewhere', async () => {
    const { cookie, principal } = await signIn()
    expect(await there.fromCookieHeader(cookie)).toEqual(principal)
    const word = heard(bus)
    await here.signOut(principal)
    expect(await here.fromCookieHeader(cookie)).toBeNull()
    const relayed = heard(deaf)
    deaf.publish(await word)
    await relayed
    expect(await there.fromCookieHeader(cookie)).toBeNull()
  })

  test('and half a minute later where no word of it came', async () => {
    const { cookie, principal } = await signIn()
    await there.fromCookieHeader(cookie)
    await here.signOut(principal)
    expect(await there.fromCookieHeader(cookie)).toEqual(principal)
    now += 30_001
    expect(await there.fromCookieHeader(cookie)).toBeNull()
  })

  test('a session that is used lives on, and one that is not runs out', async () => {
    const { cookie } = await signIn()
    for (let day = 0; day < 60; day += 10) {
      now += 10 * 24 * 60 * 60_000
      expect(await here.fromCookieHeader(cookie)).not.toBeNull()
      // Writes are kept in order: after this one, that the session was seen is kept too.
      await store.write([])
    }
    now += 31 * 24 * 60 * 60_000
    expect(await here.fromCookieHeader(cookie)).toBeNull()
  })

  test('the token is in no table', async () => {
    const { cookie } = await signIn()
    const token = tokenInCookies(cookie) ?? ''
    const rows = await store.db.selectFrom('sessions').selectAll().execute()
    expect(rows.map((row) => row.tokenHash)).toEqual([hashOf(token)])
    expect(JSON.stringify(rows)).not.toContain(token)
  })
})

describe('cookies and codes', () => {
  test('the session is found among other cookies, and only in its own form', () => {
    const token = 'A'.repeat(43)
    expect(tokenInCookies(`a=b; ${cookieName}=${token}; c=d`)).toBe(token)
    expect(tokenInCookies(`${cookieName}=${token}`)).toBe(token)
    for (const header of [
      undefined,
      '',
      'a=b',
      `x${cookieName}=${token}`,
      `${cookieName}=<script>`,
      `${cookieName}=`,
    ]) {
      expect(tokenInCookies(header)).toBeNull()
    }
  })

  test('a typed code is forgiven its case, spaces, hyphens and width', () => {
    expect(['ab3d ef7h', 'AB3D-EF7H', 'ａｂ３ｄｅｆ７ｈ'].map(typedCode)).toEqual(Array(3).fill('AB3DEF7H'))
  })
})
