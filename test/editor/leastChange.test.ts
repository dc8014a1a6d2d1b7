// Others' edits change what differs and nothing else; whatever they are, the result is their document.
import { Fragment, type Node, Slice } from '@tiptap/pm/model'
import { EditorState, type Transaction } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import type { ProsemirrorBinding } from '@tiptap/y-tiptap'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { changeInto, showLeastChange } from '../../client/editor/leastChange.ts'
import { makeDraftSchema } from '../../client/editor/schema.ts'

const schema = makeDraftSchema()
const bold = schema.mark('bold')

const block = (type: string, text: string, isBold = false): Node =>
  schema.node(type, null, text === '' ? [] : [schema.text(text, isBold ? [bold] : [])])
const list = (...items: readonly Node[]): Node =>
  schema.node(
    'bulletList',
    null,
    items.map((item) => schema.node('listItem', null, [item])),
  )

const stateOf = (blocks: readonly Node[]): EditorState =>
  EditorState.create({ doc: schema.node('doc', null, [...blocks]) })

const change = (before: readonly Node[], after: readonly Node[]) => {
  const { tr } = stateOf(before)
  const rebuilt = changeInto(tr, Fragment.from([...after]))
  return { tr, rebuilt }
}

const anyBlock = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('paragraph', 'heading'),
      fc.string({ unit: fc.constantFrom('甲', '乙'), maxLength: 6 }),
      fc.boolean(),
    )
    .map(([type, text, isBold]) => block(type, text, isBold)),
  fc
    .string({ unit: fc.constantFrom('甲', '乙'), maxLength: 4 })
    .map((text) => list(block('paragraph', text))),
)

describe('the least change', () => {
  test('[LC1] a letter in one paragraph changes that letter: marks and places elsewhere stay', () => {
    const blocks = ['第一条', '第二条', '第三条'].map((text) => block('paragraph', text))
    const after = [blocks[0], block('paragraph', '第二条款'), blocks[2]] as Node[]
    const { tr, rebuilt } = change(blocks, after)
    expect(tr.steps).toHaveLength(1)
    expect(tr.doc.textBetween(0, tr.doc.content.size, '\n')).toBe('第一条\n第二条款\n第三条')
    expect(rebuilt).toEqual([1])
    expect([tr.doc.child(0), tr.doc.child(2)]).toEqual([blocks[0], blocks[2]])
    expect(tr.mapping.map(12)).toBe(13)
    const marked = DecorationSet.create(stateOf(blocks).doc, [
      Decoration.inline(1, 4, { class: 'a' }),
      Decoration.inline(6, 9, { class: 'b' }),
      Decoration.inline(11, 14, { class: 'c' }),
    ]).map(tr.mapping, tr.doc)
    expect(marked.find().map(({ from, to }) => [from, to])).toEqual([
      [1, 4],
      [6, 9],
      [12, 15],
    ])
  })

  test('[LC2] the same blocks make no change at all', () => {
    const blocks = [block('heading', '标题'), list(block('paragraph', '一'))]
    expect(change(blocks, blocks).tr.docChanged).toBe(false)
  })

  test('[LC3] whatever comes, the document is what came, and only the named blocks are other objects', () => {
    const seen = { asMany: 0, more: 0 }
    fc.assert(
      fc.property(
        fc.array(anyBlock, { minLength: 1, maxLength: 6 }),
        fc.array(fc.oneof(anyBlock, fc.nat(5)), { minLength: 1, maxLength: 6 }),
        (before, told) => {
          // A number is a block that stays the very same.
          const after = told.map((it) => (typeof it === 'number' ? before[it % before.length] : it)) as Node[]
          const { tr, rebuilt } = change(before, after)
          seen[before.length === after.length ? 'asMany' : 'more'] += 1
          expect(tr.doc.content.eq(Fragment.from(after))).toBe(true)
          after.forEach((node, index) => {
            if (!rebuilt.includes(index)) expect(tr.doc.child(index)).toBe(node)
          })
        },
      ),
    )
    expect(Math.min(seen.asMany, seen.more)).toBeGreaterThan(0)
  })

  test('[LC4] a draft that is empty, or was emptied by others, is one empty paragraph', () => {
    for (const blocks of [[block('paragraph', '')], [block('heading', '标题'), block('paragraph', '一')]]) {
      const type = new Y.Doc().getXmlFragment('default')
      const binding = { prosemirrorView: { state: stateOf(blocks) }, type, mapping: new Map() }
      showLeastChange(binding as unknown as ProsemirrorBinding)
      const { _tr: transaction } = binding as unknown as { _tr: Transaction }
      transaction.replace(0, transaction.doc.content.size, new Slice(Fragment.empty, 0, 0))
      expect(transaction.doc.toString()).toBe('doc(paragraph)')
      transaction.doc.check()
    }
  })
})
