// Finds one seat by typing a part of its name: a search field and the first matches to choose from.
import { useState } from 'react'
import { PartyMark } from '../kit/PartyMark.tsx'
import { TextField } from '../kit/TextField.tsx'
import { useMeeting } from '../link/meeting.ts'
import { roomWords } from '../words/facilitatorRoom.ts'
import { useWords } from '../words/words.ts'
import { seatRows } from './attendance/seatRows.ts'
import { partyIndexOf, useMeetingState, usePartyName } from './cockpit.ts'
import styles from './picker.module.css'

const matchesMax = 8

export interface SeatPickerProps {
  seatIds: readonly string[]
  chosen: string | null
  onChoose: (seatId: string) => void
  /** Typed already, such as the name that somebody in the waiting room gave. */
  typed?: string
}

export const SeatPicker = ({ seatIds, chosen, onChoose, typed = '' }: SeatPickerProps) => {
  const state = useMeetingState()
  const names = useMeeting((it) => it.names)
  const partyName = usePartyName()
  const word = useWords(roomWords)
  const [query, setQuery] = useState(typed)
  const allowed = new Set(seatIds)
  const rows = seatRows(state, names, { query, partyId: null, status: null }, new Set())
  const matches = rows.filter((row) => allowed.has(row.seatId)).slice(0, matchesMax)
  const only = matches.length === 1 ? matches[0] : undefined
  return (
    <div className={styles.picker}>
      <TextField
        label={word('pickSeat')}
        type="search"
        value={query}
        onChange={setQuery}
        placeholder={word('pickSearch')}
        autoFocus
        onEnter={() => {
          if (only !== undefined) onChoose(only.seatId)
        }}
      />
      {matches.length === 0 ? <p className={styles.none}>{word('pickNone')}</p> : null}
      <ul className={styles.matches}>
        {matches.map((row) => (
          <li key={row.seatId}>
            <button
              type="button"
              className={styles.match}
              aria-pressed={row.seatId === chosen}
              onClick={() => onChoose(row.seatId)}
            >
              <span className={styles.name}>{row.name}</span>
              <PartyMark
                index={partyIndexOf(state, row.partyId)}
                name={partyName(row.partyId) || word('observers')}
              />
              <span className={styles.household}>{row.household}</span>
              <span className={styles.status}>{word(`status_${row.status}`)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
