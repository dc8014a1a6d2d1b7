// Owns the Chinese punctuation that joins parts of a sentence, where no Chinese letter stands beside it in the code.
import type { Words } from './preset.ts'

const zhComma = '\uff0c'
const zhSemicolon = '\uff1b'
const zhColon = '\uff1a'

/** Clauses of one sentence, the empty ones left out. */
export const sentence = (clauses: readonly Words[]): Words => {
  const said = clauses.filter(({ zh }) => zh !== '')
  return { zh: said.map(({ zh }) => zh).join(zhComma), en: said.map(({ en }) => en).join(', ') }
}

/** Sentences side by side. */
export const together = (parts: readonly Words[]): Words => ({
  zh: parts.map(({ zh }) => zh).join(zhSemicolon),
  en: parts.map(({ en }) => en).join('; '),
})

/** "head: rest" */
export const headed = (head: Words, rest: Words): Words => ({
  zh: `${head.zh}${zhColon}${rest.zh}`,
  en: `${head.en}: ${rest.en}`,
})

/** "text (aside)" */
export const withAside = (text: Words, aside: Words): Words => ({
  zh: `${text.zh}\uff08${aside.zh}\uff09`,
  en: `${text.en} (${aside.en})`,
})
