// Running tallies, counted once for all who come in until something of the poll changes.
import type { Poll } from '../../shared/meeting/state.ts'
import type { Tally } from '../../shared/wire/live.ts'
import { tallyOf } from '../ballots/tally.ts'
import type { Store } from '../ports.ts'

const meetingsKeptMax = 50

export const openTallies = (store: Store) => {
  const kept = new Map<string, { readonly poll: Poll; readonly tally: Promise<Tally> }>()
  return {
    of: (meetingId: string, poll: Poll): Promise<Tally> => {
      const known = kept.get(meetingId)
      if (known?.poll === poll) return known.tally
      const tally = tallyOf(store, poll)
      kept.set(meetingId, { poll, tally })
      tally.catch(() => kept.delete(meetingId))
      const [oldest] = kept.keys()
      if (kept.size > meetingsKeptMax && oldest !== undefined) kept.delete(oldest)
      return tally
    },
    /** Something came into the urn. */
    forget: (meetingId: string): void => {
      kept.delete(meetingId)
    },
  }
}
