// Items decided by the same ballots, each with its text as it was frozen when the poll opened.
import type { MeetingState, Poll } from '../../shared/meeting/state.ts'
import { participantPollWords } from '../words/participantPoll.ts'
import { useWords } from '../words/words.ts'
import { FrozenTextLink } from './FrozenTextLink.tsx'
import styles from './Poll.module.css'

export const CoversList = ({ state, poll }: { state: MeetingState; poll: Poll }) => {
  const word = useWords(participantPollWords)
  const { covers = [] } = poll
  if (covers.length === 0) return null
  const titleOf = (itemId: string) => state.agenda.find((item) => item.itemId === itemId)?.title ?? itemId
  return (
    <section>
      <p>
        <b>{word('covers', { count: covers.length + 1 })}</b>
      </p>
      <ul className={styles.covers}>
        {[{ itemId: poll.itemId, text: poll.text }, ...covers].map(({ itemId, text }) => (
          <li key={itemId}>
            <span>{titleOf(itemId)}</span>
            <FrozenTextLink meetingId={state.meetingId} text={text} />
          </li>
        ))}
      </ul>
    </section>
  )
}
