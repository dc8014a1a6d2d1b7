// On the ballot: which amendment is voted on, and what it changes.
import { lazy, Suspense } from 'react'
import type { MeetingState, Poll } from '../../../shared/meeting/state.ts'
import { Skeleton } from '../../kit/Skeleton.tsx'
import { amendmentWords } from '../../words/amendments.ts'
import { useWords } from '../../words/words.ts'
import { useIsWide } from '../useIsWide.ts'
import styles from './amendments.module.css'

const PollDifference = lazy(() =>
  import('../../editor/difference/PollDifference.tsx').then((it) => ({ default: it.PollDifference })),
)

export const PolledAmendment = ({ state, poll }: { state: MeetingState; poll: Poll }) => {
  const word = useWords(amendmentWords)
  const isWide = useIsWide()
  const { amendment, text } = poll
  if (amendment === undefined) return null
  const title = state.amendments.find(({ amendmentId }) => amendmentId === amendment.amendmentId)?.title ?? ''
  return (
    <section className={styles.section}>
      <p>
        <b>{word('pollAbout', { title })}</b> {word('pollShows')}
      </p>
      <Suspense fallback={<Skeleton lines={3} />}>
        <PollDifference
          meetingId={state.meetingId}
          poll={{ amendment, text }}
          size={isWide ? 'laptop' : 'phone'}
        />
      </Suspense>
    </section>
  )
}
