// Random people who write blocks into one shared draft, as the editor does: letters, marks, new blocks, splits, deletions.
import * as Y from 'yjs'
import { draftField } from '../../shared/drafts/plainText.ts'
import { seeded } from '../drafts/raw.ts'

export const fragmentOf = (doc: Y.Doc): Y.XmlFragment => doc.getXmlFragment(draftField)

export const paragraph = (words: string): Y.XmlElement => {
  const block = new Y.XmlElement('paragraph')
  block.insert(0, [new Y.XmlText(words)])
  return block
}

const heading = (words: string, level: number): Y.XmlElement => {
  const block = new Y.XmlElement('heading')
  // As the editor keeps it: a number, which is no text.
  block.setAttribute('level', level as unknown as string)
  block.insert(0, [new Y.XmlText(words)])
  return block
}

const table = (cells: readonly string[]): Y.XmlElement => {
  const row = new Y.XmlElement('tableRow')
  const made = new Y.XmlElement('table')
  row.insert(
    0,
    cells.map((words) => {
      const cell = new Y.XmlElement('tableCell')
      cell.insert(0, [paragraph(words)])
      return cell
    }),
  )
  made.insert(0, [row])
  return made
}

const sayings = [
  '村口的路灯',
  '每月公布一次账目',
  '由企业出资，村里出工',
  '𠮷祥里',
  '同意',
  ' and so on ',
  '第三条',
]

export type Deed = 'type' | 'delete' | 'mark' | 'block' | 'heading' | 'table' | 'split' | 'dropBlock'
export const deeds: readonly Deed[] = [
  'type',
  'type',
  'type',
  'delete',
  'delete',
  'mark',
  'block',
  'heading',
  'table',
  'split',
  'dropBlock',
]

const textOf = (block: unknown): Y.XmlText | undefined => {
  if (block instanceof Y.XmlText) return block
  if (!(block instanceof Y.XmlElement)) return undefined
  for (const child of block.toArray()) {
    const text = textOf(child)
    if (text) return text
  }
  return undefined
}

/** Does one thing, never in the middle of a letter. */
export const act = (doc: Y.Doc, deed: Deed, below: (bound: number) => number): void => {
  const fragment = fragmentOf(doc)
  const words = sayings[below(sayings.length)] ?? ''
  const at = below(fragment.length + 1)
  const fresh: Partial<Record<Deed, () => Y.XmlElement>> = {
    block: () => paragraph(words),
    heading: () => heading(words, 1 + below(3)),
    table: () => table([words, `${below(90)}`]),
  }
  const make = fresh[fragment.length === 0 ? 'block' : deed]
  if (make) {
    fragment.insert(at, [make()])
    return
  }
  const index = Math.min(at, fragment.length - 1)
  if (deed === 'dropBlock') {
    if (fragment.length > 2) fragment.delete(index, 1)
    return
  }
  const block = fragment.get(index)
  const text = textOf(block)
  if (!text) return
  const letters = Array.from(text.toString().replaceAll(/<[^>]*>/g, ''))
  const from = below(letters.length + 1)
  const to = Math.min(letters.length, from + 1 + below(6))
  const [head, gone] = [letters.slice(0, from).join('').length, letters.slice(from, to).join('').length]
  if (deed === 'type') text.insert(head, words, {})
  else if (deed === 'delete') text.delete(head, gone)
  else if (deed === 'mark') text.format(head, gone, { bold: below(3) === 0 ? null : {} })
  else if (block instanceof Y.XmlElement && block.nodeName === 'paragraph') {
    const rest = letters.slice(from).join('')
    text.delete(head, rest.length)
    fragment.insert(index + 1, [paragraph(rest)])
  }
}

/** Several people who meet now and then. */
export const writeTogether = (
  seed: string,
  steps: number,
  onStep: (step: number, doc: Y.Doc) => void = () => {},
) => {
  const { below } = seeded(seed)
  const people = Array.from({ length: 3 }, (_, i) => {
    // As on the server: what was deleted stays in the history.
    const doc = new Y.Doc({ gc: false })
    doc.clientID = 100 + i
    return doc
  })
  const done = new Set<Deed>()
  const meet = (): void => {
    for (const from of people) {
      for (const to of people) {
        if (from !== to) Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)))
      }
    }
  }
  const [first] = people as [Y.Doc]
  fragmentOf(first).insert(0, [
    heading('议事稿', 1),
    paragraph('路灯由村里修，电费由企业付。'),
    paragraph('三年内完成。'),
  ])
  meet()
  for (let step = 0; step < steps; step += 1) {
    const doc = people[below(people.length)] as Y.Doc
    const deed = deeds[below(deeds.length)] as Deed
    doc.transact(() => act(doc, deed, below))
    done.add(deed)
    if (below(4) === 0) {
      meet()
      onStep(step, first)
    }
  }
  meet()
  return { doc: first, people, done, below }
}
