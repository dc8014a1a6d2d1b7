// A decision either yields a value or a refusal: refusals are values, never thrown.
import type { RefusalCode } from './refusals.ts'

/** Figures that make a refusal's wording exact, such as `{ need: 54, have: 45 }`. */
export type RefusalDetail = Readonly<Record<string, string | number>>

export interface Refusal {
  readonly code: RefusalCode
  readonly detail?: RefusalDetail
}

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: Refusal }

export const accept = <T>(value: T): Result<T> => ({ ok: true, value })

export const refuse = (code: RefusalCode, detail?: RefusalDetail): Result<never> => ({
  ok: false,
  refusal: detail === undefined ? { code } : { code, detail },
})
