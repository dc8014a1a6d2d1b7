// What a seat cast, told on each of its lines: whoever changes a vote on the phone sees it on the laptop too.
import { limits } from '../../shared/kernel/limits.ts'
import type { MeetingState } from '../../shared/meeting/state.ts'
import type { MyBallot } from '../../shared/wire/live.ts'
import { ballotsOfSeat, receiptsIn } from '../ballots/tally.ts'
import type { Principal } from '../identity/principal.ts'
import type { Store } from '../ports.ts'
import { openThrottle } from './throttle.ts'

interface Line {
  readonly data: { readonly principal: Principal }
  emit(message: 'myBallots', ballots: readonly MyBallot[]): unknown
}

interface OwnBallotsDeps {
  readonly store: Store
  readonly stateOf: (meetingId: string) => Promise<MeetingState | undefined>
  /** Seats of a meeting with several lines; one that has a single line knows what it cast itself. */
  readonly severalTimes: (meetingId: string) => readonly string[]
  readonly lines: () => readonly Line[]
  /** How long news of a meeting wait for more. */
  readonly gatherMs: (meetingId: string) => number
}

export const openOwnBallots = ({ store, stateOf, severalTimes, lines, gatherMs }: OwnBallotsDeps) => {
  /** Receipts told last. */
  const told = new Map<string, string>()

  /** Those of whom the newest poll holds another ballot than they were told of. */
  const seatsWithNews = async (state: MeetingState): Promise<string[]> => {
    const seatIds = severalTimes(state.meetingId)
    const newestPoll = state.pollOrder.at(-1)
    if (newestPoll === undefined || seatIds.length === 0) return []
    const receipts = await receiptsIn(store, newestPoll)
    return seatIds.filter((seatId) => {
      const own = receipts.get(seatId)?.join(' ')
      if (own === undefined || told.get(seatId) === own) return false
      told.set(seatId, own)
      return true
    })
  }
  const tellNews = async (meetingId: string): Promise<void> => {
    const state = await stateOf(meetingId)
    const seatIds = state ? await seatsWithNews(state) : []
    if (!state || seatIds.length === 0) return
    const cast = new Map<string, readonly MyBallot[]>()
    for (const seatId of seatIds) cast.set(seatId, await ballotsOfSeat(store, state, seatId))
    for (const line of lines()) {
      const ballots = cast.get(line.data.principal.seatId ?? '')
      if (ballots) line.emit('myBallots', ballots)
    }
  }
  const news = openThrottle<string>(1_000 / limits.tallyTicksPerSecondMax, tellNews, gatherMs)
  return {
    /** Something came into the urn. */
    touch: news.touch,
    /** A line came, which may have been welcomed with less than was told since, or one went. */
    forget: (meetingId: string, { seatId }: Principal): void => {
      if (seatId === null) return
      told.delete(seatId)
      news.touch(meetingId)
    },
    close: news.close,
  }
}
