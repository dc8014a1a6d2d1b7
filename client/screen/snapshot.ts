// The last picture of the screen, kept on this computer, so that a reload draws at once what was seen before.
import type { MeetingState } from '../../shared/meeting/state.ts'
import { speakingOrder } from '../../shared/views/speakingOrder.ts'
import type { DoorView } from '../../shared/wire/http.ts'
import type { Names, Tally } from '../../shared/wire/live.ts'

export interface Snapshot {
  readonly meetingId: string
  readonly state: MeetingState
  readonly names: Names
  readonly tally: Tally | null
  readonly door: DoorView | null
  /** What the hall's clock was ahead of this computer's, in milliseconds. */
  readonly clockOffsetMs: number
}

const key = 'yst.screen.lastPicture'
/** Another shape under the same key is not read. */
const shape = 2

/** Only the names that the picture shows: those of the speaker and of raised hands. Names are not to lie about. */
const shownNames = (state: MeetingState, names: Names): Names => {
  const shown = speakingOrder(state).map((hand) => hand.seatId)
  if (state.floor.speech !== null) shown.push(state.floor.speech.seatId)
  return Object.fromEntries(
    shown.flatMap((seatId) => (names[seatId] === undefined ? [] : [[seatId, names[seatId]]])),
  )
}

export const keepSnapshot = (snapshot: Snapshot): void => {
  const kept = { ...snapshot, names: shownNames(snapshot.state, snapshot.names) }
  try {
    window.localStorage.setItem(key, JSON.stringify({ shape, snapshot: kept }))
  } catch {
    // no room or no permission: a reload then waits for the hall
  }
}

export const readSnapshot = (): Snapshot | null => {
  try {
    const kept: unknown = JSON.parse(window.localStorage.getItem(key) ?? 'null')
    if (typeof kept !== 'object' || kept === null || !('shape' in kept) || kept.shape !== shape) return null
    return 'snapshot' in kept ? (kept.snapshot as Snapshot) : null
  } catch {
    return null
  }
}

export const dropSnapshot = (): void => {
  try {
    window.localStorage.removeItem(key)
  } catch {
    // nothing was kept
  }
}
