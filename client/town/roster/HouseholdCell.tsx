// A person's household, and what the person's seat stands for or weighs where that is more than one.
import type { Person } from '../../../shared/wire/http.ts'
import { rosterWords } from '../../words/townRoster.ts'
import { useWords } from '../../words/words.ts'
import town from '../Town.module.css'
import { figuresOf } from './people.ts'

export const HouseholdCell = ({
  person,
}: {
  person: Pick<Person, 'household' | 'households' | 'weight'>
}) => {
  const word = useWords(rosterWords)
  return (
    <>
      {person.household}
      {figuresOf(person).map(([field, count]) => (
        <span key={field} className={town.small}>
          {' '}
          {word(`${field}Of`, { count })}
        </span>
      ))}
    </>
  )
}
