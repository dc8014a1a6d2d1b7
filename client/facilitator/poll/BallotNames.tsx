// Who voted how in a named poll: by option where a ballot names options, else seat by seat.
import { isBlank, namedIn } from '../../../shared/counting/ballot.ts'
import type { NamedBallot, Poll } from '../../../shared/meeting/state.ts'
import { choiceWords, optionsInWords } from '../../kit/result/optionWords.ts'
import { ballotWords } from '../../words/ballot.ts'
import { pollWords } from '../../words/facilitatorPoll.ts'
import { useLanguage, useWords } from '../../words/words.ts'
import { useSeatName } from '../cockpit.ts'
import styles from './result.module.css'

const namesOptions = ({ choice }: NamedBallot): boolean => 'choice' in choice || 'choices' in choice

export const BallotNames = ({ poll }: { poll: Poll }) => {
  const word = useWords(pollWords)
  const blank = useWords(ballotWords)('blank')
  const [language] = useLanguage()
  const seatName = useSeatName()
  const nameOf = ({ seatId, source }: NamedBallot): string =>
    source === 'device'
      ? seatName(seatId)
      : `${seatName(seatId)}（${word(source === 'clerk' ? 'byClerk' : 'byProxy')}）`
  const single = poll.ballots.filter(namesOptions)
  const groups = [
    ...optionsInWords(poll, language).map(({ id, label }) => ({
      label,
      ballots: single.filter(({ choice }) => namedIn(choice).includes(id)),
    })),
    { label: blank, ballots: single.filter(({ choice }) => isBlank(choice)) },
  ]
  return (
    <dl className={styles.names}>
      {groups.map(({ label, ballots }) =>
        ballots.length === 0 ? null : (
          <div key={label}>
            <dt>
              {label} {ballots.length}
            </dt>
            <dd>{ballots.map(nameOf).join(word('listComma'))}</dd>
          </div>
        ),
      )}
      {poll.ballots
        .filter((ballot) => !namesOptions(ballot))
        .map((ballot) => (
          <div key={ballot.seatId}>
            <dt>{nameOf(ballot)}</dt>
            <dd>{choiceWords(poll, ballot.choice, language)}</dd>
          </div>
        ))}
    </dl>
  )
}
