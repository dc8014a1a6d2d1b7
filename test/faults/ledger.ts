// Everything that the server acknowledged, to be held against what it kept.
import type { Command } from '../../shared/meeting/commands.ts'
import type { Answer, Done } from '../../shared/wire/live.ts'

export interface Entry {
  readonly commandId: string
  readonly by: string
  readonly seatId: string | null
  readonly command: Command
  readonly answer: Answer<Done>
}

export class Ledger {
  readonly entries = new Map<string, Entry>()
  private listener: (() => void) | null = null

  get size(): number {
    return this.entries.size
  }

  write(entry: Entry): void {
    this.entries.set(entry.commandId, entry)
    this.listener?.()
  }

  /** Called after every acknowledgement. */
  onWrite(listener: (() => void) | null): void {
    this.listener = listener
  }

  /** By seat, the ballot that was acknowledged last and must therefore count. */
  lastBallots(pollId: string): Map<string, Entry> {
    const last = new Map<string, Entry>()
    for (const entry of this.entries.values()) {
      const { command, answer, seatId } = entry
      if (command.type === 'castBallot' && command.pollId === pollId && answer.ok && seatId !== null) {
        last.set(seatId, entry)
      }
    }
    return last
  }
}
