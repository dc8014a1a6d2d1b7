// The editor's form and the plain text that a poll freezes speak of the same blocks, and nothing in a shared document
// can make the editor delete somebody's words.
import { prosemirrorJSONToYXmlFragment, yXmlFragmentToProseMirrorRootNode } from '@tiptap/y-tiptap'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { makeLenient } from '../../client/editor/lenientSchema.ts'
import { draftMarks, draftNodes, headingLevels, makeDraftSchema } from '../../client/editor/schema.ts'
import { draftField, plainText } from '../../shared/drafts/plainText.ts'

const text = (words: string, ...marks: string[]) => ({
  type: 'text',
  text: words,
  ...(marks.length === 0 ? {} : { marks: marks.map((type) => ({ type })) }),
})
const block = (type: string, content: readonly unknown[], attrs?: Record<string, unknown>) => ({
  type,
  content,
  ...(attrs === undefined ? {} : { attrs }),
})
const line = (words: string) => block('paragraph', [text(words)])

const fragmentOf = (build: (fragment: Y.XmlFragment) => void): Y.XmlFragment => {
  const doc = new Y.Doc()
  const fragment = doc.getXmlFragment(draftField)
  build(fragment)
  return fragment
}
const shown = (fragment: Y.XmlFragment) =>
  yXmlFragmentToProseMirrorRootNode(fragment, makeLenient(makeDraftSchema()))
const element = (name: string, children: readonly (Y.XmlElement | Y.XmlText)[]) => {
  const made = new Y.XmlElement(name)
  made.insert(0, [...children])
  return made
}

describe('the form of a draft', () => {
  test('[FO1] it has these blocks and marks and no others', () => {
    const schema = makeDraftSchema()
    expect(Object.keys(schema.nodes).sort()).toEqual([...draftNodes, 'doc', 'text'].sort())
    expect(Object.keys(schema.marks)).toEqual([...draftMarks])
    expect(headingLevels).toEqual([1, 2, 3])
  })

  test('[FO2] every block reaches the frozen plain text', () => {
    const fragment = fragmentOf((it) =>
      prosemirrorJSONToYXmlFragment(
        makeDraftSchema(),
        block('doc', [
          block('heading', [text('标题')], { level: 1 }),
          block('paragraph', [text('一段'), text('加粗', 'bold'), { type: 'hardBreak' }, text('下一行')]),
          block('bulletList', [block('listItem', [line('点')])]),
          block('orderedList', [
            block('listItem', [line('项'), block('orderedList', [block('listItem', [line('子项')])])]),
          ]),
          block('table', [
            block('tableRow', [block('tableHeader', [line('头')])]),
            block('tableRow', [block('tableCell', [line('格')])]),
          ]),
        ]),
        it,
      ),
    )
    const plain = plainText(fragment)
    for (const part of ['标题', '一段加粗', '下一行', '点', '项', '子项', '头', '格'])
      expect(plain).toContain(part)
  })

  test('[FO3] blocks that two people’s edits left impossible are shown mended, and the document is not touched', () => {
    const fragment = fragmentOf((it) =>
      it.insert(0, [
        element('paragraph', [new Y.XmlText('前文')]),
        element('bulletList', [element('listItem', [])]),
        element('bulletList', [element('listItem', [element('heading', [new Y.XmlText('标题在列表里')])])]),
        element('table', [element('tableRow', [element('tableCell', [])])]),
        element('table', [element('tableRow', [element('tableCell', [new Y.XmlText('裸字')])])]),
        element('newerBlock', [new Y.XmlText('新版本的块')]),
      ]),
    )
    const before = fragment.toString()
    const words = shown(fragment).textContent
    for (const part of ['前文', '标题在列表里', '裸字', '新版本的块']) expect(words).toContain(part)
    expect(fragment.toString()).toBe(before)
  })

  test('[FO4] unknown marks and embedded things in text cost no letter of it', () => {
    const fragment = fragmentOf((it) => {
      const words = new Y.XmlText('有标记的字')
      it.insert(0, [element('paragraph', [words])])
      words.format(0, 2, { newerMark: {} })
      words.insertEmbed(5, { image: 'x' })
    })
    const before = fragment.toString()
    expect(shown(fragment).textContent).toContain('有标记的字')
    expect(fragment.toString()).toBe(before)
  })
})
