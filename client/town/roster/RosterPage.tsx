// The roster: who may be seated, by party; with import, export and corrections by hand.
import { useDeferredValue, useState } from 'react'
import { useLocation, useSearch } from 'wouter'
import type { HallView, Person, RosterView } from '../../../shared/wire/http.ts'
import { Button } from '../../kit/Button.tsx'
import { EmptyState } from '../../kit/EmptyState.tsx'
import { MenuButton } from '../../kit/MenuButton.tsx'
import { PartyMark } from '../../kit/PartyMark.tsx'
import { Select } from '../../kit/Select.tsx'
import { TextField } from '../../kit/TextField.tsx'
import { rosterWords } from '../../words/townRoster.ts'
import { pick, useLanguage, useWords } from '../../words/words.ts'
import { paths } from '../calls.ts'
import { useStaffRole } from '../Frames.tsx'
import { LoadedView, useLoaded } from '../loaded.tsx'
import town from '../Town.module.css'
import { ImportFlow } from './ImportFlow.tsx'
import { PeopleTable } from './PeopleTable.tsx'
import { PersonDialog } from './PersonDialog.tsx'
import { countByParty, peopleMatching } from './people.ts'
import { RemovePerson } from './RemovePerson.tsx'

export type Parties = HallView['parties']

export const RosterPage = () => {
  const [hall, againHall] = useLoaded<HallView>(paths.hall)
  const [roster, againRoster] = useLoaded<RosterView>(paths.roster)
  const [, go] = useLocation()
  const importing = new URLSearchParams(useSearch()).get('import')
  return (
    <LoadedView loaded={hall} again={againHall}>
      {({ parties }) =>
        importing === null ? (
          <LoadedView loaded={roster} again={againRoster} lines={8}>
            {({ people }) => <Roster people={people} parties={parties} changed={againRoster} />}
          </LoadedView>
        ) : (
          <ImportFlow
            importId={importing === 'new' ? null : importing}
            parties={parties}
            onSaved={() => {
              againRoster()
              go('/hall/roster')
            }}
          />
        )
      }
    </LoadedView>
  )
}

const download = (path: string) => window.location.assign(path)

interface RosterProps {
  people: readonly Person[]
  parties: Parties
  changed: () => void
}

type Open = { readonly what: 'add' } | { readonly what: 'edit' | 'remove'; readonly person: Person } | null

const Roster = ({ people, parties, changed }: RosterProps) => {
  const word = useWords(rosterWords)
  const [, go] = useLocation()
  const [open, setOpen] = useState<Open>(null)
  const close = () => setOpen(null)
  const toImport = () => go('/hall/roster?import=new')
  const mayKeep = useStaffRole() === 'secretary'
  return (
    <>
      <div className={town.head}>
        <div className={town.headText}>
          <h1 className={town.title}>{word('title')}</h1>
          <p className={town.lead}>{word('lead')}</p>
        </div>
        {mayKeep ? (
          <div className={town.row}>
            <MenuButton
              label={word('exportMenu')}
              items={[
                { id: 'xlsx', label: word('exportXlsx'), onAction: () => download(paths.rosterXlsx) },
                { id: 'csv', label: word('exportCsv'), onAction: () => download(paths.rosterCsv('utf-8')) },
                { id: 'gb', label: word('exportGb'), onAction: () => download(paths.rosterCsv('gb18030')) },
              ]}
            />
            <Button onPress={() => setOpen({ what: 'add' })}>{word('addPerson')}</Button>
            {people.length === 0 ? null : (
              <Button kind="primary" onPress={toImport}>
                {word('importOpen')}
              </Button>
            )}
          </div>
        ) : null}
      </div>
      {people.length === 0 ? (
        <EmptyState
          title={word('nobodyTitle')}
          hint={mayKeep ? word('nobodyHint') : word('secretaryKeeps')}
          action={
            mayKeep ? (
              <Button kind="primary" size="large" onPress={toImport}>
                {word('importOpen')}
              </Button>
            ) : null
          }
        />
      ) : (
        <Finder
          people={people}
          parties={parties}
          onEdit={mayKeep ? (person) => setOpen({ what: 'edit', person }) : null}
          onRemove={mayKeep ? (person) => setOpen({ what: 'remove', person }) : null}
        />
      )}
      {open?.what === 'add' ? (
        <PersonDialog person={null} parties={parties} onClose={close} onDone={changed} />
      ) : null}
      {open?.what === 'edit' ? (
        <PersonDialog person={open.person} parties={parties} onClose={close} onDone={changed} />
      ) : null}
      {open?.what === 'remove' ? (
        <RemovePerson person={open.person} onClose={close} onDone={changed} />
      ) : null}
    </>
  )
}

interface FinderProps {
  people: readonly Person[]
  parties: Parties
  /** `null` for staff who only read it. */
  onEdit: ((person: Person) => void) | null
  onRemove: ((person: Person) => void) | null
}

const Finder = ({ people, parties, onEdit, onRemove }: FinderProps) => {
  const word = useWords(rosterWords)
  const [language] = useLanguage()
  const [search, setSearch] = useState('')
  const [partyId, setPartyId] = useState<string | null>(null)
  const found = peopleMatching(people, useDeferredValue(search), partyId)
  const counts = countByParty(people)
  const showAll = () => {
    setSearch('')
    setPartyId(null)
  }
  return (
    <>
      <p className={town.row}>
        <strong className={town.figure}>{word('people', { count: people.length })}</strong>
        {parties.map((party, index) => (
          <span key={party.partyId} className={town.row}>
            <PartyMark
              index={index}
              name={word('partyCount', {
                name: pick(party.name, language),
                count: counts.get(party.partyId) ?? 0,
              })}
            />
          </span>
        ))}
      </p>
      <div className={town.columns}>
        <TextField label={word('search')} type="search" value={search} onChange={setSearch} />
        <Select
          label={word('party')}
          value={partyId ?? 'all'}
          onChange={(id) => setPartyId(id === 'all' ? null : id)}
          options={[
            { id: 'all', label: word('allParties') },
            ...parties.map((party) => ({ id: party.partyId, label: pick(party.name, language) })),
          ]}
        />
      </div>
      {found.length === 0 ? (
        <EmptyState
          title={word('nothingFoundTitle')}
          hint={word('nothingFoundHint')}
          action={<Button onPress={showAll}>{word('showAll')}</Button>}
        />
      ) : (
        <PeopleTable people={found} parties={parties} onEdit={onEdit} onRemove={onRemove} />
      )}
    </>
  )
}
