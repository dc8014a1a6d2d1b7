// Those who have not voted, grouped by how they can be reached, with what the clerk can do for each.
import { useState } from 'react'
import type { Poll } from '../../../shared/meeting/state.ts'
import { Button } from '../../kit/Button.tsx'
import { PartyMark } from '../../kit/PartyMark.tsx'
import { useMeeting } from '../../link/meeting.ts'
import { pollWords } from '../../words/facilitatorPoll.ts'
import { useWords } from '../../words/words.ts'
import { partyIndexOf, useMeetingParts, usePartyName, useSeatName } from '../cockpit.ts'
import { openDialog } from '../dialogs.ts'
import { offerUndo, useOrder } from '../useOrder.ts'
import styles from './poll.module.css'
import { type Missing, notVotedCount, type Reach, reaches } from './turnout.ts'

const shownAtFirst = 12

export const NotVoted = ({ poll, missing }: { poll: Poll; missing: readonly Missing[] }) => {
  const word = useWords(pollWords)
  const tally = useMeeting((it) => it.tally)
  const count = notVotedCount(missing, tally)
  return (
    <div className={styles.notVoted}>
      <h3>{count === 0 ? word('allVoted') : word('notVoted', { count })}</h3>
      {reaches.map((reach) => (
        <Group
          key={reach}
          poll={poll}
          reach={reach}
          seats={missing.filter((one) => one.reach === reach && !one.isCounted)}
        />
      ))}
    </div>
  )
}

const Group = ({ poll, reach, seats }: { poll: Poll; reach: Reach; seats: readonly Missing[] }) => {
  const word = useWords(pollWords)
  const [all, setAll] = useState(false)
  if (seats.length === 0) return null
  const shown = all ? seats : seats.slice(0, shownAtFirst)
  return (
    <section className={styles.group} data-reach={reach}>
      <h4>
        {word(`who_${reach}`)} {seats.length}
        <span className={styles.groupHint}>{word(`whoHint_${reach}`)}</span>
      </h4>
      <ul className={styles.chips}>
        {shown.map((seat) => (
          <Chip key={seat.seatId} poll={poll} seat={seat} />
        ))}
      </ul>
      {seats.length > shown.length ? (
        <Button kind="quiet" onPress={() => setAll(true)}>
          {word('moreSeats', { count: seats.length - shown.length })}
        </Button>
      ) : null}
    </section>
  )
}

const Chip = ({ poll, seat }: { poll: Poll; seat: Missing }) => {
  const state = useMeetingParts('parties')
  const word = useWords(pollWords)
  const seatName = useSeatName()
  const partyName = usePartyName()
  const { order, pending } = useOrder()
  const { seatId, partyId, reach } = seat
  const toClerk = async () => {
    if (!(await order({ type: 'setChannel', seatId, channel: 'clerk' }))) return
    offerUndo(`${seatName(seatId)} · ${word('who_clerk')}`, { type: 'setChannel', seatId, channel: 'device' })
  }
  return (
    <li className={styles.chip}>
      <PartyMark index={partyIndexOf(state, partyId)} name={partyName(partyId)} hidesName />
      <span className={styles.chipName}>{seatName(seatId)}</span>
      {(reach === 'clerk' || reach === 'proxy') && poll.secrecy === 'named' ? (
        <Button kind="quiet" onPress={() => openDialog({ kind: 'castFor', pollId: poll.pollId, seatId })}>
          {word('castFor')}
        </Button>
      ) : null}
      {reach === 'disconnected' ? (
        <Button kind="quiet" isPending={pending} onPress={() => void toClerk()}>
          {word('toClerk')}
        </Button>
      ) : null}
    </li>
  )
}
