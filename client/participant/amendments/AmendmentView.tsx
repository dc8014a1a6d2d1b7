// One amendment on a phone or laptop: what it is for, how it stands, its difference, and for its proposer the editor.
import { lazy, Suspense, useState } from 'react'
import { mayEditAmendment } from '../../../shared/meeting/amendments.ts'
import type { Amendment } from '../../../shared/meeting/state.ts'
import { amendmentStanding } from '../../../shared/views/amendmentStanding.ts'
import type { AmendmentDifferenceProps } from '../../editor/difference/AmendmentDifference.tsx'
import { Conflicts } from '../../editor/difference/Conflicts.tsx'
import { useAmendmentTexts } from '../../editor/difference/texts.ts'
import { useStanding } from '../../editor/difference/useStanding.ts'
import { Badge } from '../../kit/Badge.tsx'
import { Banner } from '../../kit/Banner.tsx'
import { Button } from '../../kit/Button.tsx'
import { Confirm } from '../../kit/Confirm.tsx'
import { Skeleton } from '../../kit/Skeleton.tsx'
import { Tabs } from '../../kit/Tabs.tsx'
import { useMeeting } from '../../link/meeting.ts'
import { amendmentWords } from '../../words/amendments.ts'
import { useWords } from '../../words/words.ts'
import type { Room } from '../MeetingFrame.tsx'
import { useIsWide } from '../useIsWide.ts'
import { useOrder } from '../useOrder.ts'
import styles from './amendments.module.css'
import { standingTones } from './standingTones.ts'

const DraftEditor = lazy(() =>
  import('../../editor/DraftEditor.tsx').then((it) => ({ default: it.DraftEditor })),
)
const AmendmentDifference = lazy(() =>
  import('../../editor/difference/AmendmentDifference.tsx').then((it) => ({
    default: it.AmendmentDifference,
  })),
)

type Sheet = 'difference' | 'text'

export const AmendmentView = ({
  state,
  me,
  amendment,
  onBack,
}: Room & { amendment: Amendment; onBack: () => void }) => {
  const word = useWords(amendmentWords)
  const isWide = useIsWide()
  const names = useMeeting((it) => it.names)
  const mayEdit = mayEditAmendment(state, amendment, me)
  const [sheet, setSheet] = useState<Sheet>(mayEdit ? 'text' : 'difference')
  const texts = useAmendmentTexts(
    state.meetingId,
    amendment.amendmentId,
    `${amendment.base.sha256} ${amendment.status} ${sheet}`,
  )
  const standing = amendmentStanding(state, amendment)
  const isMine = amendment.seatId === me.seatId
  const size: AmendmentDifferenceProps['size'] = isWide ? 'laptop' : 'phone'
  return (
    <article className={styles.section}>
      <header className={styles.viewHead}>
        <Button kind="quiet" onPress={onBack}>
          {word('backToDraft')}
        </Button>
        <h2 className={styles.heading}>{amendment.title}</h2>
        <p className={styles.facts}>
          <Badge tone={standingTones[standing]}>{word(`standing_${standing}`)}</Badge>
          <span>
            {isMine
              ? word('byMe')
              : word('by', { name: names[amendment.seatId]?.name ?? amendment.seatId.slice(-4) })}
          </span>
        </p>
        {amendment.purpose === '' ? null : <p>{word('purpose', { purpose: amendment.purpose })}</p>}
        {amendment.reason === '' ? null : <p>{word('reason', { reason: amendment.reason })}</p>}
        {amendment.passage === '' ? null : (
          <blockquote className={styles.passage}>{amendment.passage}</blockquote>
        )}
      </header>
      {amendment.status === 'open' ? (
        <Moved amendment={amendment} texts={texts.value} mayEdit={mayEdit} />
      ) : null}
      <Tabs
        label={word('amendment')}
        selected={sheet}
        onSelect={(id) => setSheet(id === 'text' ? 'text' : 'difference')}
        tabs={[
          {
            id: 'difference',
            label: word('tabDifference'),
            content: (
              <Suspense fallback={<Skeleton lines={5} />}>
                <AmendmentDifference texts={texts} size={size} />
              </Suspense>
            ),
          },
          {
            id: 'text',
            label: word(mayEdit ? 'tabEdit' : 'tabText'),
            content: (
              <Suspense fallback={<Skeleton lines={8} />}>
                <DraftEditor
                  draftId={amendment.draftId}
                  mayEdit={mayEdit}
                  me={{
                    actorId: me.actorId,
                    name: me.name,
                    colorSeed: Object.keys(state.seats).indexOf(me.seatId ?? '') + 1,
                  }}
                  size={size}
                />
              </Suspense>
            ),
          },
        ]}
      />
      {amendment.status === 'open' ? <p className={styles.quiet}>{word('discussHint')}</p> : null}
      {mayEdit && isMine ? <Withdraw amendment={amendment} onDone={onBack} /> : null}
    </article>
  )
}

/** Says when the draft has moved on or clashes, and offers its proposer to bring the newer text in. */
const Moved = ({
  amendment,
  texts,
  mayEdit,
}: {
  amendment: Amendment
  texts: Parameters<typeof useStanding>[0]
  mayEdit: boolean
}) => {
  const word = useWords(amendmentWords)
  const { order, isPending } = useOrder()
  const standing = useStanding(texts)
  if (!standing?.hasMoved) return null
  const { conflicts } = standing
  const { length: count } = conflicts
  const notice = (
    <Banner
      tone={count > 0 ? 'warn' : 'info'}
      action={
        mayEdit ? (
          <Button
            isPending={isPending}
            onPress={() => void order({ type: 'rebaseAmendment', amendmentId: amendment.amendmentId })}
          >
            {word('rebase')}
          </Button>
        ) : null
      }
    >
      {count > 0 ? word('clashes', { count }) : word('movedOn')}
    </Banner>
  )
  return (
    <>
      {notice}
      <Conflicts conflicts={conflicts} />
    </>
  )
}

const Withdraw = ({ amendment, onDone }: { amendment: Amendment; onDone: () => void }) => {
  const word = useWords(amendmentWords)
  const { order, isPending } = useOrder()
  const [isOpen, setOpen] = useState(false)
  const withdraw = async () => {
    if (await order({ type: 'withdrawAmendment', amendmentId: amendment.amendmentId })) onDone()
  }
  return (
    <div>
      <Button kind="quiet" onPress={() => setOpen(true)}>
        {word('withdraw')}
      </Button>
      <Confirm
        title={word('withdrawTitle')}
        body={<p>{word('withdrawBody')}</p>}
        confirmLabel={word('withdraw')}
        danger
        isOpen={isOpen}
        isPending={isPending}
        onClose={() => setOpen(false)}
        onConfirm={() => void withdraw()}
      />
    </div>
  )
}
