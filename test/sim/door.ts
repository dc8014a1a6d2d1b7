// The live door of a node without its sockets: lines are opened by a cookie and stand for whoever it named then; they
// are cut when their session ends, at a word of the bus or at a look into the store.

import type { Principal } from '../../server/identity/principal.ts'
import { cookieName } from '../../server/identity/secrets.ts'
import type { Farewell } from '../../server/identity/sessions.ts'
import { isAlready, meOf } from '../../server/live/who.ts'
import type { Envelope } from '../../server/record/stream.ts'
import type { Schema } from '../../server/store/schema.ts'
import type { Result } from '../../shared/kernel/result.ts'
import type { Done, Frame } from '../../shared/wire/live.ts'
import type { SimNode, Town } from './node.ts'

/** What somebody hears through a line. */
export interface Listener {
  readonly hear: (frame: Frame) => void
  /** The node's end is gone, with a word why where there was time for one. */
  readonly cut: (why: Farewell | 'notSignedIn' | 'gone') => void
}

export interface Line extends Listener {
  readonly principal: Principal
}

export const cookieOf = (token: string): string => `${cookieName}=${token}`

export class SimDoor {
  readonly lines = new Set<Line>()
  private readonly town: Town
  private readonly node: SimNode

  constructor(town: Town, node: SimNode) {
    this.town = town
    this.node = node
  }

  /** @returns the line, which hears from then on; null for whoever must sign in. Rejects when the store does not answer */
  async open(token: string, listener: Listener): Promise<Line | null> {
    const principal = await this.principalOf(token)
    if (!principal) return null
    const line = { ...listener, principal }
    this.lines.add(line)
    return line
  }

  /** As over HTTP, where every request shows its cookie. */
  async principalOf(token: string): Promise<Principal | null> {
    return (await this.node.identity?.fromCookieHeader(cookieOf(token))) ?? null
  }

  /** Undefined from a line that was cut: nobody reads what comes on it. */
  async obey(line: Line, envelope: Envelope): Promise<Result<Done> | undefined> {
    const { meetings } = this.node
    const { meetingId } = this.town
    const { principal } = line
    const state = (await this.node.welcome())?.state
    if (!meetings || !this.lines.has(line)) return undefined
    const role = state ? meOf(principal, state).role : principal.role
    const { actorId, seatId } = principal
    return meetings.order(meetingId, { actorId, role, seatId }, envelope)
  }

  tell(frame: Frame): void {
    for (const line of this.lines) line.hear(frame)
  }

  /** The session ended, or stands for somebody else now. */
  async sessionEnded(sessionId: string): Promise<void> {
    const lines = [...this.lines].filter(({ principal }) => principal.sessionId === sessionId)
    if (lines.length === 0) return
    const why = (await this.node.identity?.farewell(sessionId).catch(() => null)) ?? 'sessionEnded'
    for (const line of lines) if (!isAlready(why, line.principal)) this.cut(line, why)
  }

  /** What the bus should have told and may not have. */
  look(): readonly string[] {
    if (this.lines.size === 0) return []
    const running = this.town.disk.standing<Pick<Schema['sessions'], 'sessionId' | 'kind'>>(
      'select "sessionId", kind from sessions where "endedAt" is null',
    )
    const isChanged = ({ principal }: Line): boolean => {
      const row = running.find(({ sessionId }) => sessionId === principal.sessionId)
      return !row || (row.kind === 'waiting') !== (principal.role === 'waiting')
    }
    return [...this.lines].filter(isChanged).map(({ principal }) => principal.sessionId)
  }

  crash(): void {
    for (const line of [...this.lines]) this.cut(line, 'gone')
  }

  private cut(line: Line, why: Parameters<Listener['cut']>[0]): void {
    if (this.lines.delete(line)) line.cut(why)
  }
}
