// Brings an older text back as new edits on top: only what differs is touched, block by block and letter by letter, so
// that nothing of the history is lost and everybody else's caret stays where it was.
import * as Y from 'yjs'
import { anchoredRuns } from '../../shared/drafts/differenceRuns.ts'

type Parent = Y.XmlFragment | Y.XmlElement
type Child = Y.XmlElement | Y.XmlText
type Attributes = Readonly<Record<string, unknown>>
interface Run {
  readonly insert: unknown
  readonly attributes?: Attributes
}

/** Two neighbours count as one block rewritten when they share at least so much of their beginning and end. */
const sharedShareMin = 0.3
/** How far a block looks ahead for the one it was. */
const lookAhead = 8

/** Makes `current` read as `target` does, which belongs to another document. Call it within a transaction. */
export const restoreInto = (current: Parent, target: Parent): void => {
  const now = childrenOf(current)
  const then = childrenOf(target)
  const pairs = align(now.map(shapeOf), then.map(shapeOf))
  pairs.push([now.length, then.length])
  let [i, j] = [0, 0]
  /** Where in `current` the next child stands after what was done so far. */
  let at = 0
  for (const [keptNow, keptThen] of pairs) {
    at = mend(current, at, now.slice(i, keptNow), then.slice(j, keptThen)) + 1
    i = keptNow + 1
    j = keptThen + 1
  }
}

/** What two sequences keep of each other: pairs of places, rising in both. */
const align = (a: readonly string[], b: readonly string[]): [number, number][] => {
  const numbers = new Map<string, number>()
  const numberOf = (text: string): number => {
    const number = numbers.get(text) ?? numbers.size
    numbers.set(text, number)
    return number
  }
  const pairs: [number, number][] = []
  let [i, j] = [0, 0]
  for (const { kind, count } of anchoredRuns(Int32Array.from(a, numberOf), Int32Array.from(b, numberOf))) {
    if (kind === 'same') for (let n = 0; n < count; n += 1) pairs.push([i + n, j + n])
    if (kind !== 'inserted') i += count
    if (kind !== 'deleted') j += count
  }
  return pairs
}

/** Whether two texts are the same to the last mark and attribute. */
export const isSameText = (a: Parent, b: Parent): boolean => {
  const left = childrenOf(a).map(shapeOf)
  const right = childrenOf(b).map(shapeOf)
  return left.length === right.length && left.every((shape, index) => shape === right[index])
}

/** Turns a stretch of children into others. @returns where the stretch ends */
const mend = (parent: Parent, from: number, now: readonly Child[], then: readonly Child[]): number => {
  let at = from
  let next = 0
  let fresh: Child[] = []
  // Together, as each insertion walks the list from its beginning.
  const insertFresh = (): void => {
    if (fresh.length > 0) parent.insert(at, fresh)
    at += fresh.length
    fresh = []
  }
  for (const wanted of then) {
    const found = findLike(now, next, wanted)
    if (found < 0) {
      fresh.push(copyOf(wanted))
      continue
    }
    insertFresh()
    if (found > next) parent.delete(at, found - next)
    rewrite(now[found] as Child, wanted)
    at += 1
    next = found + 1
  }
  insertFresh()
  if (next < now.length) parent.delete(at, now.length - next)
  return at
}

const findLike = (now: readonly Child[], from: number, wanted: Child): number => {
  for (let index = from; index < Math.min(now.length, from + lookAhead); index += 1) {
    if (isLike(now[index] as Child, wanted)) return index
  }
  return -1
}

const isLike = (now: Child, wanted: Child): boolean => {
  if (now instanceof Y.XmlText) return wanted instanceof Y.XmlText
  if (wanted instanceof Y.XmlText || now.nodeName !== wanted.nodeName) return false
  const [a, b] = [lettersOf(now), lettersOf(wanted)]
  const shorter = Math.min(a.length, b.length)
  if (shorter === 0) return a.length === b.length
  let shared = 0
  while (shared < shorter && a[shared] === b[shared]) shared += 1
  let behind = 0
  while (behind < shorter - shared && a[a.length - 1 - behind] === b[b.length - 1 - behind]) behind += 1
  return shared + behind >= Math.max(a.length, b.length) * sharedShareMin
}

