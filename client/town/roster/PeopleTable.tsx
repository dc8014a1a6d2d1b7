// The people of the roster as a table, a page at a time.
import type { Person } from '../../../shared/wire/http.ts'
import { Button } from '../../kit/Button.tsx'
import { PartyMark } from '../../kit/PartyMark.tsx'
import { townWords } from '../../words/town.ts'
import { rosterWords } from '../../words/townRoster.ts'
import { pick, useLanguage, useWords } from '../../words/words.ts'
import { Pager, usePages } from '../Pager.tsx'
import table from '../Table.module.css'
import { HouseholdCell } from './HouseholdCell.tsx'
import type { Parties } from './RosterPage.tsx'

interface PeopleTableProps {
  people: readonly Person[]
  parties: Parties
  /** `null` for staff who only read it. */
  onEdit: ((person: Person) => void) | null
  onRemove: ((person: Person) => void) | null
}

export const PeopleTable = ({ people, parties, onEdit, onRemove }: PeopleTableProps) => {
  const word = useWords(rosterWords)
  const townWord = useWords(townWords)
  const [language] = useLanguage()
  const pages = usePages(people.length)
  return (
    <>
      <table className={`${table.table} ${table.stacks}`}>
        <thead>
          <tr>
            <th scope="col">{word('name')}</th>
            <th scope="col">{word('party')}</th>
            <th scope="col">{word('bodyRole')}</th>
            <th scope="col">{word('household')}</th>
            <th scope="col">{word('phone')}</th>
            {onEdit === null ? null : (
              <th scope="col" className={table.end}>
                {word('actions')}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {people.slice(pages.from, pages.to).map((person) => {
            const index = parties.findIndex(({ partyId }) => partyId === person.partyId)
            const party = parties[index]
            return (
              <tr key={person.personId}>
                <th scope="row">{person.name}</th>
                <td>
                  <PartyMark
                    index={index}
                    name={party === undefined ? person.partyId : pick(party.name, language)}
                  />
                </td>
                <td data-head={word('bodyRole')}>{person.bodyRole}</td>
                <td data-head={word('household')}>
                  <HouseholdCell person={person} />
                </td>
                <td data-head={word('phone')}>{person.phone}</td>
                {onEdit === null || onRemove === null ? null : (
                  <td className={table.end}>
                    <Button
                      kind="quiet"
                      label={word('editPerson', { name: person.name })}
                      onPress={() => onEdit(person)}
                    >
                      {townWord('edit')}
                    </Button>
                    <Button
                      kind="quiet"
                      label={word('removePerson', { name: person.name })}
                      onPress={() => onRemove(person)}
                    >
                      {townWord('remove')}
                    </Button>
                  </td>
                )}
              </tr>
            )
          })}
        </tbody>
      </table>
      <Pager {...pages} />
    </>
  )
}
