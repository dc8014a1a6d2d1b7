// The words of all faces: the same keys and figures in both languages, and Chinese set with Chinese punctuation.
import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { refusalWords } from '../../client/words/refusals.ts'
import { defineWords, type WordsHandle, wordIn } from '../../client/words/words.ts'

const isHandle = (it: unknown): it is WordsHandle<string> =>
  typeof it === 'object' && it !== null && 'area' in it && 'zh' in it && 'en' in it

const folder = new URL('../../client/words/', import.meta.url)

const handles: WordsHandle<string>[] = []
for (const file of readdirSync(folder).filter((name) => name.endsWith('.ts'))) {
  const module: Record<string, unknown> = await import(new URL(file, folder).href)
  handles.push(...Object.values(module).filter(isHandle))
}

const holes = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? ''))].sort()

/** An ASCII mark right behind a Han character; figures, codes and placeholders may have their own. */
const asciiMark = /[\u3400-\u9fff}][,;:!?]|[\u3400-\u9fff]\(|\([\u3400-\u9fff]/

const chineseOf = (): [string, string][] => [
  ...handles.flatMap(({ area, zh }) =>
    Object.entries(zh).map(([key, text]): [string, string] => [`${area}.${key}`, text]),
  ),
  ...Object.entries(refusalWords).flatMap(([code, { zh, exact }]): [string, string][] => [
    [`refusal.${code}`, zh],
    [`refusal.${code}`, exact?.zh ?? ''],
  ]),
]

describe('words', () => {
  it('finds the words of the faces', () => {
    expect(handles.map(({ area }) => area)).toEqual(expect.arrayContaining(['kit', 'screen']))
  })

  it.each(handles.map((handle) => [handle.area, handle] as const))(
    '%s has the same keys and figures in both languages',
    (_, { zh, en }) => {
      const plain = Object.keys(en).filter((key) => key in zh)
      expect(plain.sort()).toEqual(Object.keys(zh).sort())
      for (const extra of Object.keys(en).filter((key) => !(key in zh))) {
        expect(extra).toMatch(/_one$/)
        expect(zh).toHaveProperty([extra.replace(/_one$/, '')])
      }
      const unlike = Object.keys(zh).filter(
        (key) => holes(zh[key] ?? '').join() !== holes(en[key] ?? '').join(),
      )
      expect(unlike).toEqual([])
    },
  )

  it('sets Chinese with Chinese punctuation', () => {
    expect(chineseOf().filter(([, text]) => asciiMark.test(text))).toEqual([])
  })

  it('chooses the plural and fills figures in', () => {
    const handle = defineWords('testOfPlurals', {
      zh: { hands: '{{count}} 人举手' },
      en: { hands: '{{count}} hands are up', hands_one: '{{count}} hand is up' },
    })
    expect(wordIn(handle, 'en', 'hands', { count: 1 })).toBe('1 hand is up')
    expect(wordIn(handle, 'en', 'hands', { count: 2 })).toBe('2 hands are up')
    expect(wordIn(handle, 'zh', 'hands', { count: 1 })).toBe('1 人举手')
  })
})
