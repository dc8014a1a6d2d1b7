// Owns the small steps of reading unknown JSON, each of which says in words what is wrong.
import type { RefusalCode } from '../kernel/refusals.ts'
import { type Fault, fault } from './fault.ts'

/** Ends a reading; caught once, where the reading began, and turned into its fault. */
export class BadInput extends Error {
  readonly fault: Fault

  constructor(zh: string, en: string, code: RefusalCode = 'malformed') {
    super(en)
    this.fault = fault(code, zh, en)
  }
}

export type Source = Readonly<Record<string, unknown>>

export const readRecord = (value: unknown, what: string): Source => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Source
  throw new BadInput(`${what} 须是一个对象`, `${what} must be an object`)
}

export const readList = (value: unknown, what: string): readonly unknown[] => {
  if (Array.isArray(value)) return value
  throw new BadInput(`${what} 须是一个列表`, `"${what}" must be a list`)
}

export const readText = (value: unknown, what: string): string => {
  if (typeof value === 'string' && value.length > 0 && value.length <= 200) return value
  throw new BadInput(`${what} 须是 1 到 200 个字的文本`, `${what} must be a text of 1 to 200 characters`)
}
