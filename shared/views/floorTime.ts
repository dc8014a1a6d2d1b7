// Speaking time: what the speaker has left, and what each party has had.
import type { MeetingState, Speech } from '../meeting/state.ts'

/** Milliseconds left; negative once the time is over. */
export const speechLeftMs = (speech: Speech, now: number): number =>
  speech.startedAt + speech.seconds * 1_000 - now

export interface PartyTime {
  readonly partyId: string
  readonly ms: number
  readonly turns: number
}

/** The running speech counts up to `now`. Observers' speeches belong to no party and are left out. */
export const partyTimes = (state: MeetingState, now: number): PartyTime[] => {
  const { speech, spoken } = state.floor
  return state.parties.map(({ partyId }) => {
    let ms = 0
    let turns = 0
    for (const [seatId, had] of Object.entries(spoken)) {
      if (state.seats[seatId]?.partyId !== partyId) continue
      ms += had.ms
      turns += had.turns
    }
    if (speech && state.seats[speech.seatId]?.partyId === partyId) {
      ms += Math.max(0, now - speech.startedAt)
      turns += 1
    }
    return { partyId, ms, turns }
  })
}
