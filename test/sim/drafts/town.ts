// The drafts of a simulation, and the truth of them: what the store has acknowledged, edit by edit. Nobody may see more.
import { fitStored } from '../../../server/drafts/guard.ts'
import { admit, emptyHoldings, type Holdings, type Piece } from '../../../server/drafts/holdings.ts'
import { everything, scanUpdate } from '../../../server/drafts/scan.ts'
import { step } from '../../../server/ports.ts'
import type { Schema } from '../../../server/store/schema.ts'
import type { Grid } from '../machine.ts'
import type { MemoryDisk } from '../memoryStore.ts'
import type { World } from '../world.ts'
import type { DraftNode } from './node.ts'

/** The draft, and an amendment's fork of it, once there is one. */
export const baseId = 'dr_0001'
export const forkId = 'dr_0002'

/** Everything that came about at least once. */
export const draftDeeds = [
  'draftMerged',
  'draftFrozen',
  'draftLetGo',
  'pageReloaded',
  'clientIdStolen',
  'draftForked',
  'forkAdopted',
] as const
export type DraftDeed = (typeof draftDeeds)[number]

export class DraftTown implements Grid {
  readonly world: World
  readonly disk: MemoryDisk
  readonly nodes: DraftNode[] = []
  readonly deeds = new Set<DraftDeed>()
  readonly faults: unknown[] = []
  private readonly truths = new Map<string, Holdings>()
  storeAwayUntil = 0
  busAwayUntil = 0
  /** Merged so early that it happens in every other run. */
  readonly logRowsMax: number
  /** How long edits gather. */
  readonly windowMs: number
  private lastRow = 0

  constructor(world: World, disk: MemoryDisk) {
    this.world = world
    this.disk = disk
    this.logRowsMax = world.dice.of(4, 8, 1_000)
    this.windowMs = world.dice.of(0, 0, 15, 60)
  }

  async found(): Promise<void> {
    const store = this.disk.connect()
    const row = {
      draftId: baseId,
      meetingId: null,
      unitId: 'un_0001',
      title: '草案',
      createdAt: 0,
      baseId: null,
    }
    await store.write([step(store.db.insertInto('drafts').values(row))])
    const [last] = this.disk.rows<{ updateId: number | null }>(
      `select max(seq) as "updateId" from sqlite_sequence where name = 'draftUpdates'`,
    )
    this.lastRow = last?.updateId ?? 0
  }

  readonly truthOf = (draftId: string): Holdings => {
    const truth = this.truths.get(draftId) ?? emptyHoldings()
    this.truths.set(draftId, truth)
    return truth
  }

  /** Each row follows from those that were committed before it; a fork begins as what it was forked off. */
  readonly committed = (): void => {
    if (!this.truths.has(forkId)) {
      const [fork] = this.disk.rows<Schema['draftSnapshots']>(
        'select * from "draftSnapshots" where "draftId" = ?',
        forkId,
      )
      if (fork) this.admit(forkId, fork.bytes)
    }
    const rows = this.disk.rows<Schema['draftUpdates'] & { updateId: number }>(
      'select * from "draftUpdates" where "updateId" > ? order by "updateId"',
      this.lastRow,
    )
    for (const { draftId, updateId, bytes } of rows) {
      this.lastRow = updateId
      this.admit(draftId, bytes)
    }
  }

  private admit(draftId: string, update: Uint8Array): void {
    const piece = this.newIn(draftId, update)
    if (piece) admit(this.truthOf(draftId), piece)
    else this.faults.push(new Error('a row does not follow from what was committed before it'))
  }

  private newIn(draftId: string, update: Uint8Array): Piece | undefined {
    const scan = scanUpdate(update, everything, Number.POSITIVE_INFINITY)
    return scan && fitStored(this.truthOf(draftId), scan, 1)
  }

  expectCommitted(draftId: string, update: Uint8Array, whereto: string): void {
    const piece = this.newIn(draftId, update)
    if (piece && piece.sections.length === 0 && piece.deletes.length === 0) return
    this.faults.push(new Error(`${whereto} before its commit`))
  }
}
