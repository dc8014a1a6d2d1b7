// Canonical JSON: one byte sequence for one value.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonical } from '../../shared/record/canonical.ts'

const json = fc.jsonValue({ maxDepth: 5, noUnicodeString: false })

/** The same value with the keys of every object in another order. */
const turned = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(turned)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, field]) => [key, turned(field)]),
  )
}

describe('canonical JSON', () => {
  test('does not depend on the order in which keys were set', () => {
    fc.assert(fc.property(json, (value) => canonical(turned(value)) === canonical(value)))
    expect(canonical({ b: 1, a: { d: 2, c: 3 } })).toBe('{"a":{"c":3,"d":2},"b":1}')
  })

  test('means the same value, and is its own canonical form', () => {
    fc.assert(
      fc.property(json, (value) => {
        const text = canonical(value)
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
        expect(canonical(JSON.parse(text))).toBe(text)
      }),
    )
  })

  test('differs for values that differ', () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        const isSame = JSON.stringify(turned(a)) === JSON.stringify(turned(b))
        expect(canonical(a) === canonical(b) || !isSame).toBe(true)
        if (canonical(a) === canonical(b)) expect(JSON.parse(canonical(a))).toEqual(JSON.parse(canonical(b)))
      }),
    )
  })

  test('sorts keys by code unit, also outside ASCII, and keeps every character', () => {
    expect(canonical({ 会: 1, z: 2, é: 3, '😀': 4, '\uffff': 5 })).toBe(
      '{"z":2,"é":3,"会":1,"😀":4,"\uffff":5}',
    )
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => JSON.parse(canonical(text)) === text))
    expect(canonical('\ud800')).toBe('"\\ud800"')
  })

  test('drops what is undefined, and writes minus zero as zero', () => {
    expect(canonical({ a: undefined, b: null, c: -0 })).toBe('{"b":null,"c":0}')
    expect(canonical({ a: [1, undefined] })).toBe('{"a":[1,null]}')
  })

  test('keeps keys that have a meaning elsewhere', () => {
    expect(canonical(JSON.parse('{"constructor":2,"__proto__":{"x":1}}'))).toBe(
      '{"__proto__":{"x":1},"constructor":2}',
    )
  })

  test.each([Number.NaN, Number.POSITIVE_INFINITY, 1n, () => 1, Symbol('s'), undefined])(
    'holds no %s',
    (value) => {
      expect(() => canonical(value)).toThrow('the record holds no')
      if (value !== undefined) expect(() => canonical({ deep: [value] })).toThrow('the record holds no')
    },
  )
})
