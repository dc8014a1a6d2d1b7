// Owns the shape of "this cannot be counted": a refusal code and the reason in both languages.
import type { RefusalCode } from '../kernel/refusals.ts'
import type { Words } from '../rules/preset.ts'
import { headed } from '../rules/zhMarks.ts'

export interface Fault extends Words {
  code: RefusalCode
}

export const fault = (code: RefusalCode, zh: string, en: string): Fault => ({ code, zh, en })

/** The same fault with where it is put before it, such as "ballot 3". */
export const faultAt = (where: Words, { code, zh, en }: Fault): Fault => ({
  code,
  ...headed(where, { zh, en }),
})
