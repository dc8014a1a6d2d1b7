// Who is recused from the current item, and the way to add or lift a recusal.
import type { AgendaItem } from '../../../shared/meeting/state.ts'
import { openPoll } from '../../../shared/views/polls.ts'
import { Button } from '../../kit/Button.tsx'
import { PartyMark } from '../../kit/PartyMark.tsx'
import { roomWords } from '../../words/facilitatorRoom.ts'
import { useWords } from '../../words/words.ts'
import { partyIndexOf, useMay, useMeetingParts, usePartyName, useSeatName } from '../cockpit.ts'
import { openDialog } from '../dialogs.ts'
import { offerUndo, useOrder } from '../useOrder.ts'
import styles from './poll.module.css'

export const Recusals = ({ item }: { item: AgendaItem }) => {
  const state = useMeetingParts('polls', 'phase')
  const may = useMay()
  const word = useWords(roomWords)
  const recused = Object.entries(item.recused)
  // While a vote is open its electors are fixed.
  const isFixed = openPoll(state) !== null || state.phase === 'closed'
  if (recused.length === 0 && isFixed) return null
  return (
    <section className={styles.recusals}>
      <header className={styles.recusalHead}>
        <h2>
          {word('recusals')}
          {recused.length === 0 ? (
            <span className={styles.groupHint}>{word('recusalNone')}</span>
          ) : (
            ` ${recused.length}`
          )}
        </h2>
        {isFixed || !may('recuse') ? null : (
          <Button
            kind="quiet"
            onPress={() => openDialog({ kind: 'recuse', itemId: item.itemId, seatId: null })}
          >
            {word('addRecusal')}
          </Button>
        )}
      </header>
      <ul className={styles.chips}>
        {recused.map(([seatId, { reason }]) => (
          <Recused key={seatId} itemId={item.itemId} seatId={seatId} reason={reason} isFixed={isFixed} />
        ))}
      </ul>
    </section>
  )
}

interface RecusedProps {
  itemId: string
  seatId: string
  reason: string
  isFixed: boolean
}

const Recused = ({ itemId, seatId, reason, isFixed }: RecusedProps) => {
  const state = useMeetingParts('seats', 'parties')
  const may = useMay()
  const word = useWords(roomWords)
  const seatName = useSeatName()
  const partyName = usePartyName()
  const { order, pending } = useOrder()
  const partyId = state.seats[seatId]?.partyId ?? null
  const lift = async () => {
    if (!(await order({ type: 'liftRecusal', itemId, seatId }))) return
    offerUndo(word('lifted', { name: seatName(seatId) }), { type: 'recuse', itemId, seatId, reason })
  }
  return (
    <li className={styles.chip}>
      <PartyMark index={partyIndexOf(state, partyId)} name={partyName(partyId)} hidesName />
      <span className={styles.chipName}>{seatName(seatId)}</span>
      <span className={styles.groupHint}>{reason === '' ? word('noReason') : reason}</span>
      {isFixed || !may('liftRecusal') ? null : (
        <Button kind="quiet" isPending={pending} onPress={() => void lift()}>
          {word('liftRecusal')}
        </Button>
      )}
    </li>
  )
}
