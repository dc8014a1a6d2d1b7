// The floor: the speech under way, the queue with its reasons, and what each party has spoken.
import { EmptyState } from '../../kit/EmptyState.tsx'
import { floorWords } from '../../words/facilitatorFloor.ts'
import { useWords } from '../../words/words.ts'
import { useMeetingParts } from '../cockpit.ts'
import styles from './floor.module.css'
import { PartyTimes } from './PartyTimes.tsx'
import { QueueCard } from './QueueCard.tsx'
import { SpeechCard } from './SpeechCard.tsx'

export const FloorPanel = () => {
  const { floor, phase } = useMeetingParts('floor', 'phase')
  return (
    <div className={styles.panel} data-panel="floor">
      {phase === 'inSession' || phase === 'recess' ? (
        <>
          <SpeechCard key={floor.speech?.speechId ?? 'none'} />
          <QueueCard />
        </>
      ) : (
        <NoFloor />
      )}
      <PartyTimes />
    </div>
  )
}

const NoFloor = () => {
  const { phase } = useMeetingParts('phase')
  const word = useWords(floorWords)
  if (phase === 'closed') return <EmptyState title={word('over')} />
  return <EmptyState title={word('notYet')} hint={word('notYetHint')} />
}
