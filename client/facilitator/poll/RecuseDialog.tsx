// Enters that a seat is recused from an item, with the reason.
import { useState } from 'react'
import { limits } from '../../../shared/kernel/limits.ts'
import { AskDialog } from '../../kit/AskDialog.tsx'
import { TextField } from '../../kit/TextField.tsx'
import { roomWords } from '../../words/facilitatorRoom.ts'
import { useWords } from '../../words/words.ts'
import { useMeetingState, useSeatName } from '../cockpit.ts'
import { closeDialog } from '../dialogs.ts'
import { SeatPicker } from '../SeatPicker.tsx'
import { Trouble } from '../Trouble.tsx'
import { useOrder } from '../useOrder.ts'

export const RecuseDialog = ({ itemId, seatId: first }: { itemId: string; seatId: string | null }) => {
  const { agenda, seats } = useMeetingState()
  const word = useWords(roomWords)
  const seatName = useSeatName()
  const { order, pending, trouble } = useOrder()
  const [seatId, setSeatId] = useState(first)
  const [reason, setReason] = useState('')
  const item = agenda.find((one) => one.itemId === itemId)
  if (item === undefined) return null
  const free = Object.values(seats).filter(
    (seat) => seat.role === 'member' && item.recused[seat.seatId] === undefined,
  )
  const recuse = async () => {
    if (seatId === null) return
    if (await order({ type: 'recuse', itemId, seatId, reason: reason.trim() })) closeDialog()
  }
  return (
    <AskDialog
      title={word('recuseTitle', { title: item.title })}
      onClose={closeDialog}
      confirmLabel={word('recuseAction')}
      onConfirm={() => void recuse()}
      isPending={pending}
      isDisabled={seatId === null}
    >
      <p>{word('recuseHint')}</p>
      <SeatPicker
        seatIds={free.map((seat) => seat.seatId)}
        chosen={seatId}
        onChoose={setSeatId}
        typed={first === null ? '' : seatName(first)}
      />
      <TextField
        label={word('reasonOptional')}
        value={reason}
        onChange={setReason}
        charsMax={limits.reasonCharsMax}
        onEnter={() => void recuse()}
      />
      <Trouble>{trouble}</Trouble>
    </AskDialog>
  )
}
