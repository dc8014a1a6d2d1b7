// Computes a difference in slices, so that a long text does not hold the page up.
import { useEffect, useState } from 'react'
import { type Difference, differenceInSteps, linesOf } from '../../../shared/drafts/difference.ts'

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
