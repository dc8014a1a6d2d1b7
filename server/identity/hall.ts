// The hall itself: its one-time first-run token, its setting up, and what everybody may know of it.
import { sql } from 'kysely'
import { accept, type Result, refuse } from '../../shared/kernel/result.ts'
import type { Party } from '../../shared/meeting/state.ts'
import type { Words } from '../../shared/rules/preset.ts'
import { step } from '../ports.ts'
import { loginKey } from './accounts.ts'
import type { IdentityDeps } from './deps.ts'
import type { SignedIn } from './exchange.ts'
import { partiesOf } from './parties.ts'
import { passwordCharsMin } from './passwords.ts'
import { hashOf } from './secrets.ts'
import type { Sessions } from './sessions.ts'

export interface HallState {
  readonly ready: boolean
  readonly name: string
  readonly unit: { readonly unitId: string; readonly name: Words } | null
  readonly parties: readonly Party[]
}

export interface HallAsk {
  readonly setupToken: string
  readonly hallName: string
  readonly unitName: Words
  readonly parties: readonly { readonly partyId?: string | undefined; readonly name: Words }[]
  readonly account: { readonly login: string; readonly name: string; readonly password: string }
}

export interface Hall {
  /** While the hall is not set up: a fresh setup token, the former one ending, unless it may be another node's. `null` once it is. */
  firstRun(): Promise<string | null>
  /** Whether this token still sets the hall up. */
  maySetUp(setupToken: string): Promise<Result<null>>
  setUp(ask: HallAsk): Promise<Result<SignedIn>>
  hall(): Promise<HallState>
  parties(unitId: string): Promise<readonly Party[]>
}

/** There is one hall in a store. */
const hallId = 'hall'
/** So many nodes may start on an empty hall before the first one's link ends. */
const nodesStartingMax = 8

export const openHall = (deps: IdentityDeps, sessions: Sessions): Hall => {
  const { store, clock, ids, passwords } = deps
  const { db } = store
  const row = () => db.selectFrom('hall').selectAll().where('hallId', '=', hallId).executeTakeFirst()

  const firstRun: Hall['firstRun'] = async () => {
    const token = ids.secret(24)
    const setupTokenHash = hashOf(token)
    // Of several nodes each has printed a link, and whoever set them up holds any of these.
    const hashesChars = nodesStartingMax * (setupTokenHash.length + 1)
    const withFormer = sql<string>`left(concat_ws(' ', ${setupTokenHash}::text, hall."setupTokenHash"), ${hashesChars}::int)`
    const renewed = db
      .insertInto('hall')
      .values({ hallId, name: '', setupTokenHash, readyAt: null })
      .onConflict((conflict) =>
        conflict
          .column('hallId')
          .doUpdateSet({ setupTokenHash: store.dialect === 'sqlite' ? setupTokenHash : withFormer })
          .where('hall.readyAt', 'is', null),
      )
    const written = await store.write([step(renewed, { expect: 1 })])
    return written.ok ? token : null
  }

  const maySetUp: Hall['maySetUp'] = async (setupToken) => {
    const hall = await row()
    if (hall?.readyAt) return refuse('hallExists')
    const isOurs = hall?.setupTokenHash?.split(' ').includes(hashOf(setupToken))
    return isOurs ? accept(null) : refuse('setupTokenWrong')
  }

  const setUp: Hall['setUp'] = async (ask) => {
    const may = await maySetUp(ask.setupToken)
    if (!may.ok) return may
    const tokenHash = hashOf(ask.setupToken)
    if (ask.account.password.length < passwordCharsMin)
      return refuse('passwordTooShort', { min: passwordCharsMin })
    const unitId = ids.newId('unit')
    const accountId = ids.newId('account')
    const parties = ask.parties.map(({ partyId, name }, position) => ({
      partyId: partyId ?? ids.newId('party'),
      unitId,
      nameZh: name.zh,
      nameEn: name.en,
      position,
    }))
    // Rosters name parties in words: two of one name could not be told apart.
    if (new Set(parties.map((it) => it.nameZh)).size < parties.length)
      return refuse('malformed', { field: 'parties' })
    const session = sessions.begin({ kind: 'staff', accountId })
    const ready = db
      .updateTable('hall')
      .set({ name: ask.hallName, readyAt: clock.now(), setupTokenHash: null })
      .where('hallId', '=', hallId)
      .where('setupTokenHash', 'like', `%${tokenHash}%`)
    const account = {
      accountId,
      unitId,
      login: loginKey(ask.account.login),
      name: ask.account.name,
      passwordHash: await passwords.hash(ask.account.password),
      role: 'secretary',
      createdAt: clock.now(),
      endedAt: null,
    } as const
    const unit = { unitId, parentId: null, nameZh: ask.unitName.zh, nameEn: ask.unitName.en }
    const written = await store.write([
      step(ready, { expect: 1 }),
      step(db.insertInto('units').values(unit)),
      step(db.insertInto('parties').values(parties)),
      step(db.insertInto('accounts').values(account)),
      session.step,
    ])
    if (!written.ok)
      return written.at === 0 ? refuse('hallExists') : refuse('malformed', { field: 'parties' })
    const principal = await sessions.fromToken(session.token)
    return principal ? accept({ principal, token: session.token }) : refuse('notSignedIn')
  }

  const parties: Hall['parties'] = (unitId) => partiesOf(store, unitId)

  const hall: Hall['hall'] = async () => {
    const known = await row()
    if (!known?.readyAt) return { ready: false, name: '', unit: null, parties: [] }
    const unit = await db
      .selectFrom('units')
      .selectAll()
      .where('parentId', 'is', null)
      .orderBy('unitId')
      .executeTakeFirst()
    return {
      ready: true,
      name: known.name,
      unit: unit ? { unitId: unit.unitId, name: { zh: unit.nameZh, en: unit.nameEn } } : null,
      parties: unit ? await parties(unit.unitId) : [],
    }
  }
  return { firstRun, maySetUp, setUp, hall, parties }
}
