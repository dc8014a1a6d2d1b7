// The difference that a poll on an amendment is about, from the texts that the poll froze.
import type { Poll } from '../../../shared/meeting/state.ts'
import { Banner } from '../../kit/Banner.tsx'
import { Button } from '../../kit/Button.tsx'
import { Skeleton } from '../../kit/Skeleton.tsx'
import { differenceWords } from '../../words/differences.ts'
import { useRefusal } from '../../words/refusals.ts'
import { useWords } from '../../words/words.ts'
import { DifferenceText } from './DifferenceText.tsx'
import { useFrozenText } from './texts.ts'
import { useDifference, useFormed } from './useDifference.ts'
import { useForms } from './useForms.ts'

export interface PollDifferenceProps {
  meetingId: string
  poll: Pick<Poll, 'text'> & { readonly amendment: NonNullable<Poll['amendment']> }
  size: 'phone' | 'laptop' | 'screen'
}

export const PollDifference = ({ meetingId, poll, size }: PollDifferenceProps) => {
  const word = useWords(differenceWords)
  const inWords = useRefusal()
  const base = useFrozenText(meetingId, poll.amendment.base.sha256)
  const fork = useFrozenText(meetingId, poll.text.sha256)
  const words = useDifference(base.value, fork.value)
  const baseForms = useForms('frozen', poll.amendment.base)
  const forkForms = useForms('frozen', poll.text)
  const difference = useFormed(
    words,
    { text: base.value ?? '', forms: baseForms },
    { text: fork.value ?? '', forms: forkForms },
  )
  const refusal = base.refusal ?? fork.refusal
  const again = () => {
    base.again()
    fork.again()
  }
  if (refusal !== null) {
    return (
      <Banner
        tone="warn"
        action={size === 'screen' ? null : <Button onPress={again}>{word('retry')}</Button>}
      >
        {inWords(refusal)}
      </Banner>
    )
  }
  if (difference === null) return <Skeleton lines={4} />
  return <DifferenceText difference={difference} layout="inline" size={size} />
}
