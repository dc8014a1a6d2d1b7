// What a seat cast, told on each of its lines: whoever changes a vote on the phone sees it on the laptop too.
import type { MyBallot } from '../../shared/wire/live.ts'
import { ballotsOfSeat } from '../ballots/tally.ts'
import type { Store } from '../ports.ts'

export const openOwnBallots = (
  store: Store,
  tell: (seatId: string, ballots: readonly MyBallot[]) => void,
) => {
  /** Receipts told last, of seats that have several lines. */
  const told = new Map<string, string>()
  return {
    /** @param seatIds seats with several lines; one that has a single line knows what it cast itself */
    tellNews: async (seatIds: readonly string[]): Promise<void> => {
      for (const seatId of seatIds) {
        const ballots = await ballotsOfSeat(store, seatId)
        const receipts = ballots.map(({ receipt }) => receipt).join(' ')
        if ((told.get(seatId) ?? '') === receipts) continue
        told.set(seatId, receipts)
        tell(seatId, ballots)
      }
    },
    /** A line came, which may have been welcomed with less than was told since, or one went. */
    forget: (seatId: string): void => {
      told.delete(seatId)
    },
  }
}
