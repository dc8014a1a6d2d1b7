// Telling which of the codes that come from outside are refusals this page has words for.
import { type RefusalCode, refusalCodes } from '../../shared/kernel/refusals.ts'
import type { Refusal } from '../../shared/kernel/result.ts'
import type { RosterImport } from '../../shared/wire/http.ts'

const known: ReadonlySet<string> = new Set(refusalCodes)

export const isRefusalCode = (code: string): code is RefusalCode => known.has(code)

/** A refusal that travelled inside of an answer; `null` where there is none, or none that this page knows. */
export const refusalFrom = (wire: RosterImport['refusal']): Refusal | null => {
  if (wire === null || !isRefusalCode(wire.code)) return null
  return wire.detail === undefined ? { code: wire.code } : { code: wire.code, detail: wire.detail }
}
