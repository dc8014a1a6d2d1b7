// Reads something from the hall once, and again on demand.
import { useCallback, useEffect, useState } from 'react'
import type { Refusal } from '../../shared/kernel/result.ts'
import { get } from '../link/api.ts'

export interface Asked<T> {
  readonly value: T | null
  readonly refusal: Refusal | null
  readonly again: () => void
}

/** @param version asks anew whenever it changes */
export const useAsked = <T>(path: string, version: number | string = 0): Asked<T> => {
  const [answer, setAnswer] = useState<{ value: T | null; refusal: Refusal | null }>({
    value: null,
    refusal: null,
  })
  const [round, setRound] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round or version asks again
  useEffect(() => {
    let isCurrent = true
    void get<T>(path).then((it) => {
      if (!isCurrent) return
      if (it.ok) setAnswer({ value: it.value, refusal: null })
      else setAnswer((before) => ({ ...before, refusal: it.refusal }))
    })
    return () => {
      isCurrent = false
    }
  }, [path, version, round])
  const again = useCallback(() => setRound((count) => count + 1), [])
  return { ...answer, again }
}
