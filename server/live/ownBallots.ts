// What a seat cast, told on each of its lines: whoever changes a vote on the phone sees it on the laptop too.
import type { MeetingState } from '../../shared/meeting/state.ts'
import type { MyBallot } from '../../shared/wire/live.ts'
import { ballotsOfSeat, receiptsIn } from '../ballots/tally.ts'
import type { Store } from '../ports.ts'

export const openOwnBallots = (
  store: Store,
  tell: (seatId: string, ballots: readonly MyBallot[]) => void,
) => {
  /** Receipts told last, of seats that have several lines. */
  const told = new Map<string, string>()
  return {
    /** @param seatIds seats with several lines; one that has a single line knows what it cast itself */
    tellNews: async (state: MeetingState, seatIds: readonly string[]): Promise<void> => {
      const newestPoll = state.pollOrder.at(-1)
      if (newestPoll === undefined || seatIds.length === 0) return
      const receipts = await receiptsIn(store, newestPoll)
      for (const seatId of seatIds) {
        const own = receipts.get(seatId)?.join(' ')
        if (own === undefined || told.get(seatId) === own) continue
        told.set(seatId, own)
        tell(seatId, await ballotsOfSeat(store, state, seatId))
      }
    },
    /** A line came, which may have been welcomed with less than was told since, or one went. */
    forget: (seatId: string): void => {
      told.delete(seatId)
    },
  }
}
