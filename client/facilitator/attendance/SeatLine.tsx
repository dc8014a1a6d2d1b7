// One seat in the list: who, of which party, here or not, connected or not; the likeliest action and the others.
import { memo } from 'react'
import { Badge, type BadgeTone } from '../../kit/Badge.tsx'
import { Button } from '../../kit/Button.tsx'
import { MenuButton } from '../../kit/MenuButton.tsx'
import { PartyMark } from '../../kit/PartyMark.tsx'
import { roomWords } from '../../words/facilitatorRoom.ts'
import { useWords } from '../../words/words.ts'
import { partyIndexOf, useMeetingParts, usePartyName } from '../cockpit.ts'
import { useOrder } from '../useOrder.ts'
import styles from './attendance.module.css'
import type { SeatRow, SeatStatus } from './seatRows.ts'
import { useSeatActions } from './useSeatActions.ts'

const tones: Readonly<Record<SeatStatus, BadgeTone>> = {
  absent: 'plain',
  present: 'good',
  left: 'warn',
  excused: 'plain',
}

export const SeatLine = memo(
  ({ row }: { row: SeatRow }) => {
    const state = useMeetingParts('parties')
    const word = useWords(roomWords)
    const partyName = usePartyName()
    return (
      <li className={styles.seat}>
        <span className={styles.who}>
          <span className={styles.name}>
            {row.name}
            <PartyMark
              index={partyIndexOf(state, row.partyId)}
              name={partyName(row.partyId) || word('observers')}
            />
            <Badge tone={tones[row.status]}>{word(`status_${row.status}`)}</Badge>
          </span>
          <span className={styles.facts}>
            <Connection row={row} />
            {row.household === '' ? null : <span>{row.household}</span>}
            {row.status === 'excused' && row.reason !== '' ? <span>{row.reason}</span> : null}
          </span>
        </span>
        <SeatKeys row={row} />
      </li>
    )
  },
  (before, after) =>
    Object.entries(after.row).every(([key, value]) => before.row[key as keyof SeatRow] === value),
)
SeatLine.displayName = 'SeatLine'

/** Who casts for a present seat, and whether its own device is in reach. */
const Connection = ({ row }: { row: SeatRow }) => {
  const word = useWords(roomWords)
  if (row.status !== 'present') return null
  if (row.channel !== 'device')
    return <span className={styles.channel}>{word(`channel_${row.channel}`)}</span>
  return (
    <span className={row.isConnected ? styles.connected : styles.unconnected}>
      {row.isConnected ? '● ' : '○ '}
      {word(row.isConnected ? 'connected' : 'disconnected')}
    </span>
  )
}

const SeatKeys = ({ row }: { row: SeatRow }) => {
  const { phase } = useMeetingParts('phase')
  const word = useWords(roomWords)
  const { order, pending } = useOrder()
  const items = useSeatActions(row)
  const mayEnter = row.status !== 'present' && phase !== 'convened' && phase !== 'closed'
  return (
    <span className={styles.keys}>
      {mayEnter ? (
        <Button
          isPending={pending}
          onPress={() => void order({ type: 'checkIn', seatId: row.seatId, channel: 'clerk' })}
        >
          {word(row.status === 'left' ? 'checkInAgain' : 'checkIn')}
        </Button>
      ) : null}
      <MenuButton label={word('seatMenu', { name: row.name })} items={items} isDisabled={items.length === 0}>
        <span aria-hidden="true">⋯</span>
      </MenuButton>
    </span>
  )
}
