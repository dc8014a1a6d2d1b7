// A whole hall goes to another place: filled, compared, proved, and only then fit to be served.
import { fillPlace, type Place, viewPlace } from '../store/places.ts'
import { holdAlone } from '../store/serving.ts'
import type { View } from '../store/view.ts'
import { countRows, differing, fill, type Origin } from './fill.ts'
import type { OnProgress } from './progress.ts'
import { type Proof, proveRecord } from './proof.ts'

export interface Copied extends Proof {
  readonly rows: number
  /** It went on with what an earlier try had begun. */
  readonly isResumed: boolean
}

export interface CopyAsk {
  readonly origin: Origin
  /** What the copy is of: a second try must be of the same. */
  readonly fingerprint: string
  readonly to: Place
  readonly onProgress: OnProgress
  /** Further proof, and what belongs beside the store, before the copy is declared whole. */
  readonly beforeEnd?: (proof: Proof) => Promise<void>
}

export const copyHall = async (ask: CopyAsk): Promise<Copied> => {
  const { origin, to, onProgress } = ask
  const alone = await holdAlone(to)
  try {
    const vessel = await fillPlace(to)
    try {
      if (vessel.begunFrom !== null && vessel.begunFrom !== ask.fingerprint)
        throw new Error('the target is being filled from another hall or backup. Nothing was changed')
      await vessel.begin(ask.fingerprint, origin.steps)
      const filled = await fill(origin, vessel, onProgress)
      let wrong = await compared(ask, filled.digests)
      // Between two tries the hall may have gone on: what changed is copied anew.
      if (wrong.length > 0 && filled.resumed.size > 0) {
        for (const table of wrong) await vessel.empty(table)
        const again = await fill(origin, vessel, onProgress)
        for (const [table, digest] of again.digests) filled.digests.set(table, digest)
        wrong = await compared(ask, filled.digests)
      }
      if (wrong.length > 0) throw new Error(`the copy differs from its origin in ${wrong.join(', ')}`)
      const proof = await viewed(to, (view) => proveRecord(view, onProgress))
      await ask.beforeEnd?.(proof)
      await vessel.finish(origin.generated)
      const { total: rows } = await countRows(origin)
      return { ...proof, rows, isResumed: vessel.begunFrom !== null }
    } finally {
      await vessel.close()
    }
  } finally {
    await alone.release()
  }
}

const viewed = async <T>(place: Place, look: (view: View) => Promise<T>): Promise<T> => {
  const view = await viewPlace(place)
  return look(view).finally(() => view.close())
}

const compared = ({ origin, to, onProgress }: CopyAsk, digests: ReadonlyMap<string, string>) =>
  viewed(to, (view) => differing(origin, digests, view, onProgress))
