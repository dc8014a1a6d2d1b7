// The frame around the meeting: head, what can be done now, and the pages beside it; one column on a phone, two on a
// laptop.
import { type ReactNode, useEffect, useState } from 'react'
import type { MeetingState } from '../../shared/meeting/state.ts'
import type { Me } from '../../shared/wire/live.ts'
import { Banner } from '../kit/Banner.tsx'
import { classes } from '../kit/classes.ts'
import { useMeeting } from '../link/meeting.ts'
import { participantWords } from '../words/participant.ts'
import { useWords } from '../words/words.ts'
import { AgendaView } from './AgendaView.tsx'
import { DraftView } from './DraftView.tsx'
import { doingNow } from './doing.ts'
import { FloorView } from './FloorView.tsx'
import styles from './MeetingFrame.module.css'
import { MeetingHeader } from './MeetingHeader.tsx'
import { NowView } from './NowView.tsx'
import { PollsView } from './PollsView.tsx'
import { TabMark, type TabMarkId } from './TabMark.tsx'
import { useCalls } from './useCalls.ts'
import { useIsWide } from './useIsWide.ts'

export interface Room {
  readonly state: MeetingState
  readonly me: Me
}

type Page = Exclude<TabMarkId, 'now'>
const pages: readonly Page[] = ['draft', 'floor', 'agenda', 'polls']
const tabWords = {
  now: 'tabNow',
  draft: 'tabDraft',
  floor: 'tabFloor',
  agenda: 'tabAgenda',
  polls: 'tabPolls',
} as const

export const MeetingFrame = ({ state, me }: Room) => {
  const isWide = useIsWide()
  const [page, setPage] = useState<Page>('draft')
  const [isNow, setNow] = useState(true)
  /** The agenda item looked at ahead of the meeting; `null` follows it. */
  const [aheadId, setAheadId] = useState<string | null>(null)
  /** The amendment that is being read or reworded; a poll that calls away leads back to it. */
  const [amendmentId, setAmendmentId] = useState<string | null>(null)
  const doing = doingNow(state, me.seatId)
  const calling =
    doing.kind === 'poll' ? doing.poll.pollId : doing.kind === 'speaking' ? doing.speech.speechId : null
  useEffect(() => {
    if (calling === null) return
    setNow(true)
    window.scrollTo({ top: 0 })
  }, [calling])
  useCalls(state, me, isWide)

  const open = (next: TabMarkId): void => {
    setNow(next === 'now')
    if (next !== 'now') setPage(next)
    window.scrollTo({ top: 0 })
  }
  const readItem = (itemId: string): void => {
    setAheadId(itemId === state.currentItemId ? null : itemId)
    open('draft')
  }
  const content: Readonly<Record<Page, ReactNode>> = {
    draft: (
      <DraftView
        state={state}
        me={me}
        aheadId={aheadId}
        onBack={() => setAheadId(null)}
        amendmentId={amendmentId}
        onAmendment={setAmendmentId}
      />
    ),
    floor: <FloorView state={state} me={me} />,
    agenda: <AgendaView state={state} me={me} onRead={readItem} />,
    polls: <PollsView state={state} me={me} onVote={() => open('now')} />,
  }
  const shown: TabMarkId = !isWide && isNow ? 'now' : page

  return (
    <div className={classes(styles.frame, isWide && styles.wide)}>
      <MeetingHeader state={state} me={me} />
      <Connection />
      <main className={styles.main}>
        {isWide || isNow ? (
          <div className={styles.now} {...(isWide ? {} : { role: 'tabpanel', 'aria-labelledby': 'tab-now' })}>
            <NowView state={state} me={me} doing={doing} onOpen={open} />
          </div>
        ) : null}
        {isWide || !isNow ? (
          <section className={styles.page}>
            {isWide ? <PageTabs ids={pages} shown={shown} onOpen={open} state={state} /> : null}
            <div role="tabpanel" aria-labelledby={`tab-${shown}`} className={styles.panel}>
              {content[page]}
            </div>
          </section>
        ) : null}
      </main>
      {isWide ? null : <PageTabs ids={['now', ...pages]} shown={shown} onOpen={open} state={state} />}
    </div>
  )
}

const Connection = () => {
  const word = useWords(participantWords)
  const isOffline = useMeeting((it) => it.status === 'offline')
  return isOffline ? (
    <div className={styles.offline}>
      <Banner tone="offline">
        <b>{word('offlineTitle')}</b>
        <p>{word('offlineHint')}</p>
      </Banner>
    </div>
  ) : null
}

const PageTabs = ({
  ids,
  shown,
  onOpen,
  state,
}: {
  ids: readonly TabMarkId[]
  shown: TabMarkId
  onOpen: (id: TabMarkId) => void
  state: MeetingState
}) => {
  const word = useWords(participantWords)
  const hands = state.floor.hands.length
  return (
    <nav className={styles.tabs} aria-label={word('tabsLabel')}>
      <div role="tablist" className={styles.tabList}>
        {ids.map((id) => (
          <button
            key={id}
            id={`tab-${id}`}
            type="button"
            role="tab"
            aria-selected={id === shown}
            className={styles.tab}
            onClick={() => onOpen(id)}
          >
            <span className={styles.tabMark}>
              <TabMark id={id} />
              {id === 'floor' && hands > 0 ? <span className={styles.tabCount}>{hands}</span> : null}
            </span>
            {word(tabWords[id])}
          </button>
        ))}
      </div>
    </nav>
  )
}
