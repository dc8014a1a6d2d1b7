// Registers a written proxy: from a seat that is not here, to one that is, and which paper says so.
import { useState } from 'react'
import { limits } from '../../../shared/kernel/limits.ts'
import { AskDialog } from '../../kit/AskDialog.tsx'
import { TextField } from '../../kit/TextField.tsx'
import { papersWords } from '../../words/facilitatorPapers.ts'
import { useWords } from '../../words/words.ts'
import { useMeetingState, useSeatName } from '../cockpit.ts'
import { closeDialog } from '../dialogs.ts'
import { SeatPicker } from '../SeatPicker.tsx'
import { Trouble } from '../Trouble.tsx'
import { useOrder } from '../useOrder.ts'

export const GiveProxyDialog = ({ fromSeatId: first }: { fromSeatId: string | null }) => {
  const { seats, attendance } = useMeetingState()
  const word = useWords(papersWords)
  const seatName = useSeatName()
  const { order, pending, trouble } = useOrder()
  const [fromSeatId, setFrom] = useState(first)
  const [toSeatId, setTo] = useState<string | null>(null)
  const [document, setDocument] = useState('')
  const [isTried, setTried] = useState(false)
  const members = Object.values(seats).filter(({ role }) => role === 'member')
  const isHere = (seatId: string) => attendance[seatId]?.status === 'present'
  const away = members.filter(({ seatId }) => !isHere(seatId)).map(({ seatId }) => seatId)
  const here = members.filter(({ seatId }) => isHere(seatId)).map(({ seatId }) => seatId)
  const isMissing = document.trim() === ''
  const give = async () => {
    setTried(true)
    if (fromSeatId === null || toSeatId === null || isMissing) return
    const given = { type: 'giveProxy', fromSeatId, toSeatId, document: document.trim() } as const
    if (await order(given)) closeDialog()
  }
  return (
    <AskDialog
      title={word('proxyTitle')}
      onClose={closeDialog}
      confirmLabel={word('proxyAction')}
      onConfirm={() => void give()}
      isPending={pending}
      isDisabled={fromSeatId === null || toSeatId === null}
    >
      <p>{word('proxyHint')}</p>
      <h3>{word('proxyFrom')}</h3>
      <SeatPicker
        seatIds={away}
        chosen={fromSeatId}
        onChoose={setFrom}
        typed={first === null ? '' : seatName(first)}
      />
      <h3>{word('proxyTo')}</h3>
      <SeatPicker seatIds={here} chosen={toSeatId} onChoose={setTo} />
      <TextField
        label={word('proxyDocument')}
        description={word('proxyDocumentHint')}
        value={document}
        onChange={setDocument}
        error={isTried && isMissing ? word('proxyDocumentMissing') : null}
        charsMax={limits.reasonCharsMax}
        isRequired
      />
      <Trouble>{trouble}</Trouble>
    </AskDialog>
  )
}
