// What the hall kept, read from its store behind its back.
import { DatabaseSync } from '@photostructure/sqlite'
import { Client, types } from 'pg'
import * as Y from 'yjs'
import { openDatabase } from '../../server/store/sqliteFile.ts'
import type { Entry, Ledger } from './ledger.ts'
import { marksIn } from './writers.ts'

/** What a role may not order at all is refused at the door, and not kept. */
const isKept = ({ answer }: Entry): boolean => answer.ok || answer.refusal.code !== 'notAllowed'

/** Runs a query whose parameters are written as `?`. */
type Rows = <T>(sql: string, ...parameters: readonly (string | number)[]) => Promise<T[]>

/** Whoever gives orders numbers them: `name-order-n`. */
const orderNumber = (commandId: string): number => Number(commandId.slice(commandId.lastIndexOf('-') + 1))

export class KeptStore {
  private readonly rows: Rows
  readonly close: () => Promise<void>

  private constructor(rows: Rows, close: () => Promise<void>) {
    this.rows = rows
    this.close = close
  }

  static ofFile(file: string): KeptStore {
    const database = openDatabase(DatabaseSync, file)
    const rows: Rows = async <T>(sql: string, ...parameters: readonly (string | number)[]) =>
      database.prepare(sql).all(...parameters) as T[]
    return new KeptStore(rows, async () => database.close())
  }

  static async ofDatabase(url: string): Promise<KeptStore> {
    const client = new Client({ connectionString: url })
    client.setTypeParser(types.builtins.INT8, Number)
    client.on('error', () => {})
    await client.connect()
    const rows: Rows = async <T>(sql: string, ...parameters: readonly (string | number)[]) => {
      let n = 0
      const numbered = sql.replaceAll('?', () => {
        n += 1
        return `$${n}`
      })
      return (await client.query(numbered, [...parameters])).rows as T[]
    }
    return new KeptStore(rows, () => client.end())
  }

  /** What was acknowledged and is missing or different, in words; empty when all is well. */
  async missing(entries: Iterable<Entry>, meetingId: string): Promise<string[]> {
    const stored = await this.rows<{ commandId: string; answer: string }>(
      'select "commandId", answer from commands where stream = ?',
      meetingId,
    )
    const kept = new Map(stored.map(({ commandId, answer }) => [commandId, answer]))
    const [head] = await this.rows<{ seq: number }>(
      'select max(seq) as seq from events where stream = ?',
      meetingId,
    )
    const problems: string[] = []
    for (const entry of entries) {
      const { commandId, answer } = entry
      if (isKept(entry) && kept.get(commandId) !== JSON.stringify(answer)) {
        problems.push(`${commandId} was answered ${JSON.stringify(answer)}, kept ${kept.get(commandId)}`)
      }
      if (answer.ok && answer.value.seq > (head?.seq ?? 0)) {
        problems.push(
          `${commandId} was answered with event ${answer.value.seq}, the record ends at ${head?.seq}`,
        )
      }
    }
    return problems
  }

  /** One ballot a seat is in the urn, and none older than the last that was acknowledged. */
  async missingBallots(ledger: Ledger): Promise<string[]> {
    const problems: string[] = []
    for (const { pollId } of await this.rows<{ pollId: string }>('select "pollId" from urns')) {
      const ballots = await this.rows<{ seatId: string; commandId: string }>(
        'select "seatId", "commandId" from ballots where "pollId" = ?',
        pollId,
      )
      const cast = new Map(ballots.map(({ seatId, commandId }) => [seatId, commandId]))
      if (cast.size !== ballots.length) problems.push(`two ballots of one seat in ${pollId}`)
      for (const [seatId, { commandId }] of ledger.lastBallots(pollId)) {
        const kept = cast.get(seatId)
        if (!kept || orderNumber(kept) < orderNumber(commandId))
          problems.push(`the ballot ${commandId} of ${seatId} in ${pollId}, kept ${kept}`)
      }
    }
    return problems
  }

  async draftMarks(draftId: string): Promise<string[]> {
    const doc = new Y.Doc()
    for (const table of ['draftSnapshots', 'draftUpdates']) {
      const order = table === 'draftUpdates' ? ' order by "updateId"' : ''
      const updates = await this.rows<{ bytes: Uint8Array }>(
        `select bytes from "${table}" where "draftId" = ?${order}`,
        draftId,
      )
      for (const { bytes } of updates) Y.applyUpdate(doc, bytes)
    }
    return marksIn(doc)
  }
}
