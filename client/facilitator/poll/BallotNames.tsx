// Who voted how in a named poll, and the hands that were counted with their witness.
import type { NamedBallot, Poll } from '../../../shared/meeting/state.ts'
import { pollWords } from '../../words/facilitatorPoll.ts'
import { useWords } from '../../words/words.ts'
import { usePartyName, useSeatName } from '../cockpit.ts'
import styles from './result.module.css'

const chosenIn = (ballot: NamedBallot): readonly string[] =>
  'choice' in ballot.choice ? [ballot.choice.choice] : ballot.choice.choices

export const BallotNames = ({ poll }: { poll: Poll }) => {
  const word = useWords(pollWords)
  const seatName = useSeatName()
  const partyName = usePartyName()
  const options =
    poll.method.kind === 'yesNo'
      ? (['yes', 'no', 'abstain'] as const).map((id) => ({ id: id as string, label: word(id) }))
      : poll.options.map(({ optionId, label }) => ({ id: optionId, label }))
  const nameOf = (ballot: NamedBallot) =>
    ballot.source === 'clerk' ? `${seatName(ballot.seatId)}（${word('byClerk')}）` : seatName(ballot.seatId)
  const labelOf = (id: string) => options.find((option) => option.id === id)?.label ?? id
  return (
    <dl className={styles.names}>
      {options.map(({ id, label }) => {
        const ballots = poll.ballots.filter((ballot) => chosenIn(ballot).includes(id))
        if (ballots.length === 0) return null
        return (
          <div key={id}>
            <dt>
              {label} {ballots.length}
            </dt>
            <dd>{ballots.map(nameOf).join(word('listComma'))}</dd>
          </div>
        )
      })}
      {poll.hands.map((hands) => (
        <div key={hands.partyId}>
          <dt>
            {partyName(hands.partyId)} ·{' '}
            {word('handsCounted', {
              count: Object.values(hands.counts).reduce((sum, count) => sum + count, 0),
            })}
          </dt>
          <dd>
            {Object.entries(hands.counts)
              .map(([id, count]) => `${labelOf(id)} ${count}`)
              .join(word('listComma'))}
            {hands.witness === '' ? '' : ` · ${word('witness')} ${hands.witness}`}
          </dd>
        </div>
      ))}
    </dl>
  )
}
