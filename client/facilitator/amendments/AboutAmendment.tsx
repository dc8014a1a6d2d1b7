// Where a poll meets an amendment in the cockpit: what is about to be asked, what is being asked, and what follows.
import { lazy, Suspense } from 'react'
import { isCarried } from '../../../shared/meeting/amendments.ts'
import type { Poll } from '../../../shared/meeting/state.ts'
import { useAmendmentTexts } from '../../editor/difference/texts.ts'
import { Button } from '../../kit/Button.tsx'
import { Skeleton } from '../../kit/Skeleton.tsx'
import { useMeeting } from '../../link/meeting.ts'
import { amendmentWords } from '../../words/amendments.ts'
import { useWords } from '../../words/words.ts'
import { useMay, useMeetingParts, useMeetingState } from '../cockpit.ts'
import { openDialog } from '../dialogs.ts'
import styles from './amendments.module.css'
import { MovedNotice } from './MovedNotice.tsx'

const AmendmentDifference = lazy(() =>
  import('../../editor/difference/AmendmentDifference.tsx').then((it) => ({
    default: it.AmendmentDifference,
  })),
)
const PollDifference = lazy(() =>
  import('../../editor/difference/PollDifference.tsx').then((it) => ({ default: it.PollDifference })),
)

/** In the form of a new poll: the change, and a warning where the draft changed the same passages. */
export const AskedAmendment = ({ amendmentId }: { amendmentId: string }) => {
  const { amendments, meetingId } = useMeetingState()
  const word = useWords(amendmentWords)
  const amendment = amendments.find((one) => one.amendmentId === amendmentId)
  const texts = useAmendmentTexts(meetingId, amendmentId, amendment?.base.sha256 ?? '')
  if (amendment === undefined) return null
  return (
    <section className={styles.about}>
      <h3 className={styles.entryTitle}>{word('pollAbout', { title: amendment.title })}</h3>
      <MovedNotice amendment={amendment} mayRebase />
      <Suspense fallback={<Skeleton lines={4} />}>
        <AmendmentDifference texts={texts} size="laptop" />
      </Suspense>
    </section>
  )
}

/** On a poll's card: the change it is about, as it was frozen. */
export const PolledAmendment = ({ poll }: { poll: Poll }) => {
  const { amendments } = useMeetingParts('amendments')
  const meetingId = useMeeting((it) => it.state?.meetingId ?? '')
  const word = useWords(amendmentWords)
  const { amendment, text } = poll
  if (amendment === undefined) return null
  const title = amendments.find((one) => one.amendmentId === amendment.amendmentId)?.title ?? ''
  return (
    <details className={styles.about}>
      <summary>{word('pollAbout', { title })}</summary>
      <Suspense fallback={<Skeleton lines={4} />}>
        <PollDifference meetingId={meetingId} poll={{ amendment, text }} size="laptop" />
      </Suspense>
    </details>
  )
}

/** Under a result: the step that the vote calls for, until it is taken. */
export const SettleByPoll = ({ poll }: { poll: Poll }) => {
  const { amendments, phase, polls } = useMeetingParts('amendments', 'phase', 'polls')
  const word = useWords(amendmentWords)
  const may = useMay()
  const amendmentId = poll.amendment?.amendmentId
  const amendment = amendments.find((one) => one.amendmentId === amendmentId)
  const isBusy = Object.values(polls).some(({ status }) => status === 'open')
  if (amendment?.status !== 'open' || poll.status !== 'closed' || phase !== 'inSession' || isBusy) return null
  if (!may('adoptAmendment')) return null
  const ask = { amendmentId: amendment.amendmentId, pollId: poll.pollId }
  return (
    <div className={styles.keys}>
      {isCarried(poll) ? (
        <Button kind="primary" onPress={() => openDialog({ kind: 'adoptAmendment', ...ask })}>
          {word('adopt')}
        </Button>
      ) : (
        <Button onPress={() => openDialog({ kind: 'rejectAmendment', ...ask })}>{word('reject')}</Button>
      )}
    </div>
  )
}
