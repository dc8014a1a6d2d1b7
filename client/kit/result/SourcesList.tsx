// Where the ballots of a closed poll came from beside devices: boxes of papers with their tellers, counted hands with
// their witness, proxies, and those that the rule did not let through.
import { sourceFaultWords } from '../../../shared/counting/sources.ts'
import type { MeetingState, Poll } from '../../../shared/meeting/state.ts'
import { partyName } from '../../../shared/views/polls.ts'
import { countingWords } from '../../words/counting.ts'
import { pick, useLanguage, useWords } from '../../words/words.ts'
import { optionsInWords } from './optionWords.ts'
import styles from './SourcesList.module.css'

interface SourcesListProps {
  poll: Poll
  state: MeetingState
  /** A seat or a member of the staff by name; '' where it is not known here. */
  nameOf: (actorId: string) => string
}

export const SourcesList = ({ poll, state, nameOf }: SourcesListProps) => {
  const word = useWords(countingWords)
  const byProxy = poll.ballots.filter(({ source }) => source === 'proxy').length
  return (
    <div className={styles.sources}>
      <Papers poll={poll} state={state} nameOf={nameOf} />
      <Hands poll={poll} state={state} nameOf={nameOf} />
      {byProxy === 0 ? null : <p>{word('proxies', { count: byProxy })}</p>}
      <Refused poll={poll} nameOf={nameOf} />
    </div>
  )
}

const Papers = ({ poll, state, nameOf }: SourcesListProps) => {
  const word = useWords(countingWords)
  const [language] = useLanguage()
  if (poll.papers.length === 0) return null
  return (
    <div>
      <strong>{word('papers')}</strong>
      <ul>
        {poll.papers.map(({ partyId, handedOut, box, blank, spoiled, tellers }) => {
          const name =
            partyId === null
              ? word('boxAll')
              : word('boxOf', { party: pick(partyName(state, partyId), language) })
          const known = tellers.map(nameOf).filter((teller) => teller !== '')
          return (
            <li key={partyId ?? ''}>
              {word('boxLine', { box: name, handedOut, count: box, blank, spoiled })}
              {known.length === 0 ? null : ` · ${word('tellers', { list: known.join(word('listComma')) })}`}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

const Hands = ({ poll, state, nameOf }: SourcesListProps) => {
  const word = useWords(countingWords)
  const [language] = useLanguage()
  const options = optionsInWords(poll, language)
  if (poll.hands.length === 0) return null
  return (
    <div>
      <strong>{word('hands')}</strong>
      <ul>
        {poll.hands.map(({ partyId, counts, countedBy, witness }) => (
          <li key={partyId}>
            {word('handsLine', {
              party: pick(partyName(state, partyId), language),
              counts: options.map(({ id, label }) => `${label} ${counts[id] ?? 0}`).join(word('listComma')),
            })}
            {nameOf(countedBy) === '' ? null : ` · ${word('countedBy', { name: nameOf(countedBy) })}`}
            {witness === '' ? null : ` · ${word('witness', { name: witness })}`}
          </li>
        ))}
      </ul>
    </div>
  )
}

const Refused = ({ poll, nameOf }: Omit<SourcesListProps, 'state'>) => {
  const word = useWords(countingWords)
  const [language] = useLanguage()
  const { proxiesRefused = [] } = poll
  if (proxiesRefused.length === 0) return null
  return (
    <div>
      <strong>{word('proxiesRefused')}</strong>
      <ul>
        {proxiesRefused.map(({ fromSeatId, code }) => (
          <li key={fromSeatId}>
            {word('proxyRefused', { name: nameOf(fromSeatId), why: pick(sourceFaultWords(code), language) })}
          </li>
        ))}
      </ul>
    </div>
  )
}
