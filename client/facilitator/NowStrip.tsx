// The strip over everything: what the meeting is on, who speaks or how the vote goes, and the one next step.
import { currentItem } from '../../shared/views/agendaTree.ts'
import { speechLeftMs } from '../../shared/views/floorTime.ts'
import { openPoll } from '../../shared/views/polls.ts'
import { Badge } from '../kit/Badge.tsx'
import { Button } from '../kit/Button.tsx'
import { PartyMark } from '../kit/PartyMark.tsx'
import { useMeeting } from '../link/meeting.ts'
import { facilitatorWords } from '../words/facilitator.ts'
import { floorWords } from '../words/facilitatorFloor.ts'
import { pollWords } from '../words/facilitatorPoll.ts'
import { useWords } from '../words/words.ts'
import { itemNumber, spentMs } from './agenda/agendaTimes.ts'
import { partyIndexOf, useMeetingParts, useMeetingState, usePartyName, useSeatName } from './cockpit.ts'
import { openDialog } from './dialogs.ts'
import { wayOn } from './nextStep.ts'
import styles from './now.module.css'
import { useCockpitShortcuts } from './useCockpitShortcuts.ts'
import { useStepButton } from './useNextStep.ts'
import { clockText, leftText, useNow } from './useNow.ts'
import { useOrder } from './useOrder.ts'

export const NowStrip = () => (
  <section className={styles.strip}>
    <div className={styles.now}>
      <ItemLine />
      <ActionLine />
    </div>
    <NextStepBox />
  </section>
)

const ItemLine = () => {
  const state = useMeetingParts('agenda', 'currentItemId', 'phase', 'title')
  const word = useWords(facilitatorWords)
  const item = currentItem(state)
  const now = useNow(item !== null)
  if (item === null || state.phase === 'closed') {
    return (
      <div>
        <h1 className={styles.title}>{state.title}</h1>
        <p className={styles.spent}>{word(state.phase === 'closed' ? 'phase_closed' : 'noItem')}</p>
      </div>
    )
  }
  const spent = spentMs(item, now)
  const minutes = item.minutes
  const isOver = minutes > 0 && spent > minutes * 60_000
  const key = minutes === 0 ? 'spentFree' : isOver ? 'spentOver' : 'spent'
  return (
    <div>
      <h1 className={styles.title}>
        <span className={styles.number}>{itemNumber(state, item.itemId)}</span> {item.title}
      </h1>
      <p className={styles.spent} data-over={isOver || undefined}>
        {word(key, { spent: clockText(spent), minutes })}
      </p>
    </div>
  )
}

/** What is under way right now: an open poll before a running speech. */
const ActionLine = () => {
  const state = useMeetingParts('polls', 'floor')
  if (openPoll(state) !== null) return <PollLine />
  return state.floor.speech === null ? null : <SpeechLine />
}

const SpeechLine = () => {
  const state = useMeetingParts('floor', 'seats', 'parties')
  const word = useWords(floorWords)
  const seatName = useSeatName()
  const partyName = usePartyName()
  const now = useNow(true, 250)
  const { speech } = state.floor
  if (speech === null) return null
  const left = speechLeftMs(speech, now)
  const isOver = left <= -1_000
  const partyId = state.seats[speech.seatId]?.partyId ?? null
  return (
    <p className={styles.action}>
      <Badge tone="live">{word('speaking')}</Badge>
      <PartyMark index={partyIndexOf(state, partyId)} name={partyName(partyId) || word('observers')} />
      <strong>{seatName(speech.seatId)}</strong>
      <span className={styles.clock} data-over={isOver || undefined}>
        {isOver ? word('overTime', { time: clockText(-left) }) : word('timeLeft', { time: leftText(left) })}
      </span>
    </p>
  )
}

const PollLine = () => {
  const state = useMeetingParts('polls', 'agenda', 'currentItemId')
  const word = useWords(pollWords)
  const tally = useMeeting((it) => it.tally)
  const poll = openPoll(state)
  if (poll === null) return null
  return (
    <p className={styles.action}>
      <Badge tone="live">{word('voting')}</Badge>
      {poll.question === currentItem(state)?.title ? null : (
        <strong className={styles.question}>{poll.question}</strong>
      )}
      <span className={styles.clock}>
        {word('castOf', { cast: tally?.cast ?? 0, electors: tally?.electors ?? poll.electors.length })}
      </span>
    </p>
  )
}

const NextStepBox = () => {
  const step = useStepButton()
  useCockpitShortcuts(step)
  const word = useWords(facilitatorWords)
  return (
    <div className={styles.next}>
      <div className={styles.nextHead}>
        <span className={styles.nextLabel}>{word('nextStep')}</span>
        {step.isAllowed ? <WayOn /> : null}
      </div>
      {step.isAllowed ? (
        <Button kind="primary" size="large" isWide onPress={step.run} isPending={step.pending}>
          {step.label}
        </Button>
      ) : (
        <p className={styles.notMine}>{step.label}</p>
      )}
      <p className={styles.hint}>{step.hint}</p>
    </div>
  )
}

const WayOn = () => {
  const state = useMeetingState()
  const word = useWords(facilitatorWords)
  const { order, pending } = useOrder()
  const on = wayOn(state)
  if (on?.kind === 'closeMeeting') {
    return (
      <Button kind="quiet" onPress={() => openDialog({ kind: 'closeMeeting' })}>
        {word('orCloseMeeting')}
      </Button>
    )
  }
  if (on?.kind !== 'goToItem') return null
  const go = () => void order({ type: 'moveAgendaTo', itemId: on.itemId })
  return (
    <Button kind="quiet" isPending={pending} onPress={go}>
      {word('orNextItem')}
    </Button>
  )
}
