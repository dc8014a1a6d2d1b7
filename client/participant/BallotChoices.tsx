// The choices of a ballot: tap one, then submit. Marks and places as well as colours tell them apart.
import { type ReactNode, useState } from 'react'
import type { Poll } from '../../shared/meeting/state.ts'
import { Button } from '../kit/Button.tsx'
import { classes } from '../kit/classes.ts'
import { participantPollWords } from '../words/participantPoll.ts'
import { useWords } from '../words/words.ts'
import { type Choice, chosenIn } from './ballotPaper.ts'
import styles from './Poll.module.css'
import { optionIdsOf, useOptionWords } from './useOptionWords.ts'

/** How many may be chosen; one for methods that ask for one. */
const mostChosen = (poll: Poll): number => {
  const { method } = poll
  if (method.kind === 'chooseUpTo') return method.max
  if (method.kind === 'approval') return method.max ?? poll.options.length
  return 1
}

const marks: Readonly<Record<string, ReactNode>> = {
  yes: (
    <>
      <circle cx="16" cy="16" r="13" />
      <path d="M9.5 16.8l4.4 4.4 8.6-9.6" />
    </>
  ),
  no: (
    <>
      <path d="M4 4h24v24H4z" />
      <path d="M11 11l10 10M21 11L11 21" />
    </>
  ),
  abstain: (
    <>
      <path d="M16 3l13 13-13 13L3 16z" />
      <path d="M11 16h10" />
    </>
  ),
}

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
  const words = useOptionWords(poll)
  const [chosen, setChosen] = useState<readonly string[]>(before === null ? [] : chosenIn(before))
  const most = mostChosen(poll)
  const takesMany = poll.method.kind === 'chooseUpTo' || poll.method.kind === 'approval'
  const ids = optionIdsOf(poll)
  const first = chosen[0]

  const toggle = (id: string): void => {
    if (!takesMany) setChosen([id])
    else if (chosen.includes(id)) setChosen(chosen.filter((one) => one !== id))
    else if (chosen.length < most) setChosen(ids.filter((one) => one === id || chosen.includes(one)))
  }
  const submit = (): void => {
    if (takesMany) onCast({ choices: chosen })
    else if (first !== undefined) onCast({ choice: first })
  }
  const submitLabel =
    chosen.length > 0
      ? word('submit', {
          choice: takesMany ? word('chosenCount', { count: chosen.length }) : words.option(first ?? ''),
        })
      : word(takesMany ? 'submitBlank' : 'submitFirst')

  return (
    <form
      className={styles.paper}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <fieldset className={styles.choices} disabled={isPending}>
        <legend className={styles.note}>
          <Instruction poll={poll} most={most} chosen={chosen.length} />
        </legend>
        {ids.map((id) => (
          <label
            key={id}
            className={classes(styles.choice, chosen.includes(id) && styles.chosen)}
            data-side={id}
          >
            <input
              className={styles.input}
              type={takesMany ? 'checkbox' : 'radio'}
              name={`ballot-${poll.pollId}`}
              checked={chosen.includes(id)}
              disabled={takesMany && !chosen.includes(id) && chosen.length >= most}
              onChange={() => toggle(id)}
            />
            {marks[id] === undefined ? (
              <span className={takesMany ? styles.box : styles.ring} aria-hidden="true" />
            ) : (
              <svg className={styles.mark} viewBox="0 0 32 32" aria-hidden="true">
                {marks[id]}
              </svg>
            )}
            <span className={styles.choiceWord}>{words.option(id)}</span>
            <span className={styles.halo} aria-hidden="true" />
          </label>
        ))}
      </fieldset>
      <div className={styles.submit}>
        <Button
          kind="primary"
          size="large"
          type="submit"
          isWide
          isPending={isPending}
          isDisabled={!takesMany && first === undefined}
        >
          {submitLabel}
        </Button>
        {before === null ? null : (
          <Button kind="quiet" onPress={onKeep}>
            {word('keepBallot')}
          </Button>
        )}
        <p className={styles.note}>{word(poll.changeable ? 'changeable' : 'final')}</p>
      </div>
    </form>
  )
}

const Instruction = ({ poll, most, chosen }: { poll: Poll; most: number; chosen: number }) => {
  const word = useWords(participantPollWords)
  switch (poll.method.kind) {
    case 'yesNo':
      return word('chooseYesNo')
    case 'chooseUpTo':
      return `${word('chooseUpToHint', { max: most, count: chosen })}${word('sentenceEnd')}${word('blankAllowed')}`
    case 'approval':
      return `${word('approvalHint', { count: chosen })}${word('sentenceEnd')}${word('blankAllowed')}`
    default:
      return word('chooseOneHint')
  }
}
