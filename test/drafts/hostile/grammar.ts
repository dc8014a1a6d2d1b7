// A grammar of frames that no honest client sends: each rule picks among others by the dice, down to single bytes, and
// now and then one breaks what it made. Every layer is in it: WebSocket, message, update, struct, content, caret.
import * as Y from 'yjs'
import type { Dice } from '../../random/dice.ts'
import { awarenessFrame, syncFrame, varUint } from '../raw.ts'
import { longUpdate } from './longUpdates.ts'

export interface Targets {
  /** Client ids of honest people, and how far they have written. */
  clocks(): ReadonlyMap<number, number>
  /** One that the attacker writes under. */
  readonly own: number
}

export const frameKinds = ['update', 'broken', 'question', 'caret', 'message', 'line', 'run', 'long'] as const
export type FrameKind = (typeof frameKinds)[number]

export interface HostileFrame {
  readonly kind: FrameKind
  /** As they go over the line, with the WebSocket's header. */
  readonly bytes: Uint8Array
}

const longOneIn = 1_500
/** How often a number or a text is none that fits: seldom, or nothing behind it would ever be looked at. */
const oddOneIn = 60

const bytesOf = (dice: Dice, max: number): number[] =>
  Array.from({ length: dice.below(max + 1) }, () => dice.below(256))

const number = (dice: Dice): number =>
  dice.of(0, 1, 2, dice.below(300), dice.below(2 ** 31), 2 ** 31, 2 ** 32, 2 ** 40, 2 ** 53 - 1)

const client = (dice: Dice, { own, clocks }: Targets): number =>
  dice.of(own, own, dice.pick([...clocks().keys()]) ?? own, own + dice.below(50), dice.below(2 ** 32))

const clock = (dice: Dice, of: number, { clocks }: Targets): number => {
  const known = clocks().get(of) ?? 0
  return dice.oneIn(oddOneIn)
    ? number(dice)
    : dice.of(known, known, 0, known + 1, Math.max(0, known - 1), known >> 1)
}

const encode = (words: string): number[] => [...new TextEncoder().encode(words)]

const oddText = (dice: Dice): number[] =>
  dice.of(
    encode('a\u0000b'),
    encode(''),
    [0xc3, 0x28],
    [0xed, 0xa0, 0x80],
    [0xf4, 0x90, 0x80, 0x80],
    bytesOf(dice, 6),
  )

const text = (dice: Dice): number[] => {
  const bytes = dice.oneIn(oddOneIn) ? oddText(dice) : encode(dice.of('a', '村里', '👍', 'e\u0301', '\ufffe'))
  return [...varUint(dice.oneIn(oddOneIn) ? number(dice) : bytes.length), ...bytes]
}

const json = (dice: Dice): number[] => {
  const deep = 1 + dice.below(300)
  const odd = dice.of('{"a":', '"', '[1,]', `${'['.repeat(deep)}${']'.repeat(deep)}`)
  const words = dice.oneIn(oddOneIn) ? odd : dice.of('{}', 'null', 'true', '1e999', '[[["x"]]]')
  const bytes = new TextEncoder().encode(words)
  return [...varUint(dice.oneIn(oddOneIn) ? number(dice) : bytes.length), ...bytes]
}

/** A count, mostly of what follows. */
const several = (dice: Dice, make: () => readonly number[]): number[] => {
  const items = Array.from({ length: 1 + dice.below(3) }, make)
  return [...varUint(dice.oneIn(oddOneIn) ? number(dice) : items.length), ...items.flat()]
}

const anyKinds = [116, 117, 118, 119, 120, 121, 122, 123, 124, 125, 126, 127] as const

const any = (dice: Dice, depth = 0): number[] => {
  if (dice.oneIn(oddOneIn)) return [dice.below(256), ...bytesOf(dice, 9)]
  const kind = depth > 80 ? 126 : (dice.pick(anyKinds) ?? 126)
  if (kind === 116 || kind === 119) return [kind, ...text(dice)]
  if (kind === 117) return [kind, ...several(dice, () => any(dice, depth + 1))]
  if (kind === 118) return [kind, ...several(dice, () => [...text(dice), ...any(dice, depth + 1)])]
  if (kind === 122 || kind === 123) return [kind, 0, 0, 0, 0, 0, 0, 0, 1]
  if (kind === 124) return [kind, 0, 0, 0, 1]
  if (kind === 125) return [kind, ...varUint(number(dice))]
  return [kind]
}

