// Tells which seat somebody from the waiting room holds.
import { useState } from 'react'
import type { DeskAsk } from '../../../shared/wire/http.ts'
import { AskDialog } from '../../kit/AskDialog.tsx'
import { post } from '../../link/api.ts'
import { useMeeting } from '../../link/meeting.ts'
import { roomWords } from '../../words/facilitatorRoom.ts'
import { useWords } from '../../words/words.ts'
import { useMeetingParts } from '../cockpit.ts'
import { closeDialog } from '../dialogs.ts'
import { SeatPicker } from '../SeatPicker.tsx'
import { Trouble } from '../Trouble.tsx'
import { useAsk } from '../useOrder.ts'

export const BindSeatDialog = ({ deskEntryId, name }: { deskEntryId: string; name: string }) => {
  const { meetingId, seats } = useMeetingParts('meetingId', 'seats')
  const word = useWords(roomWords)
  const { ask, pending, trouble } = useAsk()
  const names = useMeeting((it) => it.names)
  const members = Object.values(seats).filter((seat) => seat.role === 'member')
  const namesakes = members.filter((seat) => names[seat.seatId]?.name === name.trim())
  // Chosen beforehand only where there is no doubt whom the name means.
  const [seatId, setSeatId] = useState(namesakes.length === 1 ? (namesakes[0]?.seatId ?? null) : null)
  const bind = async () => {
    if (seatId === null) return
    const body: DeskAsk = { action: 'bindSeat', seatId }
    const answer = await ask(post(`/api/meetings/${meetingId}/desk/${deskEntryId}`, body))
    if (answer.ok) closeDialog()
  }
  return (
    <AskDialog
      title={word('bindTitle', { name })}
      onClose={closeDialog}
      confirmLabel={word('bindAction')}
      onConfirm={() => void bind()}
      isPending={pending}
      isDisabled={seatId === null}
    >
      <p>{word('bindHint')}</p>
      <SeatPicker
        seatIds={members.map((seat) => seat.seatId)}
        chosen={seatId}
        onChoose={setSeatId}
        typed={name}
      />
      <Trouble>{trouble}</Trouble>
    </AskDialog>
  )
}
