// The difference that is voted on, in the picture; it comes from frozen texts and does not change any more.
import { lazy, Suspense } from 'react'
import type { Poll } from '../../shared/meeting/state.ts'
import { TextBoundary, untilLoaded } from './LiveText.tsx'

export const loadLiveAmendment = () => import('../editor/difference/PollDifference.tsx')

const PollDifference = lazy(() =>
  untilLoaded(loadLiveAmendment).then((it) => ({ default: it.PollDifference })),
)

export const LiveAmendment = ({ meetingId, poll }: { meetingId: string; poll: Poll }) => {
  const { amendment, text } = poll
  if (amendment === undefined) return null
  return (
    <TextBoundary>
      <Suspense fallback={null}>
        <PollDifference meetingId={meetingId} poll={{ amendment, text }} size="screen" />
      </Suspense>
    </TextBoundary>
  )
}
