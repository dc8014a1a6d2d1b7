// Owns who counts in a poll: attendance by party from its seats or roll, and what each seat weighs.
import type { Preset } from '../rules/preset.ts'
import type { Poll, PollRoll, PollSeat } from './poll.ts'

/** What a seat's ballot weighs under a preset: 1, the households it stands for, or its own weight. */
export const weightOf = (seat: PollSeat, preset: Preset | undefined): number => {
  if (preset === undefined || preset.weights === 'seat') return seat.weight ?? 1
  return preset.weights === 'household' ? (seat.households ?? seat.weight ?? 1) : 1
}

/** A seat may vote when it was present at opening and has not recused itself. */
export const mayVote = (seat: PollSeat): boolean => seat.present && seat.recused !== true

interface Draft {
  due: number
  present: number
  recused: number
  households: number
  householdsPresent: number
  weighed: { due: number; present: number; recused: number }
}

const empty = (): Draft => ({
  due: 0,
  present: 0,
  recused: 0,
  households: 0,
  householdsPresent: 0,
  weighed: { due: 0, present: 0, recused: 0 },
})

const add = (draft: Draft, seat: PollSeat, preset: Preset | undefined): void => {
  const weight = weightOf(seat, preset)
  const households = seat.households ?? (preset?.weights === 'household' ? weight : 1)
  draft.due += 1
  draft.households += households
  draft.weighed.due += weight
  if (!seat.present) return
  draft.present += 1
  draft.householdsPresent += households
  draft.weighed.present += weight
  if (seat.recused !== true) return
  draft.recused += 1
  draft.weighed.recused += weight
}

/**
 * Attendance by party, in the order in which parties are declared or first met. Households are shown only where
 * they say something: where a seat states them, or they are its weight.
 */
export const rollOf = (poll: Poll): readonly PollRoll[] | undefined => {
  if (poll.roll !== undefined) return poll.roll
  const { seats, preset } = poll
  if (seats === undefined) return undefined
  const drafts = new Map<string, Draft>()
  for (const party of poll.parties ?? [])
    if (seats.some((seat) => seat.party === party.id)) drafts.set(party.id, empty())
  for (const seat of seats) {
    const draft = drafts.get(seat.party) ?? empty()
    drafts.set(seat.party, draft)
    add(draft, seat, preset)
  }
  const byHousehold =
    preset?.weights === 'household' || seats.some(({ households }) => households !== undefined)
  const weighs = seats.some((seat) => weightOf(seat, preset) !== 1)
  return [...drafts].map(([partyId, { due, present, recused, households, householdsPresent, weighed }]) => ({
    partyId,
    due,
    present,
    recused,
    ...(byHousehold ? { households, householdsPresent } : {}),
    ...(weighs ? { weighed } : {}),
  }))
}
