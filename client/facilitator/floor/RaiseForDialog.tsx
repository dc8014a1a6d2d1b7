// Raises a hand for a seat whose holder has no device.
import { useState } from 'react'
import type { HandKind } from '../../../shared/meeting/commands.ts'
import { AskDialog } from '../../kit/AskDialog.tsx'
import { RadioGroup } from '../../kit/RadioGroup.tsx'
import { floorWords } from '../../words/facilitatorFloor.ts'
import { useWords } from '../../words/words.ts'
import { useMeetingState } from '../cockpit.ts'
import { closeDialog } from '../dialogs.ts'
import { SeatPicker } from '../SeatPicker.tsx'
import { Trouble } from '../Trouble.tsx'
import { useOrder } from '../useOrder.ts'

const kinds: readonly HandKind[] = ['speak', 'pointOfOrder', 'answer']

export const RaiseForDialog = () => {
  const { attendance, floor, seats } = useMeetingState()
  const word = useWords(floorWords)
  const { order, pending, trouble } = useOrder()
  const [seatId, setSeatId] = useState<string | null>(null)
  const [kind, setKind] = useState<HandKind>('speak')
  const raised = new Set(floor.hands.map((hand) => hand.seatId))
  const free = Object.keys(seats).filter((id) => attendance[id]?.status === 'present' && !raised.has(id))
  const raise = async () => {
    if (seatId !== null && (await order({ type: 'raiseHand', seatId, kind }))) closeDialog()
  }
  return (
    <AskDialog
      title={word('raiseForTitle')}
      onClose={closeDialog}
      confirmLabel={word('raiseFor')}
      onConfirm={() => void raise()}
      isPending={pending}
      isDisabled={seatId === null}
    >
      <p>{word('raiseForHint')}</p>
      <SeatPicker seatIds={free} chosen={seatId} onChoose={setSeatId} />
      <RadioGroup
        label={word('handKind')}
        value={kind}
        onChange={(id) => setKind(kinds.find((one) => one === id) ?? 'speak')}
        options={kinds.map((id) => ({ id, label: word(`hand_${id}`) }))}
      />
      <Trouble>{trouble}</Trouble>
    </AskDialog>
  )
}