/** Makes one child read as another of its kind does. */
const rewrite = (now: Child, wanted: Child): void => {
  if (now instanceof Y.XmlText) {
    if (wanted instanceof Y.XmlText) rewriteText(now, wanted)
    return
  }
  if (wanted instanceof Y.XmlText) return
  const before = now.getAttributes() as Attributes
  const after = wanted.getAttributes() as Attributes
  for (const name of Object.keys(before)) if (!(name in after)) now.removeAttribute(name)
  for (const [name, value] of Object.entries(after)) {
    if (JSON.stringify(before[name]) !== JSON.stringify(value)) now.setAttribute(name, value as string)
  }
  restoreInto(now, wanted)
}

interface Letter {
  readonly insert: unknown
  readonly attributes: Attributes
  readonly length: number
  readonly key: string
}

const rewriteText = (now: Y.XmlText, wanted: Y.XmlText): void => {
  const before = lettersWithMarks(now)
  const after = lettersWithMarks(wanted)
  const pairs = align(
    before.map(({ key }) => key),
    after.map(({ key }) => key),
  )
  pairs.push([before.length, after.length])
  const delta: ({ retain: number } | { delete: number } | { insert: unknown; attributes: Attributes })[] = []
  let [i, j] = [0, 0]
  for (const [keptBefore, keptAfter] of pairs) {
    const gone = before.slice(i, keptBefore).reduce((sum, { length }) => sum + length, 0)
    if (gone > 0) delta.push({ delete: gone })
    for (const { insert, attributes } of joined(after.slice(j, keptAfter))) delta.push({ insert, attributes })
    const kept = before[keptBefore]
    if (kept !== undefined) delta.push({ retain: kept.length })
    i = keptBefore + 1
    j = keptAfter + 1
  }
  now.applyDelta(delta, { sanitize: false })
}

/** By code point, so that a letter outside of the basic plane is never torn. */
const lettersWithMarks = (text: Y.XmlText): Letter[] =>
  runsOf(text).flatMap(({ insert, attributes = {} }) => {
    const marks = canonicalOf(attributes)
    if (typeof insert !== 'string') {
      return [{ insert, attributes, length: 1, key: `\u0000${canonicalOf(insert)}${marks}` }]
    }
    return Array.from(insert, (letter) => ({
      insert: letter,
      attributes,
      length: letter.length,
      key: letter + marks,
    }))
  })

/** Neighbours of the same marks as one. */
const joined = (runs: readonly Run[]): Required<Run>[] => {
  const out: { insert: unknown; attributes: Attributes; marks: string }[] = []
  for (const { insert, attributes = {} } of runs) {
    const marks = canonicalOf(attributes)
    const last = out[out.length - 1]
    if (last?.marks === marks && typeof last.insert === 'string' && typeof insert === 'string') {
      last.insert += insert
    } else out.push({ insert, attributes, marks })
  }
  return out
}

const runsOf = (text: Y.XmlText): readonly Run[] => text.toDelta() as Run[]

const childrenOf = (parent: Parent): Child[] =>
  parent.toArray().map((child) => {
    if (child instanceof Y.XmlElement || child instanceof Y.XmlText) return child
    throw new Error('the draft holds something that is neither a block nor text')
  })

const lettersOf = (child: Child): string =>
  child instanceof Y.XmlText
    ? runsOf(child)
        .map(({ insert }) => (typeof insert === 'string' ? insert : '\uFFFC'))
        .join('')
    : childrenOf(child).map(lettersOf).join('\n')

/** Two children with the same shape read the same. */
const shapeOf = (child: Child): string => {
  if (child instanceof Y.XmlText) {
    // The same marks may be kept in one piece or in several.
    return canonicalOf(joined(runsOf(child)).map(({ insert, attributes }) => [insert, attributes]))
  }
  const inner = childrenOf(child).map(shapeOf).join(',')
  return `<${child.nodeName} ${canonicalOf(child.getAttributes())}>${inner}</>`
}

const canonicalOf = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? ''
  const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify(sorted.map(([name, inner]) => [name, canonicalOf(inner)]))
}

/** `clone` of Yjs leaves out attributes that are not text, such as the level of a heading. */
const copyOf = (child: Child): Child => {
  if (child instanceof Y.XmlText) {
    const text = new Y.XmlText()
    text.applyDelta([...runsOf(child)], { sanitize: false })
    return text
  }
  const element = new Y.XmlElement(child.nodeName)
  for (const [name, value] of Object.entries(child.getAttributes())) {
    if (value !== undefined) element.setAttribute(name, value as string)
  }
  element.insert(0, childrenOf(child).map(copyOf))
  return element
}
