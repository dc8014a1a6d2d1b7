// The questions about a seat: excuse it with a reason; give it a new card or move it to another device.
import { useState } from 'react'
import { limits } from '../../../shared/kernel/limits.ts'
import type { CardsView, CardView } from '../../../shared/wire/http.ts'
import { AskDialog } from '../../kit/AskDialog.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { QrCode } from '../../kit/QrCode.tsx'
import { TextField } from '../../kit/TextField.tsx'
import { post } from '../../link/api.ts'
import { roomWords } from '../../words/facilitatorRoom.ts'
import { useWords } from '../../words/words.ts'
import { useMeetingParts, useSeatName } from '../cockpit.ts'
import { closeDialog } from '../dialogs.ts'
import { Trouble } from '../Trouble.tsx'
import { useAsk, useOrder } from '../useOrder.ts'
import styles from './attendance.module.css'

export const ExcuseDialog = ({ seatId }: { seatId: string }) => {
  const word = useWords(roomWords)
  const seatName = useSeatName()
  const { order, pending, trouble } = useOrder()
  const [reason, setReason] = useState('')
  const excuse = async () => {
    if (await order({ type: 'excuse', seatId, reason: reason.trim() })) closeDialog()
  }
  return (
    <AskDialog
      title={word('excuseTitle', { name: seatName(seatId) })}
      onClose={closeDialog}
      confirmLabel={word('excuseAction')}
      onConfirm={() => void excuse()}
      isPending={pending}
    >
      <TextField
        label={word('reasonOptional')}
        value={reason}
        onChange={setReason}
        charsMax={limits.reasonCharsMax}
        onEnter={() => void excuse()}
        autoFocus
      />
      <Trouble>{trouble}</Trouble>
    </AskDialog>
  )
}

/** Asked before it is made, since making it ends an older card or a device's session. */
export const CardDialog = ({ seatId, way }: { seatId: string; way: 'reissue' | 'move' }) => {
  const { meetingId } = useMeetingParts('meetingId')
  const word = useWords(roomWords)
  const seatName = useSeatName()
  const { ask, pending, trouble } = useAsk()
  const [card, setCard] = useState<CardView | null>(null)
  const name = seatName(seatId)
  const make = async () => {
    const base = `/api/meetings/${meetingId}`
    if (way === 'move') {
      const answer = await ask(post<CardView>(`${base}/seats/${seatId}/move`))
      if (answer.ok) setCard(answer.value)
      return
    }
    const answer = await ask(post<CardsView>(`${base}/cards`, { seatIds: [seatId] }))
    if (answer.ok) setCard(answer.value.cards[0] ?? null)
  }
  return (
    <Dialog
      title={word('cardTitle', { name })}
      isOpen
      onClose={closeDialog}
      actions={
        card === null ? (
          <>
            <Button onPress={closeDialog}>{word('cancel')}</Button>
            <Button kind="primary" onPress={() => void make()} isPending={pending}>
              {word(way === 'move' ? 'cardMoveAction' : 'cardReissueAction')}
            </Button>
          </>
        ) : (
          <Button kind="primary" onPress={closeDialog}>
            {word('done')}
          </Button>
        )
      }
    >
      {card === null ? (
        <p>{word(way === 'move' ? 'cardMoveHint' : 'cardReissueHint')}</p>
      ) : (
        <div className={styles.card}>
          <div className={styles.code}>
            <QrCode text={card.url} label={word('cardScan', { name })} />
          </div>
          <p>{word('cardScan', { name })}</p>
          <p className={styles.once}>{word('cardOnce')}</p>
          <p className={styles.url}>{card.url}</p>
        </div>
      )}
      <Trouble>{trouble}</Trouble>
    </Dialog>
  )
}
