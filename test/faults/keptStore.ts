// What the killed server kept: its file, read between two of its lives.
import { DatabaseSync } from '@photostructure/sqlite'
import * as Y from 'yjs'
import { openDatabase } from '../../server/store/sqliteFile.ts'
import type { Entry, Ledger } from './ledger.ts'
import { marksIn } from './writers.ts'

/** What a role may not order at all is refused at the door, and not kept. */
const isKept = ({ answer }: Entry): boolean => answer.ok || answer.refusal.code !== 'notAllowed'

export class KeptStore {
  private readonly database: InstanceType<typeof DatabaseSync>

  constructor(file: string) {
    this.database = openDatabase(DatabaseSync, file)
  }

  private rows<T>(sql: string, ...parameters: readonly (string | number)[]): T[] {
    return this.database.prepare(sql).all(...parameters) as T[]
  }

  /** What was acknowledged and is missing or different, in words; empty when all is well. */
  missing(ledger: Ledger, meetingId: string): string[] {
    const kept = new Map(
      this.rows<{ commandId: string; answer: string }>(
        'select "commandId", answer from commands where stream = ?',
        meetingId,
      ).map(({ commandId, answer }) => [commandId, answer]),
    )
    const problems: string[] = []
    for (const entry of ledger.entries.values()) {
      if (!isKept(entry)) continue
      const answer = kept.get(entry.commandId)
      if (answer !== JSON.stringify(entry.answer)) {
        problems.push(`${entry.commandId} was answered ${JSON.stringify(entry.answer)}, kept ${answer}`)
      }
    }
    const [head] = this.rows<{ seq: number }>(
      'select max(seq) as seq from events where stream = ?',
      meetingId,
    )
    for (const { commandId, answer } of ledger.entries.values()) {
      if (answer.ok && answer.value.seq > (head?.seq ?? 0)) {
        problems.push(
          `${commandId} was answered with event ${answer.value.seq}, the record ends at ${head?.seq}`,
        )
      }
    }
    return [...problems, ...this.missingBallots(ledger)]
  }

  /** One ballot a seat is in the urn, and none older than the last that was acknowledged. */
  private missingBallots(ledger: Ledger): string[] {
    const problems: string[] = []
    for (const { pollId } of this.rows<{ pollId: string }>('select "pollId" from urns')) {
      const ballots = this.rows<{ seatId: string; castAt: number }>(
        'select "seatId", "castAt" from ballots where "pollId" = ?',
        pollId,
      )
      const castAt = new Map(ballots.map((ballot) => [ballot.seatId, ballot.castAt]))
      if (castAt.size !== ballots.length) problems.push(`two ballots of one seat in ${pollId}`)
      for (const [seatId, { answer }] of ledger.lastBallots(pollId)) {
        const acknowledged = answer.ok ? (answer.value.receipt?.castAt ?? 0) : 0
        if ((castAt.get(seatId) ?? -1) < acknowledged) problems.push(`the ballot of ${seatId} in ${pollId}`)
      }
    }
    return problems
  }

  draftMarks(draftId: string): string[] {
    const doc = new Y.Doc()
    for (const table of ['draftSnapshots', 'draftUpdates']) {
      const order = table === 'draftUpdates' ? ' order by "updateId"' : ''
      const updates = this.rows<{ bytes: Uint8Array }>(
        `select bytes from "${table}" where "draftId" = ?${order}`,
        draftId,
      )
      for (const { bytes } of updates) Y.applyUpdate(doc, bytes)
    }
    return marksIn(doc)
  }

  close(): void {
    this.database.close()
  }
}
