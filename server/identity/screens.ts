// Big screens: a browser shows a code, the cockpit confirms it, and from then on the screen belongs to a meeting.
import { limits } from '../../shared/kernel/limits.ts'
import { accept, type Result, refuse } from '../../shared/kernel/result.ts'
import { step } from '../ports.ts'
import type { IdentityDeps } from './deps.ts'
import type { SignedIn } from './exchange.ts'
import type { Principal } from './principal.ts'
import { typedCode } from './secrets.ts'
import type { Sessions } from './sessions.ts'

const codeChars = 6
const codeTriesMax = 5
const forgottenAfterMs = 24 * 60 * 60_000

export interface Screens {
  /** Makes this browser a screen, or renews its code. A signed-in member of staff keeps the session there is. */
  openScreen(cookieHeader: string | undefined): Promise<Result<SignedIn>>
  /** The code a screen shows while it waits; `null` when it is paired or the code has run out. */
  screenCode(screenId: string): Promise<string | null>
  pairScreen(by: Principal, meetingId: string, code: string): Promise<Result<{ screenId: string }>>
  unpairScreen(meetingId: string, screenId: string): Promise<Result<undefined>>
  screensOf(meetingId: string): Promise<readonly string[]>
}

export const openScreens = (deps: IdentityDeps, sessions: Sessions): Screens => {
  const { store, clock, ids, bus } = deps
  const { db } = store

  const sessionsOf = async (screenId: string): Promise<string[]> => {
    const rows = await db
      .selectFrom('sessions')
      .select('sessionId')
      .where('screenId', '=', screenId)
      .where('endedAt', 'is', null)
      .execute()
    return rows.map((row) => row.sessionId)
  }

  const newCode = () => ({
    code: ids.code(codeChars),
    codeUntil: clock.now() + limits.pairingCodeMinutes * 60_000,
  })

  const renewCode = async (screenId: string): Promise<void> => {
    const row = await db.selectFrom('screens').selectAll().where('screenId', '=', screenId).executeTakeFirst()
    // Half-way through its life a code is still good; a screen that asks more often keeps it.
    const isFresh =
      row?.code && row.codeUntil && row.codeUntil - clock.now() > (limits.pairingCodeMinutes * 60_000) / 2
    if (!row || row.meetingId !== null || isFresh) return
    for (let tries = 0; tries < codeTriesMax; tries += 1) {
      const renewed = db
        .updateTable('screens')
        .set(newCode())
        .where('screenId', '=', screenId)
        .where('meetingId', 'is', null)
      if ((await store.write([step(renewed)])).ok) return
    }
    throw new Error('no free pairing code was found')
  }

  const makeScreen = async (): Promise<string> => {
    const forgotten = db
      .deleteFrom('screens')
      .where('meetingId', 'is', null)
      .where('codeUntil', '<', clock.now() - forgottenAfterMs)
    for (let tries = 0; tries < codeTriesMax; tries += 1) {
      const screenId = ids.newId('screen')
      const session = sessions.begin({ kind: 'screen', screenId })
      const row = { screenId, ...newCode(), meetingId: null, pairedBy: null, createdAt: clock.now() }
      const made = await store.write([
        step(forgotten),
        step(db.insertInto('screens').values(row)),
        session.step,
      ])
      if (made.ok) return session.token
    }
    throw new Error('no free pairing code was found')
  }

  const openScreen: Screens['openScreen'] = async (cookieHeader) => {
    const current = await sessions.fromCookieHeader(cookieHeader)
    // The laptop that runs the cockpit often drives the projector too: it must not be signed out by it.
    if (current && current.role !== 'screen' && current.role !== 'waiting')
      return accept({ principal: current, token: null })
    if (current?.screenId) {
      const known = await db
        .selectFrom('screens')
        .select('screenId')
        .where('screenId', '=', current.screenId)
        .executeTakeFirst()
      if (known) {
        await renewCode(current.screenId)
        return accept({ principal: current, token: null })
      }
    }
    const token = await makeScreen()
    const principal = await sessions.fromToken(token)
    if (!principal) throw new Error('a session just made is not there')
    if (current) await sessions.end(current.sessionId)
    return accept({ principal, token })
  }

  /** The screen's row and its sessions say the same, in one write. */
  const attach = async (
    screenId: string,
    from: { meetingId: string | null },
    to: { meetingId: string | null; pairedBy: string | null },
  ): Promise<boolean> => {
    const screen = db
      .updateTable('screens')
      .set({ ...to, code: null, codeUntil: to.meetingId === null ? clock.now() : null })
      .where('screenId', '=', screenId)
      .where('meetingId', from.meetingId === null ? 'is' : '=', from.meetingId)
    const session = db
      .updateTable('sessions')
      .set({ meetingId: to.meetingId })
      .where('screenId', '=', screenId)
    const written = await store.write([step(screen, { expect: 1 }), step(session)])
    if (!written.ok) return false
    sessions.changed(await sessionsOf(screenId))
    const meetingId = to.meetingId ?? from.meetingId
    if (meetingId !== null) bus.publish({ kind: 'screens', meetingId })
    return true
  }

  return {
    openScreen,
    screenCode: async (screenId) => {
      const row = await db
        .selectFrom('screens')
        .select('code')
        .where('screenId', '=', screenId)
        .where('codeUntil', '>', clock.now())
        .executeTakeFirst()
      return row?.code ?? null
    },
    pairScreen: async (by, meetingId, code) => {
      const screen = await db
        .selectFrom('screens')
        .select('screenId')
        .where('code', '=', typedCode(code))
        .where('codeUntil', '>', clock.now())
        .where('meetingId', 'is', null)
        .executeTakeFirst()
      if (!screen) return refuse('pairingCodeUnknown')
      const paired = await attach(screen.screenId, { meetingId: null }, { meetingId, pairedBy: by.actorId })
      return paired ? accept({ screenId: screen.screenId }) : refuse('pairingCodeUnknown')
    },
    unpairScreen: async (meetingId, screenId) => {
      const unpaired = await attach(screenId, { meetingId }, { meetingId: null, pairedBy: null })
      return unpaired ? accept(undefined) : refuse('notFound')
    },
    screensOf: async (meetingId) => {
      const rows = await db
        .selectFrom('screens')
        .select('screenId')
        .where('meetingId', '=', meetingId)
        .orderBy('createdAt')
        .execute()
      return rows.map((row) => row.screenId)
    },
  }
}
