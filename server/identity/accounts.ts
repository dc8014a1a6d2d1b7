// Accounts of the staff: secretary, facilitators and clerks of one unit.
import { accept, type Result, refuse } from '../../shared/kernel/result.ts'
import { type Step, step } from '../ports.ts'
import type { IdentityDeps } from './deps.ts'
import type { SignedIn } from './exchange.ts'
import { passwordCharsMin } from './passwords.ts'
import type { Principal, StaffRole } from './principal.ts'
import { endedIn, type Sessions } from './sessions.ts'

export interface Account {
  readonly accountId: string
  readonly login: string
  readonly name: string
  readonly role: StaffRole
}

export interface AccountAsk {
  readonly login: string
  readonly name: string
  readonly role: StaffRole
  readonly password: string
}

export interface Accounts {
  signIn(ask: {
    login: string
    password: string
    cookieHeader?: string | undefined
  }): Promise<Result<SignedIn>>
  accounts(unitId: string): Promise<readonly Account[]>
  addAccount(unitId: string, ask: AccountAsk): Promise<Result<Account>>
  /** The last secretary stays: without one nobody could open the hall again. */
  endAccount(unitId: string, accountId: string): Promise<Result<undefined>>
  changePassword(who: Principal, ask: { password: string; next: string }): Promise<Result<undefined>>
}

/** Logins are compared without regard to case and width. */
export const loginKey = (login: string): string => login.normalize('NFKC').trim().toLowerCase()

export const openAccounts = (deps: IdentityDeps, sessions: Sessions): Accounts => {
  const { store, clock, ids, passwords } = deps
  const { db } = store
  const standing = () => db.selectFrom('accounts').where('endedAt', 'is', null)

  /**
   * Nobody comes in with a password that is changed, or to an account that is ended, in the same moment. It changes the
   * row to what it is, since a row that is only read is locked for nobody.
   */
  const holding = ({ accountId, passwordHash }: { accountId: string; passwordHash: string }): Step =>
    step(
      db
        .updateTable('accounts')
        .set({ passwordHash })
        .where('accountId', '=', accountId)
        .where('passwordHash', '=', passwordHash)
        .where('endedAt', 'is', null),
      { expect: 1 },
    )

  const signIn: Accounts['signIn'] = async ({ login, password, cookieHeader }) => {
    const account = await standing()
      .select(['accountId', 'passwordHash'])
      .where('login', '=', loginKey(login))
      .executeTakeFirst()
    const fits = await passwords.fits(password, account?.passwordHash ?? null)
    if (!account || !fits) return refuse('passwordWrong')
    const current = await sessions.fromCookieHeader(cookieHeader)
    if (current?.accountId === account.accountId) return accept({ principal: current, token: null })
    const session = sessions.begin({ kind: 'staff', accountId: account.accountId })
    const written = await store.write([holding(account), session.step])
    if (!written.ok) return refuse('passwordWrong')
    const principal = await sessions.fromToken(session.token)
    if (!principal) return refuse('passwordWrong')
    if (current) await sessions.end(current.sessionId)
    return accept({ principal, token: session.token })
  }

  const addAccount: Accounts['addAccount'] = async (unitId, ask) => {
    if (ask.password.length < passwordCharsMin) return refuse('passwordTooShort', { min: passwordCharsMin })
    const accountId = ids.newId('account')
    const row = {
      accountId,
      unitId,
      login: loginKey(ask.login),
      name: ask.name,
      passwordHash: await passwords.hash(ask.password),
      role: ask.role,
      createdAt: clock.now(),
      endedAt: null,
    }
    const written = await store.write([step(db.insertInto('accounts').values(row), { expect: 1 })])
    if (!written.ok) return refuse('loginTaken')
    return accept({ accountId, login: row.login, name: row.name, role: row.role })
  }

  const endAccount: Accounts['endAccount'] = async (unitId, accountId) => {
    const account = await standing()
      .select('role')
      .where('unitId', '=', unitId)
      .where('accountId', '=', accountId)
      .executeTakeFirst()
    if (!account) return refuse('notFound')
    const another = db
      .selectFrom('accounts')
      .select('accountId')
      .where('unitId', '=', unitId)
      .where('role', '=', 'secretary')
      .where('endedAt', 'is', null)
      .where('accountId', '!=', accountId)
    const ended = db
      .updateTable('accounts')
      // The login becomes free again, and no word of the ended account's password stays.
      .set({ endedAt: clock.now(), login: `${accountId} ended`, passwordHash: '' })
      .where('accountId', '=', accountId)
      .where('endedAt', 'is', null)
    const guarded = account.role === 'secretary' ? ended.where(({ exists }) => exists(another)) : ended
    const written = await store.write([step(guarded, { expect: 1 }), sessions.ending({ accountId })])
    if (!written.ok) return refuse('notAllowed')
    sessions.changed(endedIn(written))
    return accept(undefined)
  }

  const changePassword: Accounts['changePassword'] = async ({ accountId, sessionId }, { password, next }) => {
    if (accountId === null) return refuse('notAllowed')
    if (next.length < passwordCharsMin) return refuse('passwordTooShort', { min: passwordCharsMin })
    const account = await standing()
      .select('passwordHash')
      .where('accountId', '=', accountId)
      .executeTakeFirst()
    if (!(await passwords.fits(password, account?.passwordHash ?? null))) return refuse('passwordWrong')
    const passwordHash = await passwords.hash(next)
    const changed = db.updateTable('accounts').set({ passwordHash }).where('accountId', '=', accountId)
    const written = await store.write([
      step(changed.where('endedAt', 'is', null), { expect: 1 }),
      sessions.ending({ accountId, notSessionId: sessionId }),
    ])
    if (!written.ok) return refuse('passwordWrong')
    sessions.changed(endedIn(written))
    return accept(undefined)
  }

  return {
    signIn,
    accounts: (unitId) =>
      standing()
        .select(['accountId', 'login', 'name', 'role'])
        .where('unitId', '=', unitId)
        .orderBy('createdAt')
        .execute(),
    addAccount,
    endAccount,
    changePassword,
  }
}
