// Somebody who types one letter behind the other in a paragraph of their own, as bytes: a parsed document each would
// make the load heavier than the server.
import * as Y from 'yjs'
import { draftField } from '../../../shared/drafts/plainText.ts'
import { varUint } from '../../drafts/raw.ts'
import { awarenessMessage, frameFor, updateMessage } from './line.ts'

/** How many letters ago a letter may arrive and still find when it was sent. */
const remembered = 1 << 15

let clients = 1_000_000

export class Typist {
  readonly client = nextClient()
  /** The next clock. */
  clock = 0
  /** Clocks before this one belong to the paragraph, not to letters. */
  readonly firstLetter: number
  private readonly sentAt = new Float64Array(remembered)
  private cursorClock = 0
  private readonly begin: Uint8Array
  private readonly prefix: Uint8Array

  constructor(prefix: Uint8Array) {
    this.prefix = prefix
    const doc = new Y.Doc()
    doc.clientID = this.client
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [new Y.XmlText('x')])
    doc.getXmlFragment(draftField).insert(0, [paragraph])
    this.begin = Y.encodeStateAsUpdate(doc)
    this.clock = Y.getState(doc.store, this.client)
    this.firstLetter = this.clock
    doc.destroy()
  }

  /** A frame that makes its paragraph. */
  paragraph(): Uint8Array {
    return frameFor(this.prefix, updateMessage(this.begin))
  }

  /** A frame with one more letter. */
  letter(now: number): Uint8Array {
    this.sentAt[this.clock % remembered] = now
    return frameFor(this.prefix, updateMessage(this.letterUpdate()))
  }

  /** One struct: text with an origin, behind this one's last letter. */
  letterUpdate(): Uint8Array {
    const clock = this.clock
    this.clock += 1
    const id = varUint(this.client)
    const letter = 97 + (clock % 26)
    return new Uint8Array([1, 1, ...id, ...varUint(clock), 0x84, ...id, ...varUint(clock - 1), 1, letter, 0])
  }

  /** A frame that shows where it writes, as an editor sends with every letter. */
  cursor(): Uint8Array {
    this.cursorClock += 1
    const place = { type: { client: this.client, clock: 1 }, tname: null, item: null, assoc: 0 }
    const state = {
      user: { name: '示例村村民', color: '#3b7d4f' },
      cursor: { anchor: { ...place, item: { client: this.client, clock: this.clock - 1 } }, head: place },
    }
    return frameFor(this.prefix, awarenessMessage(this.client, this.cursorClock, JSON.stringify(state)))
  }

  sent(clock: number): number {
    return this.sentAt[clock % remembered] as number
  }
}

const nextClient = (): number => {
  clients += 1
  return clients
}
