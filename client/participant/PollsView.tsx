// All polls of the meeting, newest first, with their results and the own ballots.

import type { Poll } from '../../shared/meeting/state.ts'
import { outcomeOf } from '../../shared/views/polls.ts'
import { Badge, type BadgeTone } from '../kit/Badge.tsx'
import { Button } from '../kit/Button.tsx'
import { EmptyState } from '../kit/EmptyState.tsx'
import { toldOutcome } from '../kit/result/toldOutcome.ts'
import { participantPollWords } from '../words/participantPoll.ts'
import { useWords } from '../words/words.ts'
import type { Room } from './MeetingFrame.tsx'
import styles from './Result.module.css'
import { ResultBody } from './ResultCard.tsx'

export const PollOutcome = ({ poll }: { poll: Poll }) => {
  const word = useWords(participantPollWords)
  if (poll.status === 'open') return <Badge tone="live">{word('pollOpen')}</Badge>
  if (poll.status === 'cancelled' || poll.result === null) return <Badge>{word('cancelledPoll')}</Badge>
  const { outcome } = outcomeOf(poll) ?? poll.result
  const tones: Readonly<Record<typeof outcome, BadgeTone>> = {
    passed: 'good',
    elected: 'good',
    failed: 'bad',
    tied: 'warn',
    noQuorum: 'warn',
  }
  return <Badge tone={tones[outcome]}>{word(toldOutcome(poll, outcome))}</Badge>
}

export const PollsView = ({ state, me, onVote }: Room & { onVote: () => void }) => {
  const word = useWords(participantPollWords)
  const polls = state.pollOrder.flatMap((pollId) => state.polls[pollId] ?? []).reverse()
  if (polls.length === 0) return <EmptyState title={word('pollsEmpty')} />
  return (
    <>
      {polls.map((poll) => (
        <details key={poll.pollId} className={styles.fold}>
          <summary className={styles.foldHead}>
            <span className={styles.foldTitle}>{poll.question}</span>
            <PollOutcome poll={poll} />
          </summary>
          {poll.status === 'open' ? (
            <Button kind="primary" onPress={onVote}>
              {word('openNow')}
            </Button>
          ) : (
            <ResultBody state={state} me={me} poll={poll} />
          )}
        </details>
      ))}
    </>
  )
}
