// Owns two ways of putting questions: several at once as a block with exceptions, and a hint where one motion seems to
// hold several questions.
import type { Words } from '../rules/preset.ts'

export type BlockVote = 'yes' | 'no' | 'abstain'

/** One ballot on a block of items: one answer for all, and another for those that a seat takes out. */
export interface BlockBallot {
  readonly all: BlockVote
  readonly except: Readonly<Record<string, BlockVote>>
}

/**
 * A block ballot as one ballot per item, so that each item is counted by itself. Undefined where an exception names
 * an item that is not in the block.
 */
export const unfoldBlock = (
  items: readonly string[],
  ballot: BlockBallot,
): ReadonlyMap<string, BlockVote> | undefined => {
  const exceptions = new Map(Object.entries(ballot.except))
  if ([...exceptions.keys()].some((item) => !items.includes(item))) return undefined
  return new Map(items.map((item) => [item, exceptions.get(item) ?? ballot.all]))
}

/** The items on which every ballot agrees with its own block answer, and those that somebody took out. */
export const splitBlock = (
  items: readonly string[],
  ballots: readonly BlockBallot[],
): { together: string[]; apart: string[] } => {
  const apart = new Set(
    ballots.flatMap(({ all, except }) =>
      Object.entries(except)
        .filter(([, vote]) => vote !== all)
        .map(([item]) => item),
    ),
  )
  return {
    together: items.filter((item) => !apart.has(item)),
    apart: items.filter((item) => apart.has(item)),
  }
}

/** What in a question made it look like several. */
export type BundleSign = 'questionMarks' | 'numberedParts' | 'joiningWords' | 'semicolons'

export interface BundleHint {
  signs: BundleSign[]
  hint: Words
}

/** "1." "2、" "(三)" at the start of a part, and "④" anywhere; full-width signs are written as \uffXX. */
const numberedPart =
  /(?:^|[\s,;.:。\uff0c\uff1b\uff1a])[(\uff08]?(?:\d{1,2}|[一二三四五六七八九十])[)\uff09、.]|[①-⑩]/g

const signs: Readonly<Record<BundleSign, (question: string) => boolean>> = {
  questionMarks: (question) => (question.match(/[?\uff1f]/g)?.length ?? 0) > 1,
  numberedParts: (question) => (question.match(numberedPart)?.length ?? 0) > 1,
  joiningWords: (question) =>
    /并且|同时|以及|另外|此外|\band also\b|\bas well as\b|\band to\b|\band whether\b/i.test(question),
  semicolons: (question) => /[;\uff1b]\s*\S/.test(question),
}

const hint: Words = {
  zh: '这个问题看起来包含几件事。若有人只赞成其中一件，请分开表决。',
  en: 'This question seems to hold several. If somebody could be for one and against another, vote on them one by one.',
}

/** A hint, never a refusal: null where a question looks like one. */
export const bundleHint = (question: string): BundleHint | null => {
  const found = (Object.keys(signs) as BundleSign[]).filter((sign) => signs[sign](question))
  return found.length === 0 ? null : { signs: found, hint }
}
