// The cockpit's head: which meeting, its phase, who is here, what waits at the desk, and the rarely used orders.
import { useLocation } from 'wouter'
import type { Phase } from '../../shared/meeting/state.ts'
import { openPoll } from '../../shared/views/polls.ts'
import { Badge, type BadgeTone } from '../kit/Badge.tsx'
import { Banner } from '../kit/Banner.tsx'
import { LanguageSwitch } from '../kit/LanguageSwitch.tsx'
import { MenuButton } from '../kit/MenuButton.tsx'
import { setLight, setTextSize, useLight, useTextSize } from '../kit/mode.ts'
import { useMeeting } from '../link/meeting.ts'
import { facilitatorWords } from '../words/facilitator.ts'
import { useWords } from '../words/words.ts'
import { useAttendance, useMay, useMeetingParts } from './cockpit.ts'
import { openDialog } from './dialogs.ts'
import styles from './header.module.css'
import { showPanel } from './panels.ts'
import { useShortWords } from './quorumWords.ts'
import { useOrder } from './useOrder.ts'

const phaseTones: Readonly<Record<Phase, BadgeTone>> = {
  convened: 'plain',
  gathering: 'good',
  inSession: 'live',
  recess: 'warn',
  closed: 'plain',
}

export const CockpitHeader = () => {
  const state = useMeetingParts('title', 'phase')
  const word = useWords(facilitatorWords)
  return (
    <header className={styles.header}>
      <div className={styles.line}>
        <p className={styles.title}>{state.title}</p>
        <Badge tone={phaseTones[state.phase]}>{word(`phase_${state.phase}`)}</Badge>
        <Figures />
        <span className={styles.gap} />
        <DeskBadge />
        <LanguageSwitch />
        <MoreMenu />
      </div>
      <LinkTrouble />
    </header>
  )
}

const Figures = () => {
  const { phase } = useMeetingParts('phase')
  const word = useWords(facilitatorWords)
  const shortWords = useShortWords()
  const { due, present, quorum } = useAttendance()
  return (
    <button type="button" className={styles.figures} onClick={() => showPanel('attendance')}>
      <span>{word('figures', { due, present })}</span>
      {quorum === null || phase === 'closed' ? null : (
        <span className={quorum.met ? styles.met : styles.short}>
          {quorum.met ? `✓ ${word('quorumMet')}` : `△ ${shortWords(quorum)}`}
        </span>
      )}
    </button>
  )
}

const DeskBadge = () => {
  const word = useWords(facilitatorWords)
  const waiting = useMeeting((it) => it.desk?.entries.length ?? 0)
  if (waiting === 0) return null
  return (
    <button type="button" className={styles.desk} onClick={() => showPanel('desk')} aria-live="polite">
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <path
          d="M3 12h10M4 12V7.5a4 4 0 0 1 8 0V12M7 14.4h2M8 3.4V2"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.8"
          strokeLinecap="round"
        />
      </svg>
      {word('deskBadge', { count: waiting })}
    </button>
  )
}

const useDisplayItems = () => {
  const word = useWords(facilitatorWords)
  const light = useLight()
  const size = useTextSize()
  const dark = light === 'dark'
  return [
    {
      id: 'light',
      label: word(dark ? 'menuLight' : 'menuDark'),
      onAction: () => setLight(dark ? 'light' : 'dark'),
    },
    {
      id: 'size',
      label: word(size === 'normal' ? 'menuElder' : 'menuNormal'),
      onAction: () => setTextSize(size === 'normal' ? 'elder' : 'normal'),
    },
  ]
}

const MoreMenu = () => {
  const state = useMeetingParts('phase', 'polls', 'meetingId')
  const may = useMay()
  const word = useWords(facilitatorWords)
  const [, goTo] = useLocation()
  const { order } = useOrder()
  const displayItems = useDisplayItems()
  const mayRecess = may('recessMeeting') && state.phase === 'inSession' && openPoll(state) === null
  const mayClose = may('closeMeeting') && state.phase !== 'closed'
  return (
    <MenuButton
      label={word('more')}
      items={[
        ...(mayRecess
          ? [
              {
                id: 'recess',
                label: word('menuRecess'),
                onAction: () => void order({ type: 'recessMeeting' }),
              },
            ]
          : []),
        ...(mayClose
          ? [
              {
                id: 'close',
                label: word('menuClose'),
                danger: true,
                onAction: () => openDialog({ kind: 'closeMeeting' }),
              },
            ]
          : []),
        { id: 'record', label: word('menuRecord'), onAction: () => goTo(`/m/${state.meetingId}/record`) },
        ...displayItems,
        { id: 'keys', label: word('menuShortcuts'), onAction: () => openDialog({ kind: 'shortcuts' }) },
        { id: 'hall', label: word('menuHall'), onAction: () => goTo('/hall') },
      ]}
    />
  )
}

const LinkTrouble = () => {
  const word = useWords(facilitatorWords)
  const offline = useMeeting((it) => it.status !== 'live')
  const pending = useMeeting((it) => it.pending)
  if (!offline) return null
  return (
    <Banner tone="offline">
      {pending === 0 ? word('offline') : word('offlinePending', { count: pending })}
    </Banner>
  )
}
