// A ranked count of several places for the big screen: who was chosen first, then the others, each in one line.
import type { CountResult } from '../../../shared/counting/poll.ts'
import type { Poll } from '../../../shared/meeting/state.ts'
import { outcomeOf } from '../../../shared/views/polls.ts'
import { countingWords } from '../../words/counting.ts'
import { screenWords } from '../../words/screen.ts'
import { useLanguage, useWords } from '../../words/words.ts'
import { optionLabel } from '../result/optionWords.ts'
import { figuresIn, figureWords, rankedOrder } from '../result/roundRows.ts'
import own from './FinalOrder.module.css'

const linesMax = 6

export const FinalOrder = ({ poll, result }: { poll: Poll; result: CountResult }) => {
  const word = useWords(countingWords)
  const screenWord = useWords(screenWords)
  const [language] = useLanguage()
  const ids = poll.options.map(({ optionId }) => optionId)
  const groups = result.order ?? rankedOrder(result, ids).map((id) => [id])
  const winners = outcomeOf(poll)?.winners ?? []
  const rounds = result.rounds ?? []
  const figure = figureWords(figuresIn(rounds))
  const last = rounds.at(-1)?.counts ?? {}
  return (
    <div className={own.order}>
      <ol className={own.lines}>
        {groups.slice(0, linesMax).map((group) => {
          const [first = ''] = group
          const isChosen = group.some((id) => winners.includes(id))
          const votes = last[first]
          return (
            <li key={first} className={own.line} data-chosen={isChosen || undefined}>
              <span className={own.mark} aria-hidden="true">
                {isChosen ? '✓' : ''}
              </span>
              <span className={own.name}>
                {group.map((id) => optionLabel(poll, id, language)).join(word('equals'))}
              </span>
              {isChosen ? <span className={own.word}>{word('elected')}</span> : null}
              {votes === undefined || result.order !== undefined ? null : (
                <b className={own.votes}>{figure(votes)}</b>
              )}
            </li>
          )
        })}
      </ol>
      <p className={own.note}>
        {[
          ...(groups.length > linesMax
            ? [screenWord('moreOptions', { count: groups.length - linesMax })]
            : []),
          ...(rounds.length > 0 ? [screenWord('roundsHeld', { count: rounds.length })] : []),
          ...(result.quota === undefined ? [] : [word('quota', { quota: result.quota })]),
          screenWord('base_cast', { count: result.ballots.cast }),
        ].join(' · ')}
      </p>
    </div>
  )
}
