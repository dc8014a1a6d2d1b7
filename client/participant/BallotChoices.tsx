// A ballot being filled in, by its method: tap, give points, or put in order; then submit. A blank one is asked about.
import { lazy, Suspense, useState } from 'react'
import { isBlank } from '../../shared/counting/ballot.ts'
import { unreachable } from '../../shared/kernel/exhaustive.ts'
import type { Poll } from '../../shared/meeting/state.ts'
import { Button } from '../kit/Button.tsx'
import { Confirm } from '../kit/Confirm.tsx'
import { optionsInWords } from '../kit/result/optionWords.ts'
import { Skeleton } from '../kit/Skeleton.tsx'
import { ballotWords } from '../words/ballot.ts'
import { participantPollWords } from '../words/participantPoll.ts'
import { useLanguage, useWords } from '../words/words.ts'
import type { Choice } from './ballotPaper.ts'
import styles from './Poll.module.css'
import { TapChoices, takesMany } from './TapChoices.tsx'
import { useOptionWords } from './useOptionWords.ts'

// A plain vote must not wait for ballots that are rarer.
const ScoreBallot = lazy(() =>
  import('../kit/ballot/ScoreBallot.tsx').then((it) => ({ default: it.ScoreBallot })),
)
const RankBallot = lazy(() =>
  import('../kit/ballot/RankBallot.tsx').then((it) => ({ default: it.RankBallot })),
)

export interface BallotChoicesProps {
  poll: Poll
  /** What is counted so far, when it is being changed. */
  before: Choice | null
  isPending: boolean
  onCast: (choice: Choice) => void
  onKeep: () => void
}

export const BallotChoices = ({ poll, before, isPending, onCast, onKeep }: BallotChoicesProps) => {
  const word = useWords(participantPollWords)
  const [choice, setChoice] = useState<Choice | null>(before)
  const [isAsking, setAsking] = useState(false)
  const filled = choice === null || isBlank(choice) ? null : choice
  return (
    <form
      className={styles.paper}
      onSubmit={(event) => {
        event.preventDefault()
        if (filled !== null) onCast(filled)
      }}
    >
      <fieldset className={styles.choices} disabled={isPending}>
        <legend className={styles.note}>
          <Instruction poll={poll} choice={choice} />
        </legend>
        <Marks poll={poll} choice={choice} onChange={setChoice} />
      </fieldset>
      <div className={styles.submit}>
        <InWords poll={poll} choice={filled} />
        <Button
          kind="primary"
          size="large"
          type="submit"
          isWide
          isPending={isPending}
          isDisabled={filled === null}
        >
          <SubmitLabel poll={poll} choice={filled} />
        </Button>
        {poll.method.kind === 'yesNo' || filled !== null ? null : (
          <Button kind="quiet" onPress={() => setAsking(true)}>
            {word('submitBlank')}
          </Button>
        )}
        {before === null ? null : (
          <Button kind="quiet" onPress={onKeep}>
            {word('keepBallot')}
          </Button>
        )}
        <p className={styles.note}>{word(poll.changeable ? 'changeable' : 'final')}</p>
      </div>
      <Confirm
        title={word('blankTitle')}
        body={<p>{word('blankBody')}</p>}
        confirmLabel={word('submitBlank')}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false)
          onCast({ choices: [] })
        }}
      />
    </form>
  )
}

interface MarksProps {
  poll: Poll
  choice: Choice | null
  onChange: (choice: Choice) => void
}

const Marks = ({ poll, choice, onChange }: MarksProps) => {
  const [language] = useLanguage()
  const { method } = poll
  const options = optionsInWords(poll, language)
  switch (method.kind) {
    case 'yesNo':
    case 'chooseOne':
    case 'chooseUpTo':
    case 'approval':
      return <TapChoices poll={poll} choice={choice} onChange={onChange} />
    case 'score':
      return (
        <Suspense fallback={<Skeleton lines={6} />}>
          <ScoreBallot
            options={options}
            max={method.max}
            none={method.none}
            scores={choice !== null && 'scores' in choice ? choice.scores : {}}
            onChange={(scores) => onChange({ scores })}
          />
        </Suspense>
      )
    case 'irv':
    case 'stv':
    case 'schulze':
      return (
        <Suspense fallback={<Skeleton lines={6} />}>
          <RankBallot
            options={options}
            ranking={choice !== null && 'ranking' in choice ? choice.ranking : []}
            onChange={(ranking) => onChange({ ranking })}
            none={method.none}
            allowsTies={method.kind === 'schulze'}
          />
        </Suspense>
      )
    default:
      return unreachable(method)
  }
}

const Instruction = ({ poll, choice }: { poll: Poll; choice: Choice | null }) => {
  const word = useWords(participantPollWords)
  const ballotWord = useWords(ballotWords)
  const { method } = poll
  const count = choice !== null && 'choices' in choice ? choice.choices.length : 0
  switch (method.kind) {
    case 'yesNo':
      return word('chooseYesNo')
    case 'chooseOne':
      return word('chooseOneHint')
    case 'chooseUpTo':
      return word('chooseUpToHint', { max: method.max, count })
    case 'approval':
      return method.max === undefined
        ? word('approvalHint', { count })
        : word('chooseUpToHint', { max: method.max, count })
    case 'score':
      return ballotWord('scoreHint', { max: method.max })
    default:
      return ballotWord('rankHint')
  }
}

/** What is about to be cast, where the marks alone do not say it at a glance. */
const InWords = ({ poll, choice }: { poll: Poll; choice: Choice | null }) => {
  const word = useWords(participantPollWords)
  const words = useOptionWords(poll)
  if (choice === null || poll.method.kind === 'yesNo' || 'choice' in choice) return null
  return <p className={styles.inWords}>{word('yourBallot', { choice: words.choice(choice) })}</p>
}

const SubmitLabel = ({ poll, choice }: { poll: Poll; choice: Choice | null }) => {
  const word = useWords(participantPollWords)
  const words = useOptionWords(poll)
  if (choice === null) return word('submitFirst')
  if ('scores' in choice) return word('submitScores')
  if ('ranking' in choice) return word('submitRanking', { count: choice.ranking.flat().length })
  if (takesMany(poll) && 'choices' in choice) {
    return word('submit', { choice: word('chosenCount', { count: choice.choices.length }) })
  }
  return word('submit', { choice: words.choice(choice) })
}
