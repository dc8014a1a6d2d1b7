// The real hall for the tests of what lies around a draft: people with cookies, who write and ask.
import * as Y from 'yjs'
import { until } from '../drafts/hall.ts'
import { type Hand, openHand } from '../faults/writers.ts'
import { cookieFor, openTestHall } from '../live/hall.ts'
import { fragmentOf } from './people.ts'

export interface Asked {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every shape
  readonly body: any
  readonly headers: Headers
}

/** On the embedded store, unless the address of a database is given. */
export const openReviewHall = async (shared: { databaseUrl?: string } = {}) => {
  const hall = await openTestHall(null, shared)
  const seeded = await hall.seed(6)
  const { draftId, meetingId } = seeded
  const hands: Hand[] = []

  const person = async (token: string) => {
    const cookie = await cookieFor(hall.url, token)
    const ask = async (path: string, body?: unknown): Promise<Asked> => {
      const isForm = body instanceof FormData
      const response = await fetch(`${hall.url}/api/drafts/${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { cookie, ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
      })
      const text = await response.text()
      const isJson = response.headers.get('content-type')?.includes('json') === true
      return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers }
    }
    return {
      cookie,
      ask,
      /** Opens the draft for writing, whole. */
      open: async (id = draftId): Promise<Hand> => {
        const hand = openHand(hall.url, id, cookie)
        hands.push(hand)
        await until('the draft came', () => hand.provider.synced)
        return hand
      },
    }
  }

  return {
    hall,
    seeded,
    draftId,
    meetingId,
    person,
    seat: (index: number) => person(seeded.seats[index]?.token ?? ''),
    facilitator: () => person(seeded.facilitator.token),
    screen: () => person(seeded.screen.token),
    /** Resolves when all that these hands wrote is on the hall's disk. */
    saved: async (...wrote: Hand[]): Promise<void> => {
      const holds = async (): Promise<boolean> => {
        const stored = new Y.Doc({ gc: false })
        for (const update of (await hall.hall.rooms.drafts.updates(draftId)) ?? [])
          Y.applyUpdate(stored, update)
        const clocks = Y.decodeStateVector(Y.encodeStateVector(stored))
        return wrote.every(({ doc }) =>
          [...Y.decodeStateVector(Y.encodeStateVector(doc))].every(
            ([client, clock]) => (clocks.get(client) ?? 0) >= clock,
          ),
        )
      }
      for (let turn = 0; !(await holds()); turn += 1) {
        if (turn > 2_000) throw new Error('what was written never reached the disk')
        await new Promise<void>((resolve) => setImmediate(resolve))
      }
    },
    /** Resolves when the log of the draft was merged into its snapshot. */
    merged: async (): Promise<void> => {
      const snapshot = () =>
        hall.hall.store.db
          .selectFrom('draftSnapshots')
          .select('edits')
          .where('draftId', '=', draftId)
          .executeTakeFirst()
      for (let turn = 0; !(await snapshot()); turn += 1) {
        if (turn > 20_000) throw new Error('the log was never merged')
        await new Promise<void>((resolve) => setImmediate(resolve))
      }
    },
    close: async () => {
      for (const hand of hands) hand.leave()
      await hall.close()
    },
  }
}

export type ReviewHall = Awaited<ReturnType<typeof openReviewHall>>

export const linesOf = (doc: Y.Doc): string[] =>
  fragmentOf(doc)
    .toArray()
    .map((block) => (block instanceof Y.XmlElement ? block.toArray().join('') : ''))
