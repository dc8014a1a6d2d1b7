// The real hall with a meeting in session, and people who edit its drafts with unmodified y-websocket clients.
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import type { Seeded } from '../../server/cli/seedMeeting.ts'
import { draftField, plainText } from '../../shared/drafts/plainText.ts'
import type { Amendment } from '../../shared/meeting/state.ts'
import { until } from '../drafts/hall.ts'
import { Guest, openTestHall, type TestHall } from '../live/hall.ts'

export interface House {
  readonly house: TestHall
  readonly meetingId: string
  readonly itemId: string
  readonly draftId: string
  readonly seeded: Seeded
  readonly facilitator: Guest
  /** Seats, all present. */
  readonly seats: readonly Guest[]
  seat(index: number): Guest
  propose(by: Guest, title?: string): Promise<Amendment>
  /** An editor that has the draft; it leaves with the house. `clientId`: whom it writes as. */
  openDraft(draftId: string, cookie: string, clientId?: number): Promise<Pen>
  close(): Promise<void>
}

export const openHouse = async (present = 3, clientDir: string | null = null): Promise<House> => {
  const house = await openTestHall(clientDir)
  const seeded = await house.seed(8, 'simple')
  const { meetingId } = seeded
  const facilitator = await Guest.enter(house.url, meetingId, seeded.facilitator.token)
  const seats: Guest[] = []
  for (const { token } of seeded.seats.slice(0, present)) {
    const guest = await Guest.enter(house.url, meetingId, token)
    const here = await guest.order({ type: 'checkIn' })
    if (!here.ok) throw new Error(here.refusal.code)
    seats.push(guest)
  }
  const pens: Pen[] = []
  const [item] = facilitator.state.agenda
  if (!item) throw new Error('no item')
  return {
    house,
    seeded,
    meetingId,
    itemId: item.itemId,
    draftId: item.draftId,
    facilitator,
    seats,
    seat: (index) => {
      const guest = seats[index]
      if (!guest) throw new Error(`no seat ${index}`)
      return guest
    },
    openDraft: async (draftId, cookie, clientId) => {
      const pen = openPen(house.url, draftId, cookie)
      pens.push(pen)
      await until('the draft is here', () => pen.provider.synced)
      // Only now: Yjs itself takes another id when it hears of one that is its own.
      if (clientId !== undefined) pen.doc.clientID = clientId
      return pen
    },
    propose: async (by, title = '车位改为八十个') => {
      const before = by.state.amendments.length
      const answer = await by.order({
        type: 'proposeAmendment',
        itemId: item.itemId,
        title,
        purpose: '现有车位不够',
        passage: '',
      })
      if (!answer.ok) throw new Error(answer.refusal.code)
      await by.until(({ state }) => state.amendments.length > before)
      const amendment = by.state.amendments.at(-1)
      if (!amendment) throw new Error('no amendment')
      return amendment
    },
    close: async () => {
      for (const pen of pens) pen.leave()
      for (const guest of [facilitator, ...seats]) guest.leave()
      await house.close()
    },
  }
}

export interface Pen {
  readonly doc: Y.Doc
  readonly provider: WebsocketProvider
  readonly closes: { code: number; reason: string }[]
  text(): string
  /** Puts words at the end of a block. */
  append(block: number, words: string): void
  /** Puts a paragraph before a block. */
  insert(block: number, words: string): void
  put(block: number, from: number, gone: number, words: string): void
  leave(): void
}

const textIn = (doc: Y.Doc, block: number): Y.XmlText => {
  const element = doc.getXmlFragment(draftField).get(block)
  const text = element instanceof Y.XmlElement ? element.get(0) : null
  if (!(text instanceof Y.XmlText)) throw new Error(`block ${block} is no text`)
  return text
}

/** A y-websocket client of the person behind the cookie. */
export const openPen = (url: string, draftId: string, cookie: string): Pen => {
  const doc = new Y.Doc()
  const { clientID } = doc
  class Signed extends WebSocket {
    constructor(address: string) {
      super(address, { headers: { cookie } })
    }
  }
  const provider = new WebsocketProvider(`${url.replace('http', 'ws')}/drafts`, draftId, doc, {
    WebSocketPolyfill: Signed as unknown as typeof globalThis.WebSocket,
    disableBc: true,
    maxBackoffTime: 100,
  })
  const closes: Pen['closes'] = []
  provider.on('connection-close', (event: { code: number; reason: string } | null) => {
    if (event) closes.push({ code: event.code, reason: event.reason })
  })
  return {
    doc,
    provider,
    closes,
    text: () => plainText(doc.getXmlFragment(draftField)),
    append: (block, words) => textIn(doc, block).insert(textIn(doc, block).length, words),
    insert: (block, words) => {
      const paragraph = new Y.XmlElement('paragraph')
      paragraph.insert(0, [new Y.XmlText(words)])
      doc.getXmlFragment(draftField).insert(block, [paragraph])
    },
    put: (block, from, gone, words) => {
      doc.transact(() => {
        textIn(doc, block).delete(from, gone)
        textIn(doc, block).insert(from, words)
      })
    },
    leave: () => {
      // Awareness knows the document by its first id.
      doc.clientID = clientID
      provider.destroy()
      doc.destroy()
    },
  }
}
