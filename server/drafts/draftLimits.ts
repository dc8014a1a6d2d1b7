// The bounds of the drafts room. Those that the whole hall shares come from the kernel.
import { limits } from '../../shared/kernel/limits.ts'

export const draftLimits = {
  frameBytesMax: limits.draftFrameBytesMax,
  textBytesMax: limits.draftTextBytesMax,
  editsMax: limits.draftUpdatesMax,
  awarenessBytesMax: limits.awarenessBytesMax,
  backlogBytesMax: limits.outboundBacklogBytesMax,
  connectionsPerOwnerMax: limits.connectionsPerSeatMax,
  connectionsPerDraftMax: 2_000,
  /** History included: what was deleted stays in the log, so that anybody's words can be shown again. */
  storedBytesMax: 8 * limits.draftTextBytesMax,
  /** Deleted text travels without its letters, so its length is bounded apart, per update. */
  deletedUnitsPerUpdateMax: 1024 * 1024,
  clockMax: 2 ** 31 - 1,
  deletedRangesPerUpdateMax: 100_000,
  /** Client ids with something new in one update, and references between them. */
  sectionsPerUpdateMax: 4_000,
  needsPerUpdateMax: 250_000,
  stateVectorBytesMax: 256 * 1024,
  /** Carets in one message: an unmodified client echoes all that it sees. */
  caretsPerMessageMax: 4_000,
  freshClientsPerUpdateMax: 64,
  /** Tokens of one connection: an update costs 1 and another for every KiB. Beyond them its socket is not read. */
  tokensPerSecond: 5_000,
  tokensMax: 5_000,
  /** A connection that overdraws for so long is cut; a long history that comes home letter by letter takes less. */
  overdrawnMs: 60_000,
  idleUnloadMs: 30_000,
  keepaliveMs: 30_000,
  awarenessWindowMs: 30,
  /** The flush window of one draft under full load. */
  windowMsMax: 150,
  /** The log is merged into the snapshot beyond either. */
  logRowsMax: 1_000,
  logBytesMax: 256 * 1024,
} as const

export type DraftLimits = { readonly [bound in keyof typeof draftLimits]: number }
