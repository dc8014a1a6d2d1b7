// Passages that an amendment and the draft both changed since the one was forked off the other.
import { useMemo } from 'react'
import type { Difference } from '../../../shared/drafts/difference.ts'
import { type Conflict, conflictsBetween } from '../../../shared/drafts/differenceThreeWay.ts'
import type { AmendmentTexts } from './texts.ts'
import { useDifference } from './useDifference.ts'

export interface Standing {
  /** What the amendment makes of its base. */
  readonly ours: Difference
  readonly conflicts: readonly Conflict[]
  /** The draft is no longer what the amendment was made from. */
  readonly hasMoved: boolean
}

export const useStanding = (texts: AmendmentTexts | null): Standing | null => {
  const ours = useDifference(texts?.base ?? null, texts?.fork ?? null)
  const theirs = useDifference(texts?.base ?? null, texts?.now ?? null)
  return useMemo(
    () =>
      ours === null || theirs === null
        ? null
        : { ours, conflicts: conflictsBetween(ours, theirs), hasMoved: theirs.figures.lines > 0 },
    [ours, theirs],
  )
}
