// A comment stays with its words through every edit around them, and knows when they are gone.
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import {
  anchorOf,
  findPassage,
  findWords,
  lettersOf,
  type Passage,
  textsIn,
} from '../../shared/drafts/comments.ts'
import { seeded } from '../drafts/raw.ts'
import { act, type Deed, fragmentOf, paragraph } from './people.ts'

const runs = Number(process.env.VERSION_RUNS ?? 25)

const wordsOf = (doc: Y.Doc, passage: Passage): string => {
  const texts = textsIn(fragmentOf(doc))
  const [first, last] = [texts.indexOf(passage.from.text), texts.indexOf(passage.to.text)]
  return texts
    .slice(first, last + 1)
    .map((text) => {
      const from = text === passage.from.text ? passage.from.index : 0
      const to = text === passage.to.text ? passage.to.index : text.length
      return lettersOf(text).slice(from, to)
    })
    .join('\n')
}

/** Deeds that leave other blocks' letters where they are. */
const around: readonly Deed[] = ['type', 'block', 'heading', 'table', 'mark']

describe('the anchor of a comment', () => {
  test('[CA1] survives random edits around its words, on every copy', () => {
    for (let run = 0; run < runs; run += 1) {
      const seed = `anchor ${run}`
      const { below } = seeded(seed)
      const doc = new Y.Doc()
      // Marks that nobody's edits contain, so that the words are known again wherever they went.
      fragmentOf(doc).insert(0, [paragraph('前文'), paragraph('前〔路灯由村里修〕后'), paragraph('后文')])
      const text = textsIn(fragmentOf(doc))[1] as Y.XmlText
      const anchor = anchorOf({ from: { text, index: 1 }, to: { text, index: 9 } })
      if (!anchor) throw new Error('no anchor')
      const sent = JSON.parse(JSON.stringify(anchor))
      const other = new Y.Doc()
      Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
      for (let step = 0; step < 40; step += 1) {
        const who = below(2) === 0 ? doc : other
        const to = who === doc ? other : doc
        who.transact(() => act(who, around[below(around.length)] as Deed, below))
        if (below(3) === 0) Y.applyUpdate(to, Y.encodeStateAsUpdate(who, Y.encodeStateVector(to)))
      }
      Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(other))
      const [here, there] = [findPassage(doc, sent), findPassage(other, sent)]
      if (!here || !there) throw new Error(`${seed}: the passage is gone`)
      const words = wordsOf(doc, here)
      expect(words.startsWith('〔') && words.endsWith('〕'), `${seed}: ${words}`).toBe(true)
      expect(wordsOf(other, there), seed).toBe(words)
    }
  })

  test('[CA2] shrinks with its words, and is gone with the last of them or with their block', () => {
    const doc = new Y.Doc()
    fragmentOf(doc).insert(0, [paragraph('路灯由村里修'), paragraph('另一段')])
    const text = textsIn(fragmentOf(doc))[0] as Y.XmlText
    const anchor = anchorOf({ from: { text, index: 2 }, to: { text, index: 5 } })
    if (!anchor) throw new Error('no anchor')
    text.delete(2, 1)
    const passage = findPassage(doc, anchor)
    expect(passage && wordsOf(doc, passage)).toBe('村里')
    text.delete(2, 2)
    expect(findPassage(doc, anchor)).toBeUndefined()
    const second = textsIn(fragmentOf(doc))[1] as Y.XmlText
    const onBlock = anchorOf({ from: { text: second, index: 0 }, to: { text: second, index: 3 } })
    fragmentOf(doc).delete(1, 1)
    expect(onBlock && findPassage(doc, onBlock)).toBeUndefined()
  })

  test('[CA3] a passage over two blocks lives on in the one that is left', () => {
    const doc = new Y.Doc()
    fragmentOf(doc).insert(0, [paragraph('第一段话'), paragraph('第二段话')])
    const [first, second] = textsIn(fragmentOf(doc)) as [Y.XmlText, Y.XmlText]
    const anchor = anchorOf({ from: { text: first, index: 2 }, to: { text: second, index: 2 } })
    if (!anchor) throw new Error('no anchor')
    fragmentOf(doc).delete(0, 1)
    const passage = findPassage(doc, anchor)
    expect(passage && wordsOf(doc, passage)).toBe('第二')
  })

  test('[CA4] words that were moved by splitting their block are found again, unless they stand twice', () => {
    const doc = new Y.Doc()
    fragmentOf(doc).insert(0, [paragraph('前半句，后半句')])
    const text = textsIn(fragmentOf(doc))[0] as Y.XmlText
    const anchor = anchorOf({ from: { text, index: 4 }, to: { text, index: 7 } })
    if (!anchor) throw new Error('no anchor')
    text.delete(4, 3)
    fragmentOf(doc).insert(1, [paragraph('后半句')])
    expect(findPassage(doc, anchor)).toBeUndefined()
    const found = findWords(fragmentOf(doc), '后半句')
    expect(found && wordsOf(doc, found)).toBe('后半句')
    fragmentOf(doc).insert(2, [paragraph('又是后半句')])
    expect(findWords(fragmentOf(doc), '后半句')).toBeUndefined()
  })

  test('[CA5] nonsense hangs nowhere, and no letters make no anchor', () => {
    const doc = new Y.Doc()
    fragmentOf(doc).insert(0, [paragraph('文')])
    const text = textsIn(fragmentOf(doc))[0] as Y.XmlText
    expect(anchorOf({ from: { text, index: 1 }, to: { text, index: 1 } })).toBeUndefined()
    for (const odd of [
      null,
      {},
      { item: { client: 7, clock: 9 } },
      { type: { client: 1, clock: 99 } },
      'x',
    ]) {
      expect(findPassage(doc, { from: odd, to: odd })).toBeUndefined()
    }
  })
})
