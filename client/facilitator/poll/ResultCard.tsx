// A poll that is over: verdict, why, by which rule, the figures by party, and who voted how.
import { memo, useState } from 'react'
import type { Poll } from '../../../shared/meeting/state.ts'
import { outcomeOf } from '../../../shared/views/polls.ts'
import { Badge, type BadgeTone } from '../../kit/Badge.tsx'
import { Button } from '../../kit/Button.tsx'
import { ExportLinks } from '../../kit/result/ExportLinks.tsx'
import { ResultFigures } from '../../kit/result/ResultFigures.tsx'
import { SourcesList } from '../../kit/result/SourcesList.tsx'
import { toldOutcome } from '../../kit/result/toldOutcome.ts'
import { useMeeting } from '../../link/meeting.ts'
import { papersWords } from '../../words/facilitatorPapers.ts'
import { pollWords } from '../../words/facilitatorPoll.ts'
import { pick, useLanguage, useWords } from '../../words/words.ts'
import { PolledAmendment, SettleByPoll } from '../amendments/AboutAmendment.tsx'
import { useMay, useMeetingParts, useSeatName } from '../cockpit.ts'
import { openDialog } from '../dialogs.ts'
import { useOrder } from '../useOrder.ts'
import { BallotNames } from './BallotNames.tsx'
import { isForChair } from './BreakTieDialog.tsx'
import { Covers } from './Covers.tsx'
import styles from './result.module.css'

type Outcome = NonNullable<Poll['result']>['outcome']

const tones: Readonly<Record<Outcome, BadgeTone>> = {
  passed: 'good',
  elected: 'good',
  failed: 'bad',
  noQuorum: 'warn',
  tied: 'warn',
}

export const ResultCard = memo(({ poll, isOpenFirst }: { poll: Poll; isOpenFirst: boolean }) => {
  const word = useWords(pollWords)
  const [isOpen, setOpen] = useState(isOpenFirst)
  const outcome = outcomeOf(poll)?.outcome
  return (
    <article className={styles.result}>
      <button
        type="button"
        className={styles.resultHead}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {outcome === undefined ? (
          <Badge>{word('outcome_cancelled')}</Badge>
        ) : (
          <Badge tone={tones[outcome]}>{word(`outcome_${toldOutcome(poll, outcome)}`)}</Badge>
        )}
        <span className={styles.resultQuestion}>{poll.question}</span>
        <span className={styles.turn} aria-hidden="true">
          {isOpen ? '▾' : '▸'}
        </span>
      </button>
      {isOpen ? <ResultBody poll={poll} /> : null}
    </article>
  )
})
ResultCard.displayName = 'ResultCard'

const ResultBody = ({ poll }: { poll: Poll }) => {
  const word = useWords(pollWords)
  const [language] = useLanguage()
  const state = useMeetingParts('parties', 'meetingId')
  const nameOf = useActorName()
  const { result } = poll
  if (result === null) {
    return <p className={styles.why}>{word('cancelledWhy', { reason: poll.cancelReason ?? '' })}</p>
  }
  const late = Object.values(poll.late).reduce((sum, count) => sum + count, 0)
  return (
    <div className={styles.resultBody}>
      <CastingVote poll={poll} />
      <ResultFigures poll={poll} result={result} state={state} nameOf={nameOf} />
      <p className={styles.why}>{pick(result.why, language)}</p>
      <PolledAmendment poll={poll} />
      <SettleByPoll poll={poll} />
      <p className={styles.note}>{word('sourceIs', { source: pick(poll.preset.source, language) })}</p>
      {late === 0 ? null : <p className={styles.note}>{word('lateRefused', { count: late })}</p>}
      <details className={styles.details}>
        <summary>{word('details')}</summary>
        <SourcesList poll={poll} state={state} nameOf={nameOf} />
        <BallotNames poll={poll} />
        <Covers poll={poll} />
        <p className={styles.hash}>{word('textHash', { hash: poll.text.sha256.slice(0, 16) })}</p>
      </details>
      <ExportLinks meetingId={state.meetingId} pollId={poll.pollId} />
      <ShowAgain pollId={poll.pollId} />
    </div>
  )
}

/** Seats by name; of the staff only oneself is known here, the record names the others. */
const useActorName = (): ((actorId: string) => string) => {
  const names = useMeeting((it) => it.names)
  const me = useMeeting((it) => it.me)
  const seatName = useSeatName()
  return (actorId) => {
    if (actorId === me?.actorId) return me.name
    return actorId.startsWith('st_') || names[actorId] !== undefined ? seatName(actorId) : ''
  }
}

/** Offered on the card as long as the rule leaves the tie to the chair and nothing was decided. */
const CastingVote = ({ poll }: { poll: Poll }) => {
  const may = useMay()
  const word = useWords(papersWords)
  if (!isForChair(poll) || !may('breakTie')) return null
  return (
    <div>
      <Button kind="primary" onPress={() => openDialog({ kind: 'breakTie', pollId: poll.pollId })}>
        {word('tieAction')}
      </Button>
    </div>
  )
}

const ShowAgain = ({ pollId }: { pollId: string }) => {
  const { stage } = useMeetingParts('stage')
  const may = useMay()
  const word = useWords(pollWords)
  const { order, pending } = useOrder()
  if (stage.showsResult && stage.shownPollId === pollId) {
    return <p className={styles.note}>{word('onScreenNow')}</p>
  }
  if (!may('showResult')) return null
  return (
    <div>
      <Button onPress={() => void order({ type: 'showResult', pollId })} isPending={pending}>
        {word('showAgain')}
      </Button>
    </div>
  )
}
