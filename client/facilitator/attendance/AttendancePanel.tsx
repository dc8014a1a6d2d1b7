// Attendance: the figures by party against the quorum, and every seat with what can be done for it.
import { useMemo, useState } from 'react'
import { Button } from '../../kit/Button.tsx'
import { EmptyState } from '../../kit/EmptyState.tsx'
import { Select } from '../../kit/Select.tsx'
import { TextField } from '../../kit/TextField.tsx'
import { useMeeting } from '../../link/meeting.ts'
import { roomWords } from '../../words/facilitatorRoom.ts'
import { useWords } from '../../words/words.ts'
import { useMeetingParts, usePartyName } from '../cockpit.ts'
import { AttendanceFigures } from './AttendanceFigures.tsx'
import styles from './attendance.module.css'
import { ProxiesCard } from './ProxiesCard.tsx'
import { SeatLine } from './SeatLine.tsx'
import { observersFilter, type SeatFilter, seatRows, statusFilters } from './seatRows.ts'

const pageSeats = 60
const everyone = 'everyone'

export const AttendancePanel = () => (
  <div className={styles.panel} data-panel="attendance">
    <AttendanceFigures />
    <ProxiesCard />
    <SeatList />
  </div>
)

const noFilter: SeatFilter = { query: '', partyId: null, status: null }

const SeatList = () => {
  const state = useMeetingParts('seats', 'attendance', 'parties', 'floor', 'agenda', 'currentItemId')
  const word = useWords(roomWords)
  const names = useMeeting((it) => it.names)
  const connectedSeats = useMeeting((it) => it.presence.seats)
  const [filter, setFilter] = useState(noFilter)
  const [pages, setPages] = useState(1)
  const rows = useMemo(
    () => seatRows(state, names, filter, new Set(connectedSeats)),
    [state, names, filter, connectedSeats],
  )
  const shown = rows.slice(0, pages * pageSeats)
  const narrow = (change: Partial<SeatFilter>) => {
    setFilter({ ...filter, ...change })
    setPages(1)
  }
  return (
    <section className={styles.seats}>
      <Filters filter={filter} onChange={narrow} />
      <p className={styles.shown}>{word('shown', { shown: shown.length, all: rows.length })}</p>
      {rows.length === 0 ? <EmptyState title={word('noSeats')} hint={word('noSeatsHint')} /> : null}
      <ul>
        {shown.map((row) => (
          <SeatLine key={row.seatId} row={row} />
        ))}
      </ul>
      {rows.length > shown.length ? (
        <Button onPress={() => setPages(pages + 1)}>
          {word('showMore', { count: Math.min(pageSeats, rows.length - shown.length) })}
        </Button>
      ) : null}
    </section>
  )
}

const Filters = ({
  filter,
  onChange,
}: {
  filter: SeatFilter
  onChange: (change: Partial<SeatFilter>) => void
}) => {
  const { parties } = useMeetingParts('parties')
  const word = useWords(roomWords)
  const partyName = usePartyName()
  const all = { id: everyone, label: word('everyone') }
  return (
    <div className={styles.filters}>
      <TextField
        label={word('search')}
        hidesLabel
        type="search"
        value={filter.query}
        onChange={(query) => onChange({ query })}
        placeholder={word('searchHint')}
      />
      <Select
        label={word('filterParty')}
        hidesLabel
        value={filter.partyId ?? everyone}
        onChange={(id) => onChange({ partyId: id === everyone ? null : id })}
        options={[
          { ...all, label: word('allParties') },
          ...parties.map(({ partyId }) => ({ id: partyId, label: partyName(partyId) })),
          { id: observersFilter, label: word('observers') },
        ]}
      />
      <Select
        label={word('filterStatus')}
        hidesLabel
        value={filter.status ?? everyone}
        onChange={(id) => onChange({ status: statusFilters.find((status) => status === id) ?? null })}
        options={[
          { ...all, label: word('allStatuses') },
          ...statusFilters.map((status) => ({ id: status, label: word(`status_${status}`) })),
        ]}
      />
    </div>
  )
}
