// The figures of a counted poll, alike on the phone, in the cockpit and in the record: who was chosen, bars with their
// base, rounds or pairs, points, parties, and how a tie was decided. Every figure is the count's own.
import { lazy, Suspense } from 'react'
import type { CountResult } from '../../../shared/counting/poll.ts'
import type { MeetingState, Poll } from '../../../shared/meeting/state.ts'
import { outcomeOf } from '../../../shared/views/polls.ts'
import { countingWords } from '../../words/counting.ts'
import { type Language, useLanguage, useWords } from '../../words/words.ts'
import { Skeleton } from '../Skeleton.tsx'
import { pollRows } from '../stage/pollRows.ts'
import { TallyBars } from '../TallyBars.tsx'
import { resultBase, weighingOf } from './baseWords.ts'
import { optionLabel, optionsInWords } from './optionWords.ts'
import styles from './ResultFigures.module.css'

// Ranked counts and parties are rarer than a plain vote, and a phone loads them when it has one to show.
const RoundsTable = lazy(() => import('../RoundsTable.tsx').then((it) => ({ default: it.RoundsTable })))
const PairsTable = lazy(() => import('./PairsTable.tsx').then((it) => ({ default: it.PairsTable })))
const PartyTable = lazy(() => import('./PartyTable.tsx').then((it) => ({ default: it.PartyTable })))

interface ResultFiguresProps {
  poll: Poll
  result: CountResult
  state: MeetingState
  /** What an actor of the record is called; '' where that is not known here. */
  nameOf?: (actorId: string) => string
}

const unnamed = (): string => ''

export const ResultFigures = ({ poll, result, state, nameOf = unnamed }: ResultFiguresProps) => {
  const [language] = useLanguage()
  const base = resultBase(poll, result, language)
  const options = optionsInWords(poll, language)
  return (
    <div className={styles.figures}>
      <Chosen poll={poll} />
      <Tie poll={poll} result={result} nameOf={nameOf} />
      {base === null ? null : (
        <TallyBars
          rows={pollRows(poll, result.totals, language, undefined, result.shares)}
          base={base.count}
          baseLabel={base.label}
          size="phone"
        />
      )}
      <Averages poll={poll} result={result} language={language} />
      <Suspense fallback={<Skeleton lines={4} />}>
        {result.rounds === undefined ? null : <RoundsTable result={result} options={options} />}
        {result.pairwise === undefined ? null : <PairsTable result={result} options={options} />}
      </Suspense>
      <Left poll={poll} result={result} />
      {(result.parties ?? []).length < 2 ? null : (
        <Suspense fallback={<Skeleton lines={3} />}>
          <PartyTable poll={poll} result={result} state={state} />
        </Suspense>
      )}
    </div>
  )
}

const useList = (poll: Poll) => {
  const word = useWords(countingWords)
  const [language] = useLanguage()
  return (ids: readonly string[]) => ids.map((id) => optionLabel(poll, id, language)).join(word('listComma'))
}

const Chosen = ({ poll }: { poll: Poll }) => {
  const word = useWords(countingWords)
  const list = useList(poll)
  const winners = outcomeOf(poll)?.winners ?? []
  if (poll.method.kind === 'yesNo' || winners.length === 0) return null
  return <p className={styles.chosen}>{word('chosen', { list: list(winners) })}</p>
}

interface TieProps {
  poll: Poll
  result: CountResult
  nameOf: (actorId: string) => string
}

/** How level places were decided: by the chair's casting vote, by the lot, or not yet. */
const Tie = ({ poll, result, nameOf }: TieProps) => {
  const word = useWords(countingWords)
  const list = useList(poll)
  const { broken } = poll
  const { lot, tied } = result
  const name = broken === undefined ? '' : nameOf(broken.by)
  const chair = name === '' ? word('chair') : word('chairNamed', { name })
  const brokenKey =
    poll.method.kind !== 'yesNo' ? 'brokenBy' : broken?.winners.includes('yes') ? 'brokenPass' : 'brokenFail'
  return (
    <>
      {tied === undefined || tied.length === 0 ? null : <p>{word('tied', { list: list(tied) })}</p>}
      {broken !== undefined ? (
        <p className={styles.broken}>{word(brokenKey, { chair, list: list(broken.winners) })}</p>
      ) : result.outcome === 'tied' && poll.preset.ties === 'chair' ? (
        <p className={styles.broken}>{word('tiedForChair')}</p>
      ) : null}
      {lot === undefined ? null : (
        <div className={styles.lot}>
          <p>{word('lot', { list: list(lot.order) })}</p>
          <p className={styles.note}>{word('lotSeed', { seed: lot.seed })}</p>
        </div>
      )}
    </>
  )
}

const Averages = ({ poll, result, language }: { poll: Poll; result: CountResult; language: Language }) => {
  const word = useWords(countingWords)
  const { cast } = result.ballots
  if (poll.method.kind !== 'score' || cast === 0) return null
  const { max } = poll.method
  return (
    <ul className={styles.averages}>
      {pollRows(poll, result.totals, language).map(({ id, label, count }) => (
        <li key={id}>
          <b>{label}</b> {word('average', { points: (count / cast).toFixed(2), count: cast, max })}
        </li>
      ))}
    </ul>
  )
}

const Left = ({ poll, result }: { poll: Poll; result: CountResult }) => {
  const word = useWords(countingWords)
  const unit = weighingOf(poll)
  const { blank, notVoted = 0 } = result.ballots
  const said = [
    ...(blank > 0 ? [word('blanks', { count: blank })] : []),
    ...(notVoted > 0 ? [word('notVoted', { count: notVoted })] : []),
    ...(unit === 'seats' ? [] : [word(`weighs_${unit}`)]),
  ]
  return said.length === 0 ? null : <p className={styles.note}>{said.join(' · ')}</p>
}
