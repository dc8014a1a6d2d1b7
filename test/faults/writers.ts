// Hands on the draft: unmodified y-websocket clients that write marks, and one that only watches.
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'

export interface Hand {
  readonly doc: Y.Doc
  readonly provider: WebsocketProvider
  leave(): void
}

export const openHand = (url: string, draftId: string, cookie: string): Hand => {
  class Signed extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols, { headers: { cookie } })
    }
  }
  const doc = new Y.Doc()
  const provider = new WebsocketProvider(`${url.replace('http', 'ws')}/drafts`, draftId, doc, {
    WebSocketPolyfill: Signed as unknown as typeof globalThis.WebSocket,
    disableBc: true,
    maxBackoffTime: 100,
  })
  return {
    doc,
    provider,
    leave: () => {
      provider.destroy()
      doc.destroy()
    },
  }
}

const fragmentOf = (doc: Y.Doc): Y.XmlFragment => doc.getXmlFragment('default')

/** A paragraph that holds only the mark, somewhere in the text. */
export const writeMark = (doc: Y.Doc, mark: string, place: number): void => {
  const paragraph = new Y.XmlElement('paragraph')
  paragraph.insert(0, [new Y.XmlText(`${mark};`)])
  const fragment = fragmentOf(doc)
  fragment.insert(Math.min(place, fragment.length), [paragraph])
}

/** Every mark in the text, as often as it stands there. */
export const marksIn = (doc: Y.Doc): string[] =>
  fragmentOf(doc)
    .toString()
    .match(/w\d+\.\d+(?=;)/g) ?? []
