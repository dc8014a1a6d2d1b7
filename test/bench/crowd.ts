// What a full hall does within ten seconds: people go out and come back, hands go up and down, everybody votes.
import type { Command } from '../../shared/meeting/commands.ts'
import { type Dice, diceOf } from '../random/dice.ts'

export interface Doing {
  readonly atMs: number
  readonly seat: number
  readonly command: Command
}

const spanMs = 10_000

const choices = ['yes', 'no', 'abstain'] as const

/** Every seat: a hand up and down, a ballot, for one in three a second ballot, for half out and in again. */
export const crowd = (seats: number, pollId: string, seed: string): Doing[] => {
  const dice: Dice = diceOf(seed)
  const doings: Doing[] = []
  const add = (seat: number, command: Command, fromMs: number, toMs: number): void => {
    doings.push({ atMs: fromMs + dice.below(toMs - fromMs), seat, command })
  }
  const ballot = (): Command => ({
    type: 'castBallot',
    pollId,
    choice: { choice: dice.pick(choices) ?? 'yes' },
  })
  for (let seat = 0; seat < seats; seat += 1) {
    add(seat, { type: 'raiseHand', kind: 'speak' }, 0, spanMs * 0.3)
    add(seat, { type: 'lowerHand' }, spanMs * 0.4, spanMs * 0.6)
    add(seat, ballot(), 0, spanMs)
    if (dice.oneIn(3)) add(seat, ballot(), 0, spanMs)
    if (dice.oneIn(2)) {
      add(seat, { type: 'leave' }, spanMs * 0.65, spanMs * 0.8)
      add(seat, { type: 'checkIn' }, spanMs * 0.85, spanMs)
    }
  }
  return doings.sort((a, b) => a.atMs - b.atMs)
}
