// The cockpit's plan: head, the strip of the next step, then agenda, middle and side; on a tablet one row of tabs.
import { type ReactNode, useEffect, useRef } from 'react'
import { openPoll } from '../../shared/views/polls.ts'
import { Tabs } from '../kit/Tabs.tsx'
import { useMeeting } from '../link/meeting.ts'
import { facilitatorWords } from '../words/facilitator.ts'
import { useWords } from '../words/words.ts'
import { AgendaRail } from './agenda/AgendaRail.tsx'
import { AttendancePanel } from './attendance/AttendancePanel.tsx'
import { CockpitDialogs } from './CockpitDialogs.tsx'
import { CockpitHeader } from './CockpitHeader.tsx'
import styles from './cockpit.module.css'
import { useMeetingParts } from './cockpit.ts'
import { DeskPanel } from './desk/DeskPanel.tsx'
import { DraftPanel } from './draft/DraftPanel.tsx'
import { FloorPanel } from './floor/FloorPanel.tsx'
import { NowStrip } from './NowStrip.tsx'
import { middlePanels, type Panel, showPanel, sidePanels, usePanels } from './panels.ts'
import { PollPanel } from './poll/PollPanel.tsx'
import { StagePanel } from './stage/StagePanel.tsx'
import { UndoBar } from './UndoBar.tsx'
import { useIsWide } from './useIsWide.ts'

const contents: Readonly<Record<Panel, () => ReactNode>> = {
  agenda: () => <AgendaRail />,
  floor: () => <FloorPanel />,
  poll: () => <PollPanel />,
  draft: () => <DraftPanel />,
  attendance: () => <AttendancePanel />,
  desk: () => <DeskPanel />,
  stage: () => <StagePanel />,
}

export const Cockpit = () => {
  const isWide = useIsWide()
  useFollowMeeting()
  return (
    <div className={styles.cockpit}>
      <CockpitHeader />
      <main className={styles.desk} data-wide={isWide || undefined}>
        {isWide ? (
          <>
            <div className={styles.rail}>
              <AgendaRail />
            </div>
            <div className={styles.middle}>
              <NowStrip />
              <MiddleTabs />
            </div>
            <div className={styles.side}>
              <SideTabs />
            </div>
          </>
        ) : (
          <>
            <NowStrip />
            <SingleTabs />
          </>
        )}
      </main>
      <UndoBar />
      <CockpitDialogs />
    </div>
  )
}

const MiddleTabs = () => {
  const selected = usePanels((it) => it.middle)
  return <PanelTabs panels={middlePanels} selected={selected} />
}

const SideTabs = () => {
  const selected = usePanels((it) => it.side)
  return <PanelTabs panels={sidePanels} selected={selected} />
}

const SingleTabs = () => {
  const selected = usePanels((it) => it.single)
  return <PanelTabs panels={['agenda', ...middlePanels, ...sidePanels]} selected={selected} />
}

const PanelTabs = ({ panels, selected }: { panels: readonly Panel[]; selected: Panel }) => {
  const word = useWords(facilitatorWords)
  const tabs = panels.map((id) => ({
    id,
    label: (
      <>
        {word(`tab_${id}`)}
        <TabCount panel={id} />
      </>
    ),
    content: id === selected ? contents[id]() : null,
  }))
  return (
    <div className={styles.tabs}>
      <Tabs label={word('cockpit')} tabs={tabs} selected={selected} onSelect={(id) => show(panels, id)} />
    </div>
  )
}

const show = (panels: readonly Panel[], id: string): void => {
  const panel = panels.find((one) => one === id)
  if (panel !== undefined) showPanel(panel)
}

/** What waits in a panel that is not on top. */
const TabCount = ({ panel }: { panel: Panel }) => {
  const { floor, polls, amendments, currentItemId } = useMeetingParts(
    'floor',
    'polls',
    'amendments',
    'currentItemId',
  )
  const waiting = useMeeting((it) => it.desk?.entries.length ?? 0)
  if (panel === 'floor' && floor.hands.length > 0)
    return <span className={styles.count}>{floor.hands.length}</span>
  const proposed = amendments.filter((one) => one.status === 'open' && one.itemId === currentItemId).length
  if (panel === 'draft' && proposed > 0) return <span className={styles.count}>{proposed}</span>
  if (panel === 'desk' && waiting > 0) {
    return <span className={`${styles.count} ${styles.urgent}`}>{waiting}</span>
  }
  if (panel === 'poll' && Object.values(polls).some((poll) => poll.status === 'open')) {
    return <span className={styles.live} aria-hidden="true" />
  }
  return null
}

/** The middle follows the meeting when it turns to something else: to a vote that opens, to the floor of a new item. */
const useFollowMeeting = (): void => {
  const state = useMeetingParts('polls', 'currentItemId')
  const openPollId = openPoll(state)?.pollId ?? null
  const seen = useRef({ openPollId, itemId: state.currentItemId })
  useEffect(() => {
    const before = seen.current
    seen.current = { openPollId, itemId: state.currentItemId }
    if (openPollId !== null && openPollId !== before.openPollId) showPanel('poll')
    else if (state.currentItemId !== before.itemId) showPanel('floor')
  }, [openPollId, state.currentItemId])
  // On entering while a vote is open, the vote is what matters.
  useEffect(() => {
    if (seen.current.openPollId !== null) showPanel('poll')
  }, [])
}
