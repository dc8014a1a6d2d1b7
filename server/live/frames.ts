// Frames of the record, held together for a moment: a lone event goes out at once, a rush of events as one frame.
// Writing to every connection is most of what a full hall costs the server, and it costs that once a frame.
import type { Recorded } from '../../shared/meeting/events.ts'
import type { Frame } from '../../shared/wire/live.ts'
import type { Chained } from '../record/encode.ts'

/** So many at most wait for the next frame. */
const heldMax = 20

export interface Frames {
  add(meetingId: string, events: readonly Chained[]): void
  /** What is decided and not sent to everyone yet; whoever ordered it is shown it before the answer. */
  held(meetingId: string): readonly Chained[]
  close(): void
}

/** @param gapMs how long a meeting rests after a frame; 0 holds nothing back */
export const openFrames = (
  gapMs: (meetingId: string) => number,
  send: (meetingId: string, events: readonly Chained[]) => void,
): Frames => {
  const resting = new Map<string, { events: Chained[]; timer: NodeJS.Timeout }>()

  const sendAndRest = (meetingId: string, events: readonly Chained[]): void => {
    clearTimeout(resting.get(meetingId)?.timer)
    resting.delete(meetingId)
    send(meetingId, events)
    const gap = gapMs(meetingId)
    if (gap > 0) resting.set(meetingId, { events: [], timer: setTimeout(() => wake(meetingId), gap) })
  }
  const wake = (meetingId: string): void => {
    const held = resting.get(meetingId)?.events ?? []
    if (held.length > 0) sendAndRest(meetingId, held)
    else resting.delete(meetingId)
  }
  return {
    add: (meetingId, events) => {
      const rest = resting.get(meetingId)
      if (!rest) return sendAndRest(meetingId, events)
      rest.events.push(...events)
      if (rest.events.length >= heldMax) sendAndRest(meetingId, rest.events)
    },
    held: (meetingId) => resting.get(meetingId)?.events ?? [],
    close: () => {
      for (const { timer } of resting.values()) clearTimeout(timer)
      resting.clear()
    },
  }
}

/** Hashes stay at home: whoever wants them reads the record. */
export const frameOf = (meetingId: string, events: readonly Chained[]): Frame => ({
  meetingId,
  events: events.map(({ hash: _, ...recorded }): Recorded => recorded),
})
