// Every refusal is worded in both languages, with the same figures, and never shows a hole where a figure is missing.
import { describe, expect, it } from 'vitest'
import { refusalWords, wordRefusal } from '../../client/words/refusals.ts'
import { refusalCodes } from '../../shared/kernel/refusals.ts'

const holes = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '').sort()

describe('refusals in words', () => {
  it('words every code, and no other', () => {
    expect(Object.keys(refusalWords).sort()).toEqual([...refusalCodes].sort())
  })

  it.each(refusalCodes)('words %s in both languages with the same figures', (code) => {
    const { zh, en, exact } = refusalWords[code]
    expect(zh.trim()).not.toBe('')
    expect(en.trim()).not.toBe('')
    expect(holes(zh + en)).toEqual([])
    if (exact !== undefined) {
      expect(holes(exact.zh).length).toBeGreaterThan(0)
      // A reason that the rules give comes in both languages, each under its own name.
      const figures = (text: string) => holes(text).filter((name) => name !== 'zh' && name !== 'en')
      expect(figures(exact.zh)).toEqual(figures(exact.en))
      expect(holes(exact.zh)).not.toContain('en')
      expect(holes(exact.en)).not.toContain('zh')
    }
  })

  it('gives the figures that came with a refusal', () => {
    const detail = { need: 54, have: 45, short: 9 }
    expect(wordRefusal({ code: 'quorumNotMet', detail }, 'zh')).toContain('还差 9')
    expect(wordRefusal({ code: 'quorumNotMet', detail }, 'en')).toContain('9 short')
  })

  it('leaves figures out that did not come', () => {
    expect(wordRefusal({ code: 'quorumNotMet', detail: { need: 54 } }, 'zh')).toBe(
      refusalWords.quorumNotMet.zh,
    )
    expect(wordRefusal({ code: 'tooMany' }, 'en')).toBe(refusalWords.tooMany.en)
  })
})
