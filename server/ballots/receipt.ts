// The receipt of a ballot.
import { hash } from 'node:crypto'

/**
 * Ten characters that a voter can compare with the record: they follow from the poll, the seat and the ballot.
 * @param choice as JSON
 */
export const receiptOf = (pollId: string, seatId: string, commandId: string, choice: string): string =>
  hash('sha256', `${pollId} ${seatId} ${commandId} ${choice}`).slice(0, 10).toUpperCase()
