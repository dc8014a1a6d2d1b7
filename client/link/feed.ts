// Owns the fold of frames into the meeting this browser holds: what is old is ignored, what is missing is noticed.
import { evolve } from '../../shared/meeting/meeting.ts'
import type { MeetingState } from '../../shared/meeting/state.ts'
import type { Frame } from '../../shared/wire/live.ts'

export interface Followed {
  readonly seq: number
  readonly state: MeetingState
}

export type Fold =
  | { readonly kind: 'followed'; readonly followed: Followed }
  /** Events before this frame are missing; `followed` is as far as the fold came. */
  | { readonly kind: 'gap'; readonly followed: Followed }
  /** The event cannot be folded: this browser's copy is not to be trusted any more. */
  | { readonly kind: 'broken' }

export const foldFrame = (followed: Followed, frame: Frame): Fold => {
  let { seq, state } = followed
  for (const recorded of frame.events) {
    if (recorded.seq <= seq) continue
    if (recorded.seq !== seq + 1) return { kind: 'gap', followed: { seq, state } }
    try {
      state = evolve(state, recorded)
    } catch {
      return { kind: 'broken' }
    }
    seq = recorded.seq
  }
  return { kind: 'followed', followed: { seq, state } }
}

/** Folds several frames; stops at the first that does not follow on and returns it with those behind it. */
export const foldFrames = (
  followed: Followed,
  frames: readonly Frame[],
): Fold & { readonly rest: readonly Frame[] } => {
  let current = followed
  for (const [index, frame] of frames.entries()) {
    const fold = foldFrame(current, frame)
    if (fold.kind !== 'followed') return { ...fold, rest: frames.slice(index) }
    current = fold.followed
  }
  return { kind: 'followed', followed: current, rest: [] }
}
