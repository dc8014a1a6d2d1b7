// What changed in the form of lines: kinds of blocks, and letters set in bold.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { differenceOf, linesOf } from '../../shared/drafts/difference.ts'
import { formsOf, withForms } from '../../shared/drafts/differenceForms.ts'
import { lineForms, plainText } from '../../shared/drafts/plainText.ts'
import { fragmentOf, writeTogether } from './people.ts'

const block = (name: string, children: readonly (Y.XmlElement | Y.XmlText)[], level?: number) => {
  const made = new Y.XmlElement(name)
  // As the editor keeps it: a number, which is no text.
  if (level !== undefined) made.setAttribute('level', level as unknown as string)
  made.insert(0, [...children])
  return made
}
const words = (text: string) => new Y.XmlText(text)
const paragraph = (text: string) => block('paragraph', [words(text)])
const list = (name: string, ...items: Y.XmlElement[][]) =>
  block(
    name,
    items.map((item) => block('listItem', item)),
  )

const draft = (...blocks: Y.XmlElement[]): Y.Doc => {
  const doc = new Y.Doc()
  fragmentOf(doc).insert(0, blocks)
  return doc
}
const textAt = (doc: Y.Doc, at: number): Y.XmlText => {
  const found = (fragmentOf(doc).get(at) as Y.XmlElement).get(0)
  if (!(found instanceof Y.XmlText)) throw new Error(`block ${at} is no text`)
  return found
}
const formed = (before: Y.Doc, after: Y.Doc) => {
  const [was, is] = [before, after].map((doc) => {
    const text = plainText(fragmentOf(doc))
    return { lines: linesOf(text), forms: formsOf(lineForms(fragmentOf(doc)), text) }
  }) as [{ lines: string[]; forms: string[] }, { lines: string[]; forms: string[] }]
  return withForms(differenceOf(was.lines, is.lines), was.forms, is.forms)
}

describe('the form of a line', () => {
  test('[FO1] is the kinds of blocks it stands in, and its stretches in bold', () => {
    const doc = draft(
      block('heading', [words('停车场')], 2),
      paragraph('共六十个车位'),
      list('bulletList', [paragraph('首小时免费'), list('orderedList', [paragraph('本村居民')])]),
      block('table', [
        block('tableRow', [block('tableHeader', [paragraph('项目')]), block('tableCell', [paragraph('')])]),
      ]),
      block('paragraph', [words('上'), block('hardBreak', []), words('下')]),
      block('picture', []),
    )
    textAt(doc, 1).format(1, 2, { bold: {} })
    textAt(doc, 1).format(3, 1, { bold: true })
    textAt(doc, 1).format(5, 1, { bold: true })
    expect(plainText(fragmentOf(doc)).split('\n')).toEqual([
      '停车场',
      '共六十个车位',
      '首小时免费',
      '本村居民',
      '项目',
      '',
      '上',
      '下',
      '[图片]',
    ])
    expect(lineForms(fragmentOf(doc)).split('\n')).toEqual([
      'h2',
      '|1-4,5-6',
      'ul',
      'ul.ol',
      'th',
      'td',
      '',
      '',
      'pic',
    ])
  })

  test('[FO2] is there for every line, whatever three people did', () => {
    for (const seed of ['forms-1', 'forms-2', 'forms-3', 'forms-4']) {
      const { doc } = writeTogether(seed, 300)
      const text = plainText(fragmentOf(doc))
      expect(formsOf(lineForms(fragmentOf(doc)), text), seed).toHaveLength(linesOf(text).length)
    }
  })
})

describe('a difference of forms', () => {
  test('[FO3] names the kind of block before and after, of a line that stayed and of one that was reworded', () => {
    const before = draft(paragraph('收费办法'), paragraph('每小时两元'))
    const after = draft(
      block('heading', [words('收费办法')], 2),
      list('bulletList', [paragraph('每小时三元')]),
    )
    const { blocks, figures } = formed(before, after)
    expect(blocks).toMatchObject([
      { kind: 'same', forms: [{ kind: 'block', from: '', to: 'h2' }] },
      { kind: 'changed', forms: [{ kind: 'block', from: '', to: 'ul' }] },
    ])
    expect(figures).toMatchObject({ lines: 1, reformed: 1 })
  })

  test('[FO4] names letters that stayed and are bold now, or no longer, also beside other words', () => {
    const before = draft(paragraph('村口停车场共设车位六十个'))
    const after = draft(paragraph('村口新停车场共设车位六十个'))
    textAt(before, 0).format(7, 2, { bold: true })
    textAt(after, 0).format(0, 3, { bold: true })
    const [line] = formed(before, after).blocks
    // The letter that is new is shown as new.
    expect(line).toMatchObject({
      forms: [
        { kind: 'bold', isSet: true, text: '村口' },
        { kind: 'bold', isSet: false, text: '车位' },
      ],
    })
  })

  test('[FO5] says what lines that came or went stand in', () => {
    const before = draft(paragraph('甲'), list('orderedList', [paragraph('旧条')]))
    const after = draft(paragraph('甲'), block('heading', [words('全新的标题')], 1))
    expect(formed(before, after).blocks).toMatchObject([
      { kind: 'same' },
      { kind: 'deleted', of: 'ol' },
      { kind: 'inserted', of: 'h1' },
    ])
  })

  test('[FO6] says nothing where nothing changed, and nothing where the forms are of another text', () => {
    const { doc } = writeTogether('forms-same', 200)
    const same = formed(doc, doc)
    expect(same.blocks.every((line) => line.kind === 'same' && line.forms === undefined)).toBe(true)
    expect(same.figures).toEqual({ inserted: 0, deleted: 0, lines: 0, reformed: 0 })
    const plain = differenceOf(['甲', '乙'], ['甲', '乙'])
    expect(withForms(plain, ['h1'], ['', ''])).toBe(plain)
  })

  test('[FO7] finds exactly the letters whose boldness changed', () => {
    const mask = fc.array(fc.boolean(), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(mask, mask, (was, is) => {
        const text = was.map((_, at) => String.fromCharCode(0x4e00 + at)).join('')
        const drafts = [was, is].map((bold) => {
          const doc = draft(paragraph(text))
          was.forEach((_, at) => {
            if (bold[at] === true) textAt(doc, 0).format(at, 1, { bold: true })
          })
          return doc
        }) as [Y.Doc, Y.Doc]
        const [line] = formed(...drafts).blocks
        const changes = line?.kind === 'same' ? (line.forms ?? []) : []
        const found = [true, false].map((isSet) =>
          changes.map((it) => (it.kind === 'bold' && it.isSet === isSet ? it.text : '')).join(''),
        )
        const wanted = [true, false].map((isSet) =>
          [...text].filter((_, at) => (is[at] === true) === isSet && was[at] !== isSet).join(''),
        )
        expect(found).toEqual(wanted)
      }),
    )
  })
})
