// Somebody who types one letter behind the other in a paragraph of their own, as bytes: a parsed document each would
// make the load heavier than the server.
import * as Y from 'yjs'
import { sizeOfVarUint, writeVarUint } from '../../../server/drafts/bytes.ts'
import { draftField } from '../../../shared/drafts/plainText.ts'
import { frameFor, updateMessage } from './line.ts'

/** How many letters ago a letter may arrive and still find when it was sent. */
const remembered = 1 << 15

/** The head of a frame with a mask of zeros, for up to 125 bytes. */
const shortHead = 6
const letterRoom = 64
const cursorRoom = 320
/** So that the clock in a cursor always has as many digits. */
const nineDigits = 100_000_000

const cursorTail = Buffer.from('}},"head":{"type":null,"tname":"default","item":null,"assoc":0}}}')

let clients = 1_000_000

export class Typist {
  readonly client = nextClient()
  /** The next clock. */
  clock = 0
  /** Clocks before this one belong to the paragraph, not to letters. */
  readonly firstLetter: number
  private readonly sentAt = new Float64Array(remembered)
  private cursorClock = 0
  private readonly cursorHead: Buffer
  private readonly cursorBytes: number
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
    const user = '{"user":{"name":"示例村村民","color":"#3b7d4f"}'
    const anchor = `"anchor":{"type":{"client":${this.client},"clock":1},"tname":null,"assoc":0`
    this.cursorHead = Buffer.from(`${user},"cursor":{${anchor},"item":{"client":${this.client},"clock":`)
    this.cursorBytes = this.cursorHead.length + String(nineDigits).length + cursorTail.length
  }

  /** A frame that makes its paragraph. */
  paragraph(): Uint8Array {
    return frameFor(this.prefix, updateMessage(this.begin))
  }

  /** So many more letters in ready frames, each with a cursor behind it where there are cursors. */
  type(letters: number, cursors: boolean, now: number): Buffer {
    const bytes = Buffer.allocUnsafe(letters * (letterRoom + (cursors ? cursorRoom : 0)))
    let end = 0
    for (let i = 0; i < letters; i += 1) {
      this.sentAt[this.clock % remembered] = now
      end = this.writeLetter(bytes, end)
      if (cursors) end = this.writeCursor(bytes, end)
    }
    return bytes.subarray(0, end)
  }

  cursor(): Buffer {
    const bytes = Buffer.allocUnsafe(cursorRoom)
    return bytes.subarray(0, this.writeCursor(bytes, 0))
  }

  /** One struct: text with an origin, behind this one's last letter. */
  letterUpdate(): Uint8Array {
    const bytes = new Uint8Array(letterRoom)
    return bytes.slice(0, this.writeUpdate(bytes, 0))
  }

  private writeLetter(bytes: Buffer, at: number): number {
    const message = at + shortHead + this.prefix.length
    const update = message + 3
    const end = this.writeUpdate(bytes, update)
    bytes[message] = 0
    bytes[message + 1] = 2
    bytes[message + 2] = end - update
    this.writeHead(bytes, at, end)
    return end
  }

  private writeUpdate(bytes: Uint8Array, at: number): number {
    const clock = this.clock
    this.clock += 1
    bytes[at] = 1
    bytes[at + 1] = 1
    let end = writeVarUint(bytes, writeVarUint(bytes, at + 2, this.client), clock)
    bytes[end] = 0x84
    end = writeVarUint(bytes, writeVarUint(bytes, end + 1, this.client), clock - 1)
    bytes[end] = 1
    bytes[end + 1] = 97 + (clock % 26)
    bytes[end + 2] = 0
    return end + 3
  }

  /** Shows where it writes, as an editor does with every letter. */
  private writeCursor(bytes: Buffer, at: number): number {
    this.cursorClock += 1
    const body = sizeOfVarUint(this.client) + sizeOfVarUint(this.cursorClock) + 3 + this.cursorBytes
    // The frame is longer than 125 bytes, so its length takes two more.
    const message = at + shortHead + 2 + this.prefix.length
    bytes[message] = 1
    let end = writeVarUint(bytes, message + 1, body)
    bytes[end] = 1
    end = writeVarUint(bytes, writeVarUint(bytes, end + 1, this.client), this.cursorClock)
    end = writeVarUint(bytes, end, this.cursorBytes)
    end += this.cursorHead.copy(bytes, end)
    end += bytes.write(String(nineDigits + this.clock), end, 'latin1')
    end += cursorTail.copy(bytes, end)
    this.writeHead(bytes, at, end)
    return end
  }

  private writeHead(bytes: Buffer, at: number, end: number): void {
    const isShort = end - at - shortHead < 126
    bytes[at] = 0x82
    bytes[at + 1] = 0x80 | (isShort ? end - at - shortHead : 126)
    if (!isShort) bytes.writeUInt16BE(end - at - shortHead - 2, at + 2)
    const mask = at + (isShort ? 2 : 4)
    bytes.fill(0, mask, mask + 4)
    bytes.set(this.prefix, mask + 4)
  }

  sent(clock: number): number {
    return this.sentAt[clock % remembered] as number
  }
}

const nextClient = (): number => {
  clients += 1
  return clients
}
