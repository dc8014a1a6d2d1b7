// Choosing seats of a meeting by name, with whether they are there already.
import { useDeferredValue, useState } from 'react'
import type { Attendance, MeetingState } from '../../../shared/meeting/state.ts'
import { Checkbox } from '../../kit/Checkbox.tsx'
import { PartyMark } from '../../kit/PartyMark.tsx'
import { TextField } from '../../kit/TextField.tsx'
import { useMeeting } from '../../link/meeting.ts'
import { meetingWords } from '../../words/townMeeting.ts'
import { rosterWords } from '../../words/townRoster.ts'
import { pick, useLanguage, useWords } from '../../words/words.ts'
import { Pager, usePages } from '../Pager.tsx'
import town from '../Town.module.css'
import styles from './Meeting.module.css'

const statusKeys = {
  present: 'seatPresent',
  absent: 'seatAbsent',
  left: 'seatLeft',
  excused: 'seatExcused',
} as const satisfies Readonly<Record<Attendance['status'], unknown>>

interface SeatChooserProps {
  state: MeetingState
  chosen: ReadonlySet<string>
  onChange: (chosen: ReadonlySet<string>) => void
}

export const SeatChooser = ({ state, chosen, onChange }: SeatChooserProps) => {
  const word = useWords(meetingWords)
  const rosterWord = useWords(rosterWords)
  const [language] = useLanguage()
  const names = useMeeting((view) => view.names)
  const [search, setSearch] = useState('')
  const sought = useDeferredValue(search).trim()
  const listed = Object.values(state.seats).filter(({ seatId, role }) => {
    const { name = '', household = '' } = names[seatId] ?? {}
    return role === 'member' && (sought === '' || name.includes(sought) || household.includes(sought))
  })
  const pages = usePages(listed.length)
  const toggle = (seatId: string, isChosen: boolean) => {
    const next = new Set(chosen)
    if (isChosen) next.add(seatId)
    else next.delete(seatId)
    onChange(next)
  }
  return (
    <div className={town.tight}>
      <TextField label={rosterWord('search')} type="search" value={search} onChange={setSearch} />
      <strong className={town.figure}>
        {word('chosenOf', { chosen: chosen.size, count: listed.length })}
      </strong>
      <div className={styles.seats}>
        {listed.slice(pages.from, pages.to).map(({ seatId, partyId }) => {
          const index = state.parties.findIndex((party) => party.partyId === partyId)
          const party = state.parties[index]
          const status = state.attendance[seatId]?.status ?? 'absent'
          return (
            <Checkbox
              key={seatId}
              isSelected={chosen.has(seatId)}
              onChange={(isChosen) => toggle(seatId, isChosen)}
            >
              <PartyMark
                index={index}
                name={party === undefined ? '' : pick(party.name, language)}
                hidesName
              />{' '}
              {names[seatId]?.name ?? seatId} <span className={town.small}>{word(statusKeys[status])}</span>
            </Checkbox>
          )
        })}
      </div>
      <Pager {...pages} />
    </div>
  )
}
