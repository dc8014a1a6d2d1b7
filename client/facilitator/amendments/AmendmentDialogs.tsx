// The questions about an amendment: taken into the draft, or not; and proposing one for somebody without a device.
import { useState } from 'react'
import { limits } from '../../../shared/kernel/limits.ts'
import { isPresent } from '../../../shared/meeting/deciding.ts'
import { AskDialog } from '../../kit/AskDialog.tsx'
import { TextField } from '../../kit/TextField.tsx'
import { amendmentWords } from '../../words/amendments.ts'
import { useWords } from '../../words/words.ts'
import { useMeetingState } from '../cockpit.ts'
import { closeDialog } from '../dialogs.ts'
import { SeatPicker } from '../SeatPicker.tsx'
import { Trouble } from '../Trouble.tsx'
import { useOrder } from '../useOrder.ts'
import styles from './amendments.module.css'
import { MovedNotice } from './MovedNotice.tsx'

interface Settling {
  amendmentId: string
  /** The poll that decided; `null` without one. */
  pollId: string | null
}

export const AdoptAmendmentDialog = ({ amendmentId, pollId }: Settling) => {
  const word = useWords(amendmentWords)
  const { amendments } = useMeetingState()
  const { order, pending, trouble } = useOrder()
  const amendment = amendments.find((one) => one.amendmentId === amendmentId)
  if (amendment === undefined) return null
  const adopt = async () => {
    if (await order({ type: 'adoptAmendment', amendmentId, pollId })) closeDialog()
  }
  return (
    <AskDialog
      title={word('adoptTitle')}
      onClose={closeDialog}
      confirmLabel={word('adopt')}
      onConfirm={() => void adopt()}
      isPending={pending}
    >
      <div className={styles.panel}>
        <p className={styles.entryTitle}>{amendment.title}</p>
        <p>{word(pollId === null ? 'adoptConsentBody' : 'adoptPollBody')}</p>
        <MovedNotice amendment={amendment} mayRebase={false} />
        <Trouble>{trouble}</Trouble>
      </div>
    </AskDialog>
  )
}

export const RejectAmendmentDialog = ({ amendmentId, pollId }: Settling) => {
  const word = useWords(amendmentWords)
  const { amendments } = useMeetingState()
  const { order, pending, trouble } = useOrder()
  const [reason, setReason] = useState('')
  const amendment = amendments.find((one) => one.amendmentId === amendmentId)
  if (amendment === undefined) return null
  const reject = async () => {
    if (await order({ type: 'rejectAmendment', amendmentId, pollId, reason })) closeDialog()
  }
  return (
    <AskDialog
      title={word('rejectTitle')}
      onClose={closeDialog}
      confirmLabel={word('reject')}
      danger
      onConfirm={() => void reject()}
      isPending={pending}
    >
      <div className={styles.panel}>
        <p className={styles.entryTitle}>{amendment.title}</p>
        <TextField
          label={word('reasonLabel')}
          value={reason}
          onChange={setReason}
          charsMax={limits.reasonCharsMax}
          multiline
        />
        <Trouble>{trouble}</Trouble>
      </div>
    </AskDialog>
  )
}

export const ProposeForDialog = ({ itemId }: { itemId: string }) => {
  const word = useWords(amendmentWords)
  const state = useMeetingState()
  const { order, pending, trouble } = useOrder()
  const [seatId, setSeatId] = useState<string | null>(null)
  const [title, setTitle] = useState('')
  const members = Object.values(state.seats).filter(
    (seat) => seat.role === 'member' && isPresent(state, seat.seatId),
  )
  const propose = async () => {
    if (seatId === null || title.trim() === '') return
    if (await order({ type: 'proposeAmendment', itemId, seatId, title, purpose: '', passage: '' }))
      closeDialog()
  }
  return (
    <AskDialog
      title={word('proposeForTitle')}
      onClose={closeDialog}
      confirmLabel={word('proposeConfirm')}
      onConfirm={() => void propose()}
      isPending={pending}
      isDisabled={seatId === null || title.trim() === ''}
    >
      <div className={styles.panel}>
        <p>{word('proposeForHint')}</p>
        <SeatPicker seatIds={members.map((seat) => seat.seatId)} chosen={seatId} onChoose={setSeatId} />
        <TextField
          label={word('titleLabel')}
          value={title}
          onChange={setTitle}
          charsMax={limits.titleCharsMax}
          placeholder={word('titleExample')}
          isRequired
        />
        <Trouble>{trouble}</Trouble>
      </div>
    </AskDialog>
  )
}
