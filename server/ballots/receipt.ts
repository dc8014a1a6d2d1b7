// The receipt of a ballot.
import type { NamedBallot } from '../../shared/meeting/state.ts'
import { sha256 } from '../../shared/record/sha256.ts'

/** Ten characters that a voter can compare with the record: they follow from the poll, the seat and the ballot. */
export const receiptOf = (
  pollId: string,
  seatId: string,
  commandId: string,
  choice: NamedBallot['choice'],
): string =>
  sha256(`${pollId} ${seatId} ${commandId} ${JSON.stringify(choice)}`)
    .slice(0, 10)
    .toUpperCase()
