// The choices of a ballot that is tapped: one, or up to a number. Marks and places as well as colours tell them apart;
// none of the above stands apart.
import type { ReactNode } from 'react'
import { namedIn } from '../../shared/counting/ballot.ts'
import type { Poll } from '../../shared/meeting/state.ts'
import { classes } from '../kit/classes.ts'
import { optionsInWords } from '../kit/result/optionWords.ts'
import { ballotWords } from '../words/ballot.ts'
import { useLanguage, useWords } from '../words/words.ts'
import type { Choice } from './ballotPaper.ts'
import styles from './Poll.module.css'

export const takesMany = ({ method }: Poll): boolean =>
  method.kind === 'chooseUpTo' || method.kind === 'approval'

/** How many may be chosen; one for methods that ask for one. */
const mostChosen = ({ method, options }: Poll): number => {
  if (method.kind === 'chooseUpTo') return method.max
  return method.kind === 'approval' ? (method.max ?? options.length) : 1
}

const noneOf = ({ method }: Poll): string | undefined => ('none' in method ? method.none : undefined)

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

interface TapChoicesProps {
  poll: Poll
  choice: Choice | null
  onChange: (choice: Choice) => void
}

/** The chosen ones after a tap, in the poll's order. None of the above is chosen alone. */
const tapped = (
  poll: Poll,
  ids: readonly string[],
  chosen: readonly string[],
  id: string,
): readonly string[] => {
  const none = noneOf(poll)
  if (chosen.includes(id)) return chosen.filter((one) => one !== id)
  if (id === none) return [id]
  return ids.filter((one) => one !== none && (one === id || chosen.includes(one)))
}

export const TapChoices = ({ poll, choice, onChange }: TapChoicesProps) => {
  const word = useWords(ballotWords)
  const [language] = useLanguage()
  const options = optionsInWords(poll, language)
  const ids = options.map(({ id }) => id)
  const chosen = choice === null ? [] : namedIn(choice)
  const isMany = takesMany(poll)
  const none = noneOf(poll)
  const isFull = isMany && chosen.length >= mostChosen(poll) && !chosen.includes(none ?? '')
  const row = ({ id, label }: { id: string; label: string }) => (
    <label key={id} className={classes(styles.choice, chosen.includes(id) && styles.chosen)} data-side={id}>
      <input
        className={styles.input}
        type={isMany ? 'checkbox' : 'radio'}
        name={`ballot-${poll.pollId}`}
        checked={chosen.includes(id)}
        disabled={isFull && id !== none && !chosen.includes(id)}
        onChange={() => onChange(isMany ? { choices: tapped(poll, ids, chosen, id) } : { choice: id })}
      />
      {marks[id] === undefined ? (
        <span className={isMany ? styles.box : styles.ring} aria-hidden="true" />
      ) : (
        <svg className={styles.mark} viewBox="0 0 32 32" aria-hidden="true">
          {marks[id]}
        </svg>
      )}
      <span className={styles.choiceWord}>{label}</span>
      <span className={styles.halo} aria-hidden="true" />
    </label>
  )
  const apart = options.find(({ id }) => id === none)
  return (
    <>
      {options.filter(({ id }) => id !== none).map(row)}
      {apart === undefined ? null : (
        <div className={styles.apart}>
          {row(apart)}
          <p className={styles.note}>{word('noneApartHint', { option: apart.label })}</p>
        </div>
      )}
    </>
  )
}
