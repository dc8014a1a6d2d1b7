// Reading something from the hall: waiting, trouble with a way to try again, and the thing itself.
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import type { Refusal } from '../../shared/kernel/result.ts'
import { Banner } from '../kit/Banner.tsx'
import { Button } from '../kit/Button.tsx'
import { Skeleton } from '../kit/Skeleton.tsx'
import { get } from '../link/api.ts'
import { useRefusal } from '../words/refusals.ts'
import { townWords } from '../words/town.ts'
import { useWords } from '../words/words.ts'

export type Loaded<T> =
  | { readonly status: 'loading' }
  | { readonly status: 'refused'; readonly refusal: Refusal }
  | { readonly status: 'loaded'; readonly value: T }

/** What was read stays in sight while it is read again. `null` reads nothing yet. */
export const useLoaded = <T,>(path: string | null): readonly [Loaded<T>, () => void] => {
  const [loaded, setLoaded] = useState<Loaded<T>>({ status: 'loading' })
  const [round, setRound] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` asks again
  useEffect(() => {
    if (path === null) return
    let isCurrent = true
    void get<T>(path).then((answer) => {
      if (!isCurrent) return
      if (answer.ok) setLoaded({ status: 'loaded', value: answer.value })
      else
        setLoaded((before) =>
          before.status === 'loaded' ? before : { status: 'refused', refusal: answer.refusal },
        )
    })
    return () => {
      isCurrent = false
    }
  }, [path, round])
  return [loaded, useCallback(() => setRound((before) => before + 1), [])]
}

interface LoadedViewProps<T> {
  loaded: Loaded<T>
  again: () => void
  lines?: number
  children: (value: T) => ReactNode
}

export const LoadedView = <T,>({ loaded, again, lines = 4, children }: LoadedViewProps<T>) => {
  const word = useWords(townWords)
  const refusalWord = useRefusal()
  switch (loaded.status) {
    case 'loading':
      return <Skeleton lines={lines} />
    case 'refused':
      return (
        <Banner tone="warn" action={<Button onPress={again}>{word('again')}</Button>}>
          {refusalWord(loaded.refusal)}
        </Banner>
      )
    case 'loaded':
      return children(loaded.value)
  }
}
