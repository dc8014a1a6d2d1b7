// What was acknowledged to whom, and when: compared in the end with what is there.
import { isDeepStrictEqual } from 'node:util'
import type { Result } from '../../shared/kernel/result.ts'
import type { Command } from '../../shared/meeting/commands.ts'
import type { Actor } from '../../shared/meeting/deciding.ts'
import type { Done } from '../../shared/wire/live.ts'

export interface Given {
  readonly commandId: string
  readonly actor: Actor
  readonly command: Command
  readonly sentAt: number
}

export interface Entry extends Given {
  readonly answer: Result<Done>
  readonly answeredAt: number
}

export class Ledger {
  /** Everything that was ordered, whether or not its answer was waited for. */
  readonly given = new Map<string, Given>()
  readonly entries = new Map<string, Entry>()

  /** The same order is answered the same, however often it is sent. */
  write(entry: Entry): void {
    const known = this.entries.get(entry.commandId)
    if (!known) this.entries.set(entry.commandId, entry)
    else if (!isDeepStrictEqual(known.answer, entry.answer))
      throw new Error(
        `${entry.commandId} was answered ${JSON.stringify(known.answer)} and ${JSON.stringify(entry.answer)}`,
      )
  }

  /** Accepted ballots of one poll, by the seat they are for. */
  ballots(pollId: string): Map<string, Entry[]> {
    const bySeat = new Map<string, Entry[]>()
    for (const entry of this.entries.values()) {
      const { command, answer, actor } = entry
      if (!answer.ok || command.type !== 'castBallot' || command.pollId !== pollId) continue
      const seatId = answer.value.receipt?.seatId ?? command.seatId ?? actor.seatId ?? ''
      bySeat.set(seatId, [...(bySeat.get(seatId) ?? []), entry])
    }
    return bySeat
  }
}
