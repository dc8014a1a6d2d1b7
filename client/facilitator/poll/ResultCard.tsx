// A poll that is over: verdict, why, by which rule, the figures by party, and who voted how.
import { memo, useState } from 'react'
import type { Poll } from '../../../shared/meeting/state.ts'
import { Badge, type BadgeTone } from '../../kit/Badge.tsx'
import { Button } from '../../kit/Button.tsx'
import { pollRows } from '../../kit/stage/pollRows.ts'
import { TallyBars } from '../../kit/TallyBars.tsx'
import { pollWords } from '../../words/facilitatorPoll.ts'
import { pick, useLanguage, useWords } from '../../words/words.ts'
import { useMay, useMeetingParts } from '../cockpit.ts'
import { useOrder } from '../useOrder.ts'
import { BallotNames } from './BallotNames.tsx'
import { PartySheet } from './PartySheet.tsx'
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
  const outcome = poll.result?.outcome
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
          <Badge tone={tones[outcome]}>{word(`outcome_${outcome}`)}</Badge>
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
  const { result } = poll
  if (result === null) {
    return <p className={styles.why}>{word('cancelledWhy', { reason: poll.cancelReason ?? '' })}</p>
  }
  const base = result.base ?? { of: 'cast' as const, count: result.ballots.cast }
  const late = Object.values(poll.late).reduce((sum, count) => sum + count, 0)
  const chosen = result.winners.map(
    (id) => poll.options.find((option) => option.optionId === id)?.label ?? id,
  )
  return (
    <div className={styles.resultBody}>
      {poll.method.kind === 'yesNo' || chosen.length === 0 ? null : (
        <p className={styles.winners}>{word('winners', { list: chosen.join(word('listComma')) })}</p>
      )}
      <TallyBars
        rows={pollRows(poll, result.totals, language)}
        base={base.count}
        baseLabel={word(`base_${base.of}`, { count: base.count })}
        size="phone"
      />
      <p className={styles.why}>{pick(result.why, language)}</p>
      <p className={styles.note}>{word('sourceIs', { source: pick(poll.preset.source, language) })}</p>
      {late === 0 ? null : <p className={styles.note}>{word('lateRefused', { count: late })}</p>}
      <details className={styles.details}>
        <summary>{word('details')}</summary>
        <PartySheet poll={poll} />
        <BallotNames poll={poll} />
        <p className={styles.hash}>{word('textHash', { hash: poll.text.sha256.slice(0, 16) })}</p>
      </details>
      <ShowAgain pollId={poll.pollId} />
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
