// Whose caret is where: a line in the person's colour with a flag that bears the name. The flag shows while the
// person works there, and under the pointer; the names of all stand above the text as well.
import type { DecorationAttrs } from '@tiptap/pm/view'
import type { Awareness } from 'y-protocols/awareness'
import { safeColour } from './colours.ts'
import { keepFlagInside } from './flagSide.ts'

const nameCharsMax = 20
const flagShownMs = 2_500

export interface EditingPerson {
  readonly clientId: number
  readonly key: string
  readonly name: string
  readonly colour: string
}

/** What this client tells the others of itself. */
export interface AwarenessUser {
  readonly name: string
  readonly color: string
  readonly actorId: string
}

const isRecord = (it: unknown): it is Readonly<Record<string, unknown>> =>
  typeof it === 'object' && it !== null

const nameOf = (user: Readonly<Record<string, unknown>>): string =>
  typeof user.name === 'string' ? Array.from(user.name.trim()).slice(0, nameCharsMax).join('') : ''

const workedAt = new Map<number, number>()

/** Nothing of a remote name reaches the page but as text. */
export const caretElement = (user: unknown, clientId: number): HTMLElement => {
  const about = isRecord(user) ? user : {}
  const colour = safeColour(about.color, clientId)
  const caret = document.createElement('span')
  caret.className = 'draft-caret'
  caret.dataset.client = String(clientId)
  caret.style.setProperty('--who', colour)
  const flag = document.createElement('span')
  flag.className = 'draft-flag'
  flag.textContent = nameOf(about)
  // Word joiners keep the line from breaking around the caret.
  caret.append('\u2060', flag, '\u2060')
  if (performance.now() - (workedAt.get(clientId) ?? Number.NEGATIVE_INFINITY) < flagShownMs) showFlag(caret)
  return caret
}

export const selectionLook = (user: unknown, clientId: number): DecorationAttrs => ({
  class: 'draft-selection',
  style: `--who: ${safeColour(isRecord(user) ? user.color : null, clientId)}`,
})

const hiding = new WeakMap<Element, ReturnType<typeof setTimeout>>()

const showFlag = (caret: HTMLElement): void => {
  const earlier = hiding.get(caret)
  if (earlier !== undefined) clearTimeout(earlier)
  caret.classList.add('draft-caret-working')
  keepFlagInside(caret)
  hiding.set(
    caret,
    setTimeout(() => caret.classList.remove('draft-caret-working'), flagShownMs),
  )
}

/** Shows the flags of those whose caret moved or whose text changed. */
export const showWorkers = (root: HTMLElement, clients: readonly number[]): void => {
  for (const clientId of clients) {
    workedAt.set(clientId, performance.now())
    const caret = root.querySelector<HTMLElement>(`.draft-caret[data-client="${clientId}"]`)
    if (caret !== null) showFlag(caret)
  }
}

export const forgetWorkers = (clients: readonly number[]): void => {
  for (const clientId of clients) workedAt.delete(clientId)
}

/** Those who have the text open for editing, this page first; one entry a person, however many devices. */
export const editingPeople = (awareness: Awareness): readonly EditingPerson[] => {
  const people = new Map<string, EditingPerson>()
  const states = [...awareness.getStates()].sort(
    ([a], [b]) => Number(b === awareness.clientID) - Number(a === awareness.clientID) || a - b,
  )
  for (const [clientId, state] of states) {
    const user: unknown = state.user
    if (!isRecord(user)) continue
    const name = nameOf(user)
    const key = typeof user.actorId === 'string' ? user.actorId : String(clientId)
    if (name === '' || people.has(key)) continue
    people.set(key, { clientId, key, name, colour: safeColour(user.color, clientId) })
  }
  return [...people.values()]
}
