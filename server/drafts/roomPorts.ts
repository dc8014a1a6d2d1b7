// What a room needs from its door.
import type { BaseLogger } from 'pino'
import type { Clock, Store } from '../ports.ts'
import type { DraftLimits } from './draftLimits.ts'
import type { Figures } from './figures.ts'
import type { Kin } from './forksFamilies.ts'
import type { DraftLog } from './log.ts'
import type { DraftNodes } from './nodes.ts'
import type { Pace } from './pace.ts'
import type { Room } from './room.ts'
import type { Timing } from './timing.ts'
import type { Workbench } from './workbench.ts'

export type Logger = Pick<BaseLogger, 'info' | 'warn' | 'error'>

/** Edits of a draft that were committed together. */
export interface DraftActivity {
  readonly draftId: string
  readonly owners: readonly string[]
  readonly edits: number
  /** Milliseconds since the epoch. */
  readonly at: number
}

export interface RoomPorts {
  readonly store: Store
  readonly log: DraftLog
  readonly clock: Clock
  readonly limits: DraftLimits
  readonly logger: Logger
  readonly pace: Pace
  readonly workbench: Workbench
  readonly figures: Figures
  readonly timing: Timing
  onClosed(room: Room): void
  /** Whose client ids are of which draft, among drafts forked off one another. */
  readonly kin: Kin
  /** Where other nodes may write to the same drafts. */
  readonly nodes: DraftNodes | undefined
  readonly onActivity: ((activity: DraftActivity) => void) | undefined
}
