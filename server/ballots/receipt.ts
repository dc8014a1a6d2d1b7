// The receipt of a ballot.
import { hash } from 'node:crypto'
import type { NamedBallot } from '../../shared/meeting/state.ts'

/** Ten characters that a voter can compare with the record: they follow from the poll, the seat and the ballot. */
export const receiptOf = (
  pollId: string,
  seatId: string,
  commandId: string,
  choice: NamedBallot['choice'],
): string =>
  hash('sha256', `${pollId} ${seatId} ${commandId} ${JSON.stringify(choice)}`)
    .slice(0, 10)
    .toUpperCase()
