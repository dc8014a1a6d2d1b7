// The amendments to the current item's draft: how each stands, whether the draft has moved on under it, and what to do.
import { lazy, Suspense, useState } from 'react'
import { mayEditAmendment } from '../../../shared/meeting/amendments.ts'
import type { AgendaItem, Amendment } from '../../../shared/meeting/state.ts'
import {
  type AmendmentStanding,
  amendmentStanding,
  amendmentsOf,
  lastPollOn,
} from '../../../shared/views/amendmentStanding.ts'
import { openPoll } from '../../../shared/views/polls.ts'
import { useAmendmentTexts } from '../../editor/difference/texts.ts'
import { Badge, type BadgeTone } from '../../kit/Badge.tsx'
import { Button } from '../../kit/Button.tsx'
import { Skeleton } from '../../kit/Skeleton.tsx'
import { useMeeting } from '../../link/meeting.ts'
import { amendmentWords } from '../../words/amendments.ts'
import { useWords } from '../../words/words.ts'
import { useMay, useMeetingParts, useSeatName } from '../cockpit.ts'
import { openDialog } from '../dialogs.ts'
import { useOrder } from '../useOrder.ts'
import styles from './amendments.module.css'
import { MovedNotice } from './MovedNotice.tsx'

const DraftEditor = lazy(() =>
  import('../../editor/DraftEditor.tsx').then((it) => ({ default: it.DraftEditor })),
)
const AmendmentDifference = lazy(() =>
  import('../../editor/difference/AmendmentDifference.tsx').then((it) => ({
    default: it.AmendmentDifference,
  })),
)

const tones: Readonly<Record<AmendmentStanding, BadgeTone>> = {
  open: 'plain',
  voting: 'live',
  carried: 'good',
  lost: 'warn',
  withdrawn: 'plain',
  adopted: 'good',
  rejected: 'bad',
}

export const AmendmentsPanel = ({ item }: { item: AgendaItem }) => {
  const state = useMeetingParts('amendments', 'phase', 'attendance')
  const word = useWords(amendmentWords)
  const may = useMay()
  const amendments = amendmentsOf(state, item.itemId)
  const isOpen = state.phase !== 'convened' && state.phase !== 'closed'
  return (
    <section className={styles.panel} aria-label={word('amendments')}>
      <header className={styles.head}>
        <h2 className={styles.title}>
          {amendments.length === 0
            ? word('amendments')
            : word('amendmentsCount', { count: amendments.length })}
        </h2>
        {isOpen && may('proposeAmendment') ? (
          <Button kind="quiet" onPress={() => openDialog({ kind: 'proposeFor', itemId: item.itemId })}>
            {word('proposeFor')}
          </Button>
        ) : null}
      </header>
      {amendments.length === 0 ? <p className={styles.quiet}>{word('noneCockpit')}</p> : null}
      {amendments.map((amendment) => (
        <Entry key={amendment.amendmentId} amendment={amendment} />
      ))}
    </section>
  )
}

const Entry = ({ amendment }: { amendment: Amendment }) => {
  const state = useMeetingParts('polls', 'pollOrder', 'phase')
  const word = useWords(amendmentWords)
  const seatName = useSeatName()
  const [opened, setOpened] = useState<'difference' | 'text' | null>(null)
  const standing = amendmentStanding(state, amendment)
  const toggle = (sheet: 'difference' | 'text') => setOpened(opened === sheet ? null : sheet)
  return (
    <article className={styles.entry} data-amendment={amendment.amendmentId}>
      <header className={styles.entryHead}>
        <h3 className={styles.entryTitle}>{amendment.title}</h3>
        <Badge tone={tones[standing]}>{word(`standing_${standing}`)}</Badge>
      </header>
      <p className={styles.quiet}>
        {word('by', { name: seatName(amendment.seatId) })}
        {amendment.purpose === '' ? '' : ` · ${amendment.purpose}`}
      </p>
      {amendment.passage === '' ? null : (
        <blockquote className={styles.passage}>{amendment.passage}</blockquote>
      )}
      {amendment.reason === '' ? null : <p>{word('reason', { reason: amendment.reason })}</p>}
      {amendment.status === 'open' ? <MovedNotice amendment={amendment} mayRebase /> : null}
      <div className={styles.keys}>
        <Steps amendment={amendment} standing={standing} />
        <Button isPressed={opened === 'difference'} onPress={() => toggle('difference')}>
          {word('tabDifference')}
        </Button>
        <Button kind="quiet" isPressed={opened === 'text'} onPress={() => toggle('text')}>
          {word('tabText')}
        </Button>
      </div>
      {opened === 'difference' ? <TheDifference amendment={amendment} /> : null}
      {opened === 'text' ? <TheText amendment={amendment} /> : null}
    </article>
  )
}

/** What may be done with it now, the next step first. */
const Steps = ({ amendment, standing }: { amendment: Amendment; standing: AmendmentStanding }) => {
  const state = useMeetingParts('polls', 'pollOrder', 'phase')
  const word = useWords(amendmentWords)
  const may = useMay()
  const { amendmentId, itemId } = amendment
  if (state.phase !== 'inSession' || openPoll(state) !== null || !may('adoptAmendment')) return null
  const polled = lastPollOn(state, amendmentId)?.pollId ?? null
  const reject = () => openDialog({ kind: 'rejectAmendment', amendmentId, pollId: polled })
  const adopt = () => openDialog({ kind: 'adoptAmendment', amendmentId, pollId: polled })
  if (standing === 'carried') {
    return (
      <Button kind="primary" onPress={adopt}>
        {word('adopt')}
      </Button>
    )
  }
  if (standing === 'lost') {
    return (
      <Button kind="primary" onPress={reject}>
        {word('reject')}
      </Button>
    )
  }
  if (standing !== 'open') return null
  return (
    <>
      <Button kind="primary" onPress={() => openDialog({ kind: 'composePoll', itemId, amendmentId })}>
        {word('putToVote')}
      </Button>
      <Button onPress={adopt}>{word('adoptByConsent')}</Button>
      <Button onPress={reject}>{word('reject')}</Button>
    </>
  )
}

const TheDifference = ({ amendment }: { amendment: Amendment }) => {
  const meetingId = useMeeting((it) => it.state?.meetingId ?? '')
  const { amendmentId, base, status } = amendment
  const texts = useAmendmentTexts(meetingId, amendmentId, `${base.sha256} ${status}`)
  return (
    <Suspense fallback={<Skeleton lines={5} />}>
      <AmendmentDifference texts={texts} size="laptop" />
    </Suspense>
  )
}

const TheText = ({ amendment }: { amendment: Amendment }) => {
  const state = useMeetingParts('polls', 'phase', 'amendments')
  const me = useMeeting((it) => it.me)
  const word = useWords(amendmentWords)
  const { order, pending } = useOrder()
  if (me === null) return null
  const mayEdit = mayEditAmendment(state, amendment, me)
  const { amendmentId, draftId } = amendment
  return (
    <div className={styles.panel}>
      <Suspense fallback={<Skeleton lines={6} />}>
        <DraftEditor
          draftId={draftId}
          mayEdit={mayEdit}
          me={{ actorId: me.actorId, name: me.name, colorSeed: me.actorId.length }}
          size="laptop"
        />
      </Suspense>
      {mayEdit ? (
        <div>
          <Button
            kind="quiet"
            isPending={pending}
            onPress={() => void order({ type: 'withdrawAmendment', amendmentId })}
          >
            {word('withdrawFor')}
          </Button>
        </div>
      ) : null}
    </div>
  )
}
