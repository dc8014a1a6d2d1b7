// The amendments to an item's draft, above the draft: a list, the way to propose one, and one of them opened.
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { whyNotPropose } from '../../../shared/meeting/amendments.ts'
import type { AgendaItem, Amendment } from '../../../shared/meeting/state.ts'
import { amendmentStanding, amendmentsOf } from '../../../shared/views/amendmentStanding.ts'
import { Badge } from '../../kit/Badge.tsx'
import { Button } from '../../kit/Button.tsx'
import { Skeleton } from '../../kit/Skeleton.tsx'
import { useMeeting } from '../../link/meeting.ts'
import { amendmentWords } from '../../words/amendments.ts'
import { useWords } from '../../words/words.ts'
import type { Room } from '../MeetingFrame.tsx'
import styles from './amendments.module.css'
import { ProposeDialog } from './ProposeDialog.tsx'
import { standingTones } from './standingTones.ts'
import { usePassage } from './usePassage.ts'

const AmendmentView = lazy(() => import('./AmendmentView.tsx').then((it) => ({ default: it.AmendmentView })))

/** `children` is the draft itself, in whose place an opened amendment stands. */
export const AmendmentsSection = ({
  state,
  me,
  item,
  openId,
  onOpen,
  children,
}: Room & {
  item: AgendaItem
  openId: string | null
  onOpen: (amendmentId: string | null) => void
  children: ReactNode
}) => {
  const amendments = amendmentsOf(state, item.itemId)
  const opened = amendments.find(({ amendmentId }) => amendmentId === openId)
  const own = amendments.filter(({ seatId }) => seatId === me.seatId)
  const [ownBefore, setOwnBefore] = useState<number | null>(null)
  const newest = own.at(-1)?.amendmentId
  // What one has just proposed is opened as soon as the meeting knows of it.
  useEffect(() => {
    if (ownBefore === null || own.length <= ownBefore || newest === undefined) return
    onOpen(newest)
    setOwnBefore(null)
  }, [own.length, ownBefore, newest, onOpen])

  if (opened !== undefined) {
    return (
      <Suspense fallback={<Skeleton lines={6} />}>
        <AmendmentView
          key={opened.amendmentId}
          state={state}
          me={me}
          amendment={opened}
          onBack={() => onOpen(null)}
        />
      </Suspense>
    )
  }
  return (
    <>
      <List
        state={state}
        me={me}
        item={item}
        amendments={amendments}
        onOpen={onOpen}
        onProposed={() => setOwnBefore(own.length)}
      />
      {children}
    </>
  )
}

const List = ({
  state,
  me,
  item,
  amendments,
  onOpen,
  onProposed,
}: Room & {
  item: AgendaItem
  amendments: readonly Amendment[]
  onOpen: (amendmentId: string) => void
  onProposed: () => void
}) => {
  const word = useWords(amendmentWords)
  const passageNow = usePassage()
  const [passage, setPassage] = useState<string | null>(null)
  const ask = { type: 'proposeAmendment', itemId: item.itemId, title: '', purpose: '', passage: '' } as const
  const mayPropose = me.seatId !== null && whyNotPropose(state, ask, me) === undefined
  if (amendments.length === 0 && !mayPropose) return null
  return (
    <section className={styles.section} aria-label={word('amendments')}>
      <header className={styles.head}>
        <h2 className={styles.heading}>
          {amendments.length === 0
            ? word('amendments')
            : word('amendmentsCount', { count: amendments.length })}
        </h2>
        {mayPropose ? <Button onPress={() => setPassage(passageNow())}>{word('propose')}</Button> : null}
      </header>
      {amendments.length === 0 ? <p className={styles.quiet}>{word('nonePhone')}</p> : null}
      <ul className={styles.list}>
        {amendments.map((amendment) => (
          <li key={amendment.amendmentId}>
            <Entry state={state} me={me} amendment={amendment} onOpen={() => onOpen(amendment.amendmentId)} />
          </li>
        ))}
      </ul>
      {passage === null ? null : (
        <ProposeDialog
          itemId={item.itemId}
          passage={passage}
          onClose={() => setPassage(null)}
          onProposed={() => {
            setPassage(null)
            onProposed()
          }}
        />
      )}
    </section>
  )
}

const Entry = ({ state, me, amendment, onOpen }: Room & { amendment: Amendment; onOpen: () => void }) => {
  const word = useWords(amendmentWords)
  const names = useMeeting((it) => it.names)
  const standing = amendmentStanding(state, amendment)
  return (
    <button type="button" className={styles.entry} onClick={onOpen}>
      <span className={styles.entryTitle}>{amendment.title}</span>
      <Badge tone={standingTones[standing]}>{word(`standing_${standing}`)}</Badge>
      <span className={styles.by}>
        {amendment.seatId === me.seatId
          ? word('byMe')
          : word('by', { name: names[amendment.seatId]?.name ?? amendment.seatId.slice(-4) })}
      </span>
    </button>
  )
}
