// Any text of the history comes back to the last mark, as new edits that touch no more than what differs.
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { isSameText, restoreInto } from '../../server/review/restoring.ts'
import { plainText } from '../../shared/drafts/plainText.ts'
import { deeds, fragmentOf, paragraph, writeTogether } from './people.ts'

const runs = Number(process.env.VERSION_RUNS ?? 15)

const docWith = (...lines: string[]): Y.Doc => {
  const doc = new Y.Doc({ gc: false })
  fragmentOf(doc).insert(0, lines.map(paragraph))
  return doc
}

const copyOf = (doc: Y.Doc): Y.Doc => {
  const copy = new Y.Doc({ gc: false })
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return copy
}

describe('restoring a version', () => {
  test('[VR1] gives exactly its text, whatever three people did before and after', () => {
    const seen = new Set<string>()
    for (let run = 0; run < runs; run += 1) {
      const seed = `restore ${run}`
      const moments: { state: Uint8Array; text: string }[] = []
      const { doc, done } = writeTogether(seed, 60, (_, at) =>
        moments.push({ state: Y.encodeSnapshot(Y.snapshot(at)), text: plainText(fragmentOf(at)) }),
      )
      for (const deed of done) seen.add(deed)
      for (const { state, text } of moments) {
        const now = copyOf(doc)
        const then = Y.createDocFromSnapshot(now, Y.decodeSnapshot(state))
        now.transact(() => restoreInto(fragmentOf(now), fragmentOf(then)))
        expect(plainText(fragmentOf(now)), seed).toBe(text)
        expect(isSameText(fragmentOf(now), fragmentOf(then)), seed).toBe(true)
      }
      expect(moments.length, seed).toBeGreaterThan(3)
    }
    expect([...seen].sort()).toEqual([...new Set(deeds)].sort())
  })

  test('[VR2] leaves every block that did not change, and the letters around a change, as they are', () => {
    const doc = docWith('第一条 路灯由村里修。', '第二条 电费由企业付。', '第三条 每月公布账目。')
    const state = Y.encodeSnapshot(Y.snapshot(doc))
    const blocks = fragmentOf(doc).toArray() as Y.XmlElement[]
    const second = (blocks[1] as Y.XmlElement).get(0) as Y.XmlText
    const caret = Y.createRelativePositionFromTypeIndex(second, 9)
    second.delete(5, 2)
    second.insert(5, '水费')
    fragmentOf(doc).insert(1, [paragraph('插进来的一条。')])
    const then = Y.createDocFromSnapshot(doc, Y.decodeSnapshot(state))
    doc.transact(() => restoreInto(fragmentOf(doc), fragmentOf(then)))
    expect(fragmentOf(doc).toArray()).toEqual(blocks)
    const found = Y.createAbsolutePositionFromRelativePosition(caret, doc)
    expect(found?.type).toBe(second)
    expect(found?.index).toBe(9)
    expect(second.toString()).toBe('第二条 电费由企业付。')
  })

  test('[VR3] loses nothing of the history: the text before can be brought back in turn', () => {
    const doc = docWith('甲', '乙', '丙')
    const early = Y.encodeSnapshot(Y.snapshot(doc))
    fragmentOf(doc).delete(0, 2)
    fragmentOf(doc).insert(0, [paragraph('丁')])
    const late = Y.encodeSnapshot(Y.snapshot(doc))
    for (const [state, text] of [
      [early, '甲\n乙\n丙'],
      [late, '丁\n丙'],
      [early, '甲\n乙\n丙'],
    ] as const) {
      const then = Y.createDocFromSnapshot(doc, Y.decodeSnapshot(state))
      doc.transact(() => restoreInto(fragmentOf(doc), fragmentOf(then)))
      expect(plainText(fragmentOf(doc))).toBe(text)
    }
  })
})
