// Those who are editing now: a dot in the colour of their caret, and the name.
import { useEffect, useState } from 'react'
import type { DraftHandle } from '../link/draft.ts'
import { editorWords } from '../words/editor.ts'
import { useWords } from '../words/words.ts'
import { type EditingPerson, editingPeople } from './carets.ts'
import styles from './People.module.css'

const isSame = (a: readonly EditingPerson[], b: readonly EditingPerson[]): boolean =>
  a.length === b.length &&
  a.every(
    (person, index) =>
      person.key === b[index]?.key && person.name === b[index]?.name && person.colour === b[index]?.colour,
  )

export const usePeople = (draft: DraftHandle | null): readonly EditingPerson[] => {
  const [people, setPeople] = useState<readonly EditingPerson[]>([])
  useEffect(() => {
    if (draft === null) return
    const { awareness } = draft
    const read = () =>
      setPeople((before) => {
        const now = editingPeople(awareness)
        return isSame(before, now) ? before : now
      })
    read()
    awareness.on('change', read)
    return () => awareness.off('change', read)
  }, [draft])
  return people
}

interface PeopleProps {
  people: readonly EditingPerson[]
  /** Which of them is this page, if any. */
  myKey?: string
  shownMax: number
}

const Dot = ({ person }: { person: EditingPerson }) => (
  <svg viewBox="0 0 10 10" aria-hidden="true" className={styles.dot}>
    <circle cx="5" cy="5" r="5" fill={person.colour} />
  </svg>
)

const Names = ({ people, myKey }: Pick<PeopleProps, 'people' | 'myKey'>) => {
  const word = useWords(editorWords)
  return (
    <ul className={styles.list}>
      {people.map((person) => (
        <li key={person.key} className={styles.person}>
          <Dot person={person} />
          <span className={styles.name}>{person.key === myKey ? word('me') : person.name}</span>
        </li>
      ))}
    </ul>
  )
}

/** In a line with room: the names, and the number where they are more than fit. */
export const People = ({ people, myKey, shownMax }: PeopleProps) => {
  const word = useWords(editorWords)
  if (people.length === 0) return <span className={styles.nobody}>{word('nobodyEditing')}</span>
  return (
    <div className={styles.people}>
      <span className={styles.label}>{word('editing')}</span>
      <Names people={people.slice(0, shownMax)} {...(myKey === undefined ? {} : { myKey })} />
      {people.length > shownMax ? (
        <span className={styles.more}>{word('andMore', { count: people.length })}</span>
      ) : null}
    </div>
  )
}

interface PeopleButtonProps {
  people: readonly EditingPerson[]
  isOpen: boolean
  onToggle: () => void
}

/** On a phone: how many, and the names when asked for. */
export const PeopleButton = ({ people, isOpen, onToggle }: PeopleButtonProps) => {
  const word = useWords(editorWords)
  if (people.length === 0) return <span className={styles.nobody} />
  return (
    <button type="button" className={styles.button} aria-expanded={isOpen} onClick={onToggle}>
      <span className={styles.dots}>
        {people.slice(0, 3).map((person) => (
          <Dot key={person.key} person={person} />
        ))}
      </span>
      {word('countEditing', { count: people.length })}
    </button>
  )
}

export const PeopleList = ({ people, myKey }: { people: readonly EditingPerson[]; myKey: string }) => (
  <div className={styles.all}>
    <Names people={people} myKey={myKey} />
  </div>
)