const content = (dice: Dice, ref: number): number[] => {
  if (ref === 4) return text(dice)
  if (ref === 5) return json(dice)
  if (ref === 6) return [...text(dice), ...json(dice)]
  if (ref === 7) return dice.of<number[]>([3, ...text(dice)], [0], [2], [6], [dice.below(9), ...text(dice)])
  if (ref === 8) return several(dice, () => any(dice))
  if (ref === 2) return several(dice, () => json(dice))
  if (ref === 3) return text(dice)
  if (ref === 9) return [...text(dice), ...any(dice)]
  return varUint(dice.oneIn(oddOneIn) ? number(dice) : 1 + dice.below(9))
}

const place = (dice: Dice, targets: Targets): number[] => {
  const of = client(dice, targets)
  return [...varUint(of), ...varUint(clock(dice, of, targets))]
}

const root = (dice: Dice): number[] => {
  const name = new TextEncoder().encode(dice.of('t', 'default', 'm', '', '__proto__', 'constructor'))
  return [1, ...varUint(name.length), ...name]
}

const struct = (dice: Dice, targets: Targets): number[] => {
  const ref = dice.oneIn(oddOneIn) ? dice.below(32) : dice.of(0, 1, 2, 3, 4, 4, 4, 5, 6, 7, 8)
  const [left, right, key] = [dice.oneIn(2), dice.oneIn(3), dice.oneIn(8)]
  const info = ref | (left ? 128 : 0) | (right ? 64 : 0) | (key ? 32 : 0)
  // No more than a length.
  if (info === 0) return [info, ...varUint(dice.oneIn(oddOneIn) ? number(dice) : 1 + dice.below(9))]
  const bytes = [info]
  if (left) bytes.push(...place(dice, targets))
  if (right) bytes.push(...place(dice, targets))
  if (!left && !right) bytes.push(...dice.of(root(dice), root(dice), [0, ...place(dice, targets)]))
  if (!left && !right && key) bytes.push(...text(dice))
  return [...bytes, ...content(dice, ref)]
}

const section = (dice: Dice, targets: Targets): number[] => {
  const of = client(dice, targets)
  const structs = Array.from({ length: 1 + dice.below(3) }, () => struct(dice, targets))
  const count = dice.oneIn(oddOneIn) ? number(dice) : structs.length
  return [...varUint(count), ...varUint(of), ...varUint(clock(dice, of, targets)), ...structs.flat()]
}

const deletions = (dice: Dice, targets: Targets): number[] => {
  const groups = Array.from({ length: dice.below(3) }, () => {
    const of = client(dice, targets)
    const ranges = Array.from({ length: dice.below(4) }, () => [
      ...varUint(clock(dice, of, targets)),
      ...varUint(dice.oneIn(20) ? number(dice) : 1 + dice.below(3)),
    ])
    return [...varUint(of), ...varUint(dice.oneIn(oddOneIn) ? number(dice) : ranges.length), ...ranges.flat()]
  })
  return [...varUint(dice.oneIn(oddOneIn) ? number(dice) : groups.length), ...groups.flat()]
}

const update = (dice: Dice, targets: Targets): Uint8Array => {
  const sections = Array.from({ length: dice.below(4) }, () => section(dice, targets))
  const count = dice.oneIn(oddOneIn) ? number(dice) : sections.length
  const bytes = new Uint8Array([...varUint(count), ...sections.flat(), ...deletions(dice, targets)])
  return dice.oneIn(30) ? inFormat2(bytes) : bytes
}

/** A few bytes that say they were a whole library: whoever believes them hears nothing more of that client. */
const endlessRun = (dice: Dice, targets: Targets): Uint8Array => {
  const of = client(dice, targets)
  const from = targets.clocks().get(of) ?? 0
  return new Uint8Array([1, 1, ...varUint(of), ...varUint(from), 0, ...varUint(dice.of(2 ** 31, 2 ** 40)), 0])
}

/** What of it can be had in the other format of Yjs. */
const inFormat2 = (bytes: Uint8Array): Uint8Array => {
  try {
    return Y.convertUpdateFormatV1ToV2(bytes)
  } catch {
    return bytes
  }
}

/** Cut, longer, or with bytes changed. */
const broken = (dice: Dice, bytes: Uint8Array): Uint8Array => {
  if (dice.oneIn(3)) return bytes.slice(0, dice.below(bytes.length + 1))
  if (dice.oneIn(3)) return new Uint8Array([...bytes, ...bytesOf(dice, 8)])
  const changed = new Uint8Array(bytes)
  for (let times = 1 + dice.below(3); times > 0 && changed.length > 0; times -= 1) {
    changed[dice.below(changed.length)] = dice.below(256)
  }
  return changed
}

