// The cells of a roster: how text is tidied, which fields there are, and how spreadsheets are kept from reading a
// name as a formula.

import { tidyLine } from '../../shared/kernel/visibleText.ts'

export const rosterFields = [
  'name',
  'party',
  'bodyRole',
  'household',
  'phone',
  'households',
  'weight',
] as const
export type RosterField = (typeof rosterFields)[number]

/** Rosters pad two-character names with a space (张　三): between Han characters it is no part of the name. */
export const tidyName = (text: string): string =>
  tidyLine(text).replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')

/** Digits without their punctuation where it is a telephone number; otherwise the text as it stands. */
export const tidyPhone = (text: string): string => {
  const bare = tidyLine(text.normalize('NFKC')).replace(/[\s().\-–—]/g, '')
  return isPhone(bare) ? bare : tidyLine(text)
}

/** A whole number of 1 or more, written in any digits; an empty cell is 1. NaN where it is none. */
export const figureOf = (text: string, max: number): number => {
  const plain = text.normalize('NFKC')
  if (plain === '') return 1
  const figure = /^\d{1,9}(\.0+)?$/.test(plain) ? Number(plain) : Number.NaN
  return figure >= 1 && figure <= max ? figure : Number.NaN
}

export const isPhone = (text: string): boolean => /^\+?\d{5,15}$/.test(text)

/** An identity number is never kept, wherever it was typed. */
export const isIdentityNumber = (text: string): boolean => /^\d{17}[\dXx]$/.test(text.replace(/\s/g, ''))

/** As 138****1234. */
export const maskPhone = (phone: string): string => {
  if (phone === '') return ''
  const [head, tail] = phone.length >= 11 ? [3, 4] : [1, Math.min(2, phone.length - 1)]
  return `${phone.slice(0, head)}****${tail > 0 ? phone.slice(-tail) : ''}`
}

/** Spreadsheets run a cell that begins so, full-width forms included. */
const startsFormula = /^[=+\-@\t\r＝＋－＠]/

/** `-` for "none" and +86… for a telephone are no formulas. */
export const isFormula = (cell: string): boolean =>
  startsFormula.test(cell) && !/^[-－—]+$/.test(cell) && !/^[+＋][\d\s()-]+$/.test(cell)

/** A quotation mark before such a cell makes spreadsheets show it; one before a mark keeps the way back unambiguous. */
export const guardCell = (cell: string): string =>
  startsFormula.test(cell) || cell.startsWith("'") ? `'${cell}` : cell

export const unguardCell = (cell: string): string =>
  /^'[=+\-@\t\r＝＋－＠']/.test(cell) ? cell.slice(1) : cell

/** Two rows with the same key are the same person. */
export const personKey = (person: { name: string; partyId: string; household: string }): string =>
  [person.name, person.partyId, person.household].join('\u0000').toLowerCase()
