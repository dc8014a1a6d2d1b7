// The agenda while it is being put together: items and sub-items as one list, reordered by drag or by keys. Pure.
import type { MeetingAsk } from '../../../shared/wire/http.ts'

export interface AgendaLine {
  readonly key: string
  readonly title: string
  readonly minutes: number
  /** 1 for a sub-item of the nearest item above. */
  readonly depth: 0 | 1
}

export type Agenda = readonly AgendaLine[]

/** The line and, under an item, its sub-items: what moves together. */
const blockOf = (agenda: Agenda, at: number): Agenda => {
  const line = agenda[at]
  if (line === undefined || line.depth === 1) return agenda.slice(at, at + 1)
  const next = agenda.findIndex((other, index) => index > at && other.depth === 0)
  return agenda.slice(at, next === -1 ? agenda.length : next)
}

/** Places between whole blocks, where an item may stand. */
const boundariesOf = (agenda: Agenda): number[] => [
  ...agenda.flatMap((line, index) => (line.depth === 0 ? [index] : [])),
  agenda.length,
]

const nearest = (places: readonly number[], wanted: number): number =>
  places.reduce((best, place) => (Math.abs(place - wanted) < Math.abs(best - wanted) ? place : best), 0)

/** `to` counts among the lines that do not move. A sub-item never stands first; an item never splits another. */
export const moveTo = (agenda: Agenda, key: string, to: number): Agenda => {
  const at = agenda.findIndex((line) => line.key === key)
  const line = agenda[at]
  if (line === undefined) return agenda
  const block = blockOf(agenda, at)
  const rest = agenda.filter((other) => !block.includes(other))
  const place = line.depth === 0 ? nearest(boundariesOf(rest), to) : Math.min(Math.max(to, 1), rest.length)
  return [...rest.slice(0, place), ...block, ...rest.slice(place)]
}

/** One step up or down: a sub-item past one line, an item past a whole other item. */
export const moveBy = (agenda: Agenda, key: string, step: -1 | 1): Agenda => {
  const at = agenda.findIndex((line) => line.key === key)
  const line = agenda[at]
  if (line === undefined) return agenda
  if (line.depth === 1) return moveTo(agenda, key, at + step)
  const block = blockOf(agenda, at)
  const boundaries = boundariesOf(agenda.filter((other) => !block.includes(other)))
  const place = boundaries[boundaries.indexOf(at) + step]
  return place === undefined ? agenda : moveTo(agenda, key, place)
}

/** An item without sub-items of its own becomes the last sub-item of the one above. */
export const indent = (agenda: Agenda, key: string): Agenda => {
  const at = agenda.findIndex((line) => line.key === key)
  if (at < 1 || agenda[at]?.depth === 1 || blockOf(agenda, at).length > 1) return agenda
  return agenda.map((line) => (line.key === key ? { ...line, depth: 1 } : line))
}

/** A sub-item becomes the item behind the one it stood under. */
export const outdent = (agenda: Agenda, key: string): Agenda => {
  const at = agenda.findIndex((line) => line.key === key)
  const line = agenda[at]
  if (line === undefined || line.depth === 0) return agenda
  const rest = agenda.filter((other) => other.key !== key)
  const next = rest.findIndex((other, index) => index >= at && other.depth === 0)
  const place = next === -1 ? rest.length : next
  return [...rest.slice(0, place), { ...line, depth: 0 }, ...rest.slice(place)]
}

export const addItem = (agenda: Agenda, key: string): Agenda => [
  ...agenda,
  { key, title: '', minutes: 10, depth: 0 },
]

export const addChild = (agenda: Agenda, parentKey: string, key: string): Agenda => {
  const at = agenda.findIndex((line) => line.key === parentKey)
  const end = at + blockOf(agenda, at).length
  return [...agenda.slice(0, end), { key, title: '', minutes: 5, depth: 1 }, ...agenda.slice(end)]
}

/** An item goes with its sub-items. */
export const removeLine = (agenda: Agenda, key: string): Agenda => {
  const block = blockOf(
    agenda,
    agenda.findIndex((line) => line.key === key),
  )
  return agenda.filter((line) => !block.includes(line))
}

export const changeLine = (
  agenda: Agenda,
  key: string,
  part: Partial<Pick<AgendaLine, 'title' | 'minutes'>>,
): Agenda => agenda.map((line) => (line.key === key ? { ...line, ...part } : line))

/** `2` or `2.1` for every line. */
export const numbersOf = (agenda: Agenda): string[] => {
  let item = 0
  let child = 0
  return agenda.map((line) => {
    if (line.depth === 0) {
      item += 1
      child = 0
      return `${item}`
    }
    child += 1
    return `${item}.${child}`
  })
}

/** Minutes of the items; those of sub-items are within their item's, unless they come to more. */
export const minutesOf = (agenda: Agenda): number => {
  let total = 0
  for (const [at, line] of agenda.entries()) {
    if (line.depth === 1) continue
    const children = blockOf(agenda, at).slice(1)
    total += Math.max(
      line.minutes,
      children.reduce((sum, child) => sum + child.minutes, 0),
    )
  }
  return total
}

type AgendaAsk = NonNullable<MeetingAsk['agenda']>

export const askOfAgenda = (agenda: Agenda): AgendaAsk => {
  const asked: (AgendaAsk[number] & { children: { title: string; minutes: number }[] })[] = []
  for (const { title, minutes, depth } of agenda) {
    const line = { title: title.trim(), minutes }
    if (depth === 0) asked.push({ ...line, children: [] })
    else asked.at(-1)?.children.push(line)
  }
  return asked
}
