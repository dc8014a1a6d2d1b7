// Lines whose session ended, or stands for somebody else now (admitted, paired): the client hears why and comes anew.
import { refuse } from '../../shared/kernel/result.ts'
import type { Answer } from '../../shared/wire/live.ts'
import type { Principal } from '../identity/principal.ts'
import type { Farewell } from '../identity/sessions.ts'
import { isAlready } from './who.ts'

interface Line {
  readonly data: { readonly principal: Principal }
  readonly connected: boolean
  emit(event: 'bye', why: { code: Farewell }): unknown
  disconnect(close: boolean): unknown
}

/** @param farewell reads from the store what to say of a session */
export const openFarewells = (
  lines: () => readonly Line[],
  farewell: (sessionId: string) => Promise<Farewell>,
) => {
  const leaving = new WeakMap<Line, Promise<Farewell>>()
  return {
    endSession: async (sessionId: string): Promise<void> => {
      const ours = lines().filter((line) => line.data.principal.sessionId === sessionId)
      if (ours.length === 0) return
      const read = farewell(sessionId).catch(() => 'sessionEnded' as const)
      for (const line of ours) leaving.set(line, read)
      const code = await read
      for (const line of ours) {
        if (leaving.get(line) === read) leaving.delete(line)
        if (isAlready(code, line.data.principal)) continue
        line.emit('bye', { code })
        line.disconnect(true)
      }
    },
    /** An order waits while it is being read why its line ends, and is obeyed only on one that stays. */
    unlessLeaving: <T>(line: Line, obey: () => Promise<Answer<T>>): Promise<Answer<T>> =>
      leaving.get(line)?.then(() => (line.connected ? obey() : refuse('sessionEnded'))) ?? obey(),
  }
}
