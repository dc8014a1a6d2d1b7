// What the drafts room counts, for /metrics.
import type { DraftCloseReason } from '../../shared/drafts/wire.ts'

export interface Figures {
  /** Updates let in, and the commits that carried them. */
  edits: number
  commits: number
  frames: number
  bytesOut: number
  refused: Partial<Record<DraftCloseReason, number>>
  throttled: number
  slowReaders: number
  brokenSockets: number
  storeFaults: number
  merges: number
}

export const newFigures = (): Figures => ({
  edits: 0,
  commits: 0,
  frames: 0,
  bytesOut: 0,
  refused: {},
  throttled: 0,
  slowReaders: 0,
  brokenSockets: 0,
  storeFaults: 0,
  merges: 0,
})
