// Owns the reading of a method from outside, by any of the names that people use for it.
import type { Method, MethodKind } from './method.ts'
import { BadInput, type Source } from './reader.ts'

/** Names in lower case without anything but letters, each with the method that it means. */
const kinds: ReadonlyMap<string, MethodKind> = new Map([
  ['yesno', 'yesNo'],
  ['yesnoabstain', 'yesNo'],
  ['chooseone', 'chooseOne'],
  ['plurality', 'chooseOne'],
  ['single', 'chooseOne'],
  ['chooseupto', 'chooseUpTo'],
  ['chooseuptok', 'chooseUpTo'],
  ['selection', 'chooseUpTo'],
  ['approval', 'approval'],
  ['score', 'score'],
  ['range', 'score'],
  ['irv', 'irv'],
  ['instantrunoff', 'irv'],
  ['stv', 'stv'],
  ['schulze', 'schulze'],
  ['beatpath', 'schulze'],
])

const scoreMaxByDefault = 100

const figureIn = (...values: readonly unknown[]): number | undefined => {
  const given = values.find((value) => value !== undefined && value !== null)
  if (given === undefined) return undefined
  if (typeof given === 'number' && Number.isSafeInteger(given) && given >= 1 && given <= 100) return given
  throw new BadInput(
    '计票法的上限须是 1 到 100 的整数',
    'the cap of a method must be a whole number from 1 to 100',
  )
}

const build = (kind: MethodKind, max: number | undefined, none: unknown, winners: unknown): Method => {
  const above = typeof none === 'string' ? { none } : {}
  switch (kind) {
    case 'yesNo':
      return { kind }
    case 'score':
      return { kind, max: max ?? scoreMaxByDefault, ...above }
    case 'approval':
      return max === undefined ? { kind, ...above } : { kind, max, ...above }
    case 'chooseUpTo': {
      const cap = max ?? figureIn(winners)
      if (cap === undefined)
        throw new BadInput('chooseUpTo 须写明上限 max', 'chooseUpTo needs its cap as "max"')
      return { kind, max: cap, ...above }
    }
    default:
      return { kind, ...above }
  }
}

/** A method as `"irv"`, `"chooseUpTo(2)"`, `"score(0..5)"` or `{ kind, max?, none? }`. */
export const readMethod = (poll: Source): Method => {
  const { method } = poll
  const source: Source = typeof method === 'object' && method !== null ? (method as Source) : { kind: method }
  const named = source.kind ?? source.name ?? source.type
  const text = typeof named === 'string' ? named : ''
  const inside = /\((?:0\s*\.\.\s*)?(\d{1,3})\)\s*$/.exec(text)
  const kind = kinds.get(
    text
      .replace(/\(.*$/, '')
      .toLowerCase()
      .replace(/[^a-z]/g, ''),
  )
  if (kind === undefined) {
    throw new BadInput(
      `没有“${text}”这种计票法`,
      `there is no method "${text}": yesNo, chooseOne, chooseUpTo, approval, score, irv, stv, schulze`,
    )
  }
  const max = figureIn(source.max, source.k, inside === null ? undefined : Number(inside[1]), poll.max)
  return build(kind, max, source.none ?? poll.none, poll.winners)
}
