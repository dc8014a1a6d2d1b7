// Every letter has its author, and the same one on every copy of the draft.
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { authorRuns } from '../../shared/drafts/authors.ts'
import { textsIn } from '../../shared/drafts/comments.ts'
import { fragmentOf, paragraph, writeTogether } from './people.ts'

const runs = Number(process.env.VERSION_RUNS ?? 15)

const authorsOf = (doc: Y.Doc) => textsIn(fragmentOf(doc)).map((text) => authorRuns(text))

describe('who wrote what', () => {
  test('[WA1] covers every letter once, in order', () => {
    for (let run = 0; run < runs; run += 1) {
      const seed = `authors ${run}`
      const { doc, people } = writeTogether(seed, 60)
      const writers = new Set<number>()
      for (const text of textsIn(fragmentOf(doc))) {
        let at = 0
        for (const { from, to, client } of authorRuns(text)) {
          expect(from, seed).toBe(at)
          expect(to, seed).toBeGreaterThan(from)
          writers.add(client)
          at = to
        }
        expect(at, seed).toBe(text.length)
      }
      expect([...writers].every((client) => people.some(({ clientID }) => clientID === client))).toBe(true)
      expect(writers.size, seed).toBeGreaterThan(1)
      for (const person of people) expect(authorsOf(person), seed).toEqual(authorsOf(doc))
      // A reader's copy throws away what was deleted; what stands is whose it was.
      const reader = new Y.Doc()
      Y.applyUpdate(reader, Y.encodeStateAsUpdate(doc))
      expect(authorsOf(reader), seed).toEqual(authorsOf(doc))
    }
  })

  test('[WA2] a word in the middle of another’s line is its own author’s, and the rest stays', () => {
    const [mine, yours] = [new Y.Doc(), new Y.Doc()]
    mine.clientID = 1
    yours.clientID = 2
    fragmentOf(mine).insert(0, [paragraph('电费由企业付')])
    Y.applyUpdate(yours, Y.encodeStateAsUpdate(mine))
    textsIn(fragmentOf(yours))[0]?.insert(3, '本村')
    const text = textsIn(fragmentOf(yours))[0] as Y.XmlText
    expect(authorRuns(text)).toEqual([
      { from: 0, to: 3, client: 1 },
      { from: 3, to: 5, client: 2 },
      { from: 5, to: 8, client: 1 },
    ])
  })
})
