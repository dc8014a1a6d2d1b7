// Choosing people of the roster: search, take or clear all that are listed, or tick them one by one.
import { useDeferredValue, useState } from 'react'
import type { HallView, Person } from '../../../shared/wire/http.ts'
import { Button } from '../../kit/Button.tsx'
import { Checkbox } from '../../kit/Checkbox.tsx'
import { PartyMark } from '../../kit/PartyMark.tsx'
import { Select } from '../../kit/Select.tsx'
import { TextField } from '../../kit/TextField.tsx'
import { meetingWords } from '../../words/townMeeting.ts'
import { rosterWords } from '../../words/townRoster.ts'
import { pick, useLanguage, useWords } from '../../words/words.ts'
import { Pager, usePages } from '../Pager.tsx'
import { peopleMatching } from '../roster/people.ts'
import town from '../Town.module.css'
import styles from './Convene.module.css'

interface PeoplePickerProps {
  people: readonly Person[]
  parties: HallView['parties']
  chosen: ReadonlySet<string>
  onChange: (chosen: ReadonlySet<string>) => void
}

export const PeoplePicker = ({ people, parties, chosen, onChange }: PeoplePickerProps) => {
  const word = useWords(meetingWords)
  const rosterWord = useWords(rosterWords)
  const [language] = useLanguage()
  const [search, setSearch] = useState('')
  const [partyId, setPartyId] = useState<string | null>(null)
  const listed = peopleMatching(people, useDeferredValue(search), partyId)
  const pages = usePages(listed.length)
  const choose = (ids: readonly string[], isChosen: boolean) => {
    const next = new Set(chosen)
    for (const id of ids) isChosen ? next.add(id) : next.delete(id)
    onChange(next)
  }
  const listedIds = listed.map(({ personId }) => personId)
  return (
    <div className={town.tight}>
      <div className={town.columns}>
        <TextField label={rosterWord('search')} type="search" value={search} onChange={setSearch} />
        <Select
          label={rosterWord('party')}
          value={partyId ?? 'all'}
          onChange={(id) => setPartyId(id === 'all' ? null : id)}
          options={[
            { id: 'all', label: rosterWord('allParties') },
            ...parties.map((party) => ({ id: party.partyId, label: pick(party.name, language) })),
          ]}
        />
      </div>
      <div className={town.row}>
        <Button onPress={() => choose(listedIds, true)} isDisabled={listed.length === 0}>
          {word('pickMatching', { count: listed.length })}
        </Button>
        <Button onPress={() => choose(listedIds, false)} isDisabled={listed.length === 0}>
          {word('dropMatching', { count: listed.length })}
        </Button>
        <strong className={town.figure}>
          {word('chosenOf', { chosen: chosen.size, count: people.length })}
        </strong>
      </div>
      <div className={styles.picked}>
        <div className={styles.pickList}>
          {listed.slice(pages.from, pages.to).map((person) => {
            const index = parties.findIndex((party) => party.partyId === person.partyId)
            const party = parties[index]
            return (
              <Checkbox
                key={person.personId}
                isSelected={chosen.has(person.personId)}
                onChange={(isChosen) => choose([person.personId], isChosen)}
              >
                <PartyMark
                  index={index}
                  name={party === undefined ? '' : pick(party.name, language)}
                  hidesName
                />{' '}
                {person.name}
                {person.bodyRole === '' ? null : <span className={town.small}> {person.bodyRole}</span>}
              </Checkbox>
            )
          })}
        </div>
      </div>
      <Pager {...pages} />
    </div>
  )
}