/** What an honest client would send, to be broken. */
const honest = (dice: Dice, targets: Targets): Uint8Array => {
  const doc = new Y.Doc()
  doc.clientID = targets.own + dice.below(3)
  doc.getText('t').insert(0, dice.of('a', '村里', 'some more'))
  if (dice.oneIn(2)) doc.getText('t').delete(0, 1)
  return Y.encodeStateAsUpdate(doc)
}

const question = (dice: Dice, targets: Targets): Uint8Array => {
  const entries = Array.from({ length: dice.below(6) }, () => place(dice, targets))
  const count = dice.oneIn(20) ? number(dice) : entries.length
  return syncFrame(0, new Uint8Array([...varUint(count), ...entries.flat()]))
}

const caret = (dice: Dice, targets: Targets): Uint8Array => {
  const state = (): string =>
    dice.of('null', '{}', '{"user":{"name":"x"}}', '{', '"', '['.repeat(200), 'x'.repeat(dice.below(5_000)))
  const entries = Array.from({ length: 1 + dice.below(4) }, (): [number, number, string] => [
    client(dice, targets),
    number(dice),
    state(),
  ])
  const frame = awarenessFrame(entries)
  return dice.oneIn(12) ? broken(dice, frame) : frame
}

const message = (dice: Dice): Uint8Array =>
  new Uint8Array(
    dice.of([3], [3, 0], [2, 0], [4, 0, 1], [0, dice.below(256)], [dice.below(256), ...bytesOf(dice, 40)]),
  )

/** Sub-protocol of the line itself, which is no message at all. */
const line = (dice: Dice): Uint8Array => {
  const mask = [1, 2, 3, 4]
  const body = bytesOf(dice, 20)
  const short = 128 | body.length
  return new Uint8Array(
    dice.of<number[]>(
      [0x81, short, ...mask, ...body],
      [0x82, body.length, ...body],
      [0xf2, short, ...mask, ...body],
      [0x02, short, ...mask, ...body],
      [0x80, short, ...mask, ...body],
      [0x89, 0xfe, 0xff, 0xff, ...mask, ...body],
      [0x82, 0xff, ...Array.from({ length: 8 }, () => dice.below(256)), ...mask, ...body],
      [0x82, 0xfe, 0, 1, ...mask, ...body],
      [0x88, 128 | 2, 0, 0, 0, 0, dice.below(256), dice.below(256)],
      [0x80 | (3 + dice.below(5)), short, ...mask, ...body],
      bytesOf(dice, 40),
    ),
  )
}

/** A whole binary message of a client. A mask of zeros changes nothing, and is as good as any. */
export const inLine = (payload: Uint8Array): Uint8Array => {
  const { length } = payload
  const head =
    length < 126
      ? [0x82, 128 | length]
      : length < 65_536
        ? [0x82, 254, length >> 8, length & 255]
        : [
            0x82,
            255,
            0,
            0,
            0,
            0,
            (length >> 24) & 255,
            (length >> 16) & 255,
            (length >> 8) & 255,
            length & 255,
          ]
  const frame = new Uint8Array(head.length + 4 + length)
  frame.set(head)
  frame.set(payload, head.length + 4)
  return frame
}

export const hostileFrame = (dice: Dice, targets: Targets): HostileFrame => {
  const kind = dice.oneIn(longOneIn)
    ? 'long'
    : dice.of<FrameKind>(
        'update',
        'update',
        'update',
        'broken',
        'broken',
        'question',
        'caret',
        'message',
        'line',
        'run',
      )
  const kindOfSync = dice.of(2, 2, 1)
  switch (kind) {
    case 'update':
      return { kind, bytes: inLine(syncFrame(kindOfSync, update(dice, targets))) }
    case 'broken': {
      const whole = dice.oneIn(2) ? honest(dice, targets) : update(dice, targets)
      return { kind, bytes: inLine(broken(dice, syncFrame(kindOfSync, broken(dice, whole)))) }
    }
    case 'question':
      return { kind, bytes: inLine(question(dice, targets)) }
    case 'caret':
      return { kind, bytes: inLine(caret(dice, targets)) }
    case 'message':
      return { kind, bytes: inLine(message(dice)) }
    case 'line':
      return { kind, bytes: line(dice) }
    case 'run':
      return { kind, bytes: inLine(syncFrame(kindOfSync, endlessRun(dice, targets))) }
    case 'long':
      return { kind, bytes: inLine(longUpdate(dice, targets.own)) }
  }
}
