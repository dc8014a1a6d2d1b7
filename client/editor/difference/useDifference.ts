// Computes a difference in slices, so that a long text does not hold the page up.
import { useEffect, useMemo, useState } from 'react'
import { type Difference, differenceInSteps, linesOf } from '../../../shared/drafts/difference.ts'
import { formsOf, withForms } from '../../../shared/drafts/differenceForms.ts'

const sliceMs = 8

/** `null` until it is computed, and while either text is missing. */
export const useDifference = (before: string | null, after: string | null): Difference | null => {
  const [difference, setDifference] = useState<Difference | null>(null)
  useEffect(() => {
    setDifference(null)
    if (before === null || after === null) return
    const steps = differenceInSteps(linesOf(before), linesOf(after))
    let timer: ReturnType<typeof setTimeout> | undefined
    const work = () => {
      const until = performance.now() + sliceMs
      while (performance.now() < until) {
        const { done, value } = steps.next()
        if (done) {
          setDifference(value)
          return
        }
      }
      timer = setTimeout(work)
    }
    work()
    return () => clearTimeout(timer)
  }, [before, after])
  return difference
}

export interface Formed {
  readonly text: string
  /** `lineForms` of the text; `null` while they are on their way. */
  readonly forms: string | null
}

/** With what changed in the forms of the lines, as soon as the forms of both texts are known. */
export const useFormed = (difference: Difference | null, before: Formed, after: Formed): Difference | null =>
  useMemo(() => {
    if (difference === null || before.forms === null || after.forms === null) return difference
    return withForms(difference, formsOf(before.forms, before.text), formsOf(after.forms, after.text))
  }, [difference, before.forms, before.text, after.forms, after.text])
