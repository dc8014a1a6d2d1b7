// The door of the meeting: the QR code and the room code for those who come without a card.
import type { DoorView } from '../../../shared/wire/http.ts'
import { Button } from '../../kit/Button.tsx'
import { QrCode } from '../../kit/QrCode.tsx'
import { Skeleton } from '../../kit/Skeleton.tsx'
import { roomWords } from '../../words/facilitatorRoom.ts'
import { useRefusal } from '../../words/refusals.ts'
import { useWords } from '../../words/words.ts'
import { useMeetingParts } from '../cockpit.ts'
import { useAsked } from '../useAsked.ts'
import styles from './desk.module.css'

export const DoorCard = () => {
  const { meetingId } = useMeetingParts('meetingId')
  const word = useWords(roomWords)
  const refusal = useRefusal()
  const door = useAsked<DoorView>(`/api/meetings/${meetingId}/door`)
  return (
    <section className={styles.door}>
      <h2>{word('door')}</h2>
      {door.refusal === null ? null : (
        <p className={styles.trouble}>
          {refusal(door.refusal)} <Button onPress={door.again}>{word('tryAgain')}</Button>
        </p>
      )}
      {door.value === null && door.refusal === null ? <Skeleton lines={3} /> : null}
      {door.value === null ? null : (
        <div className={styles.doorBody}>
          <div className={styles.doorCode}>
            <QrCode text={door.value.url} label={door.value.url} />
          </div>
          <div>
            <p className={styles.roomLabel}>{word('roomCode')}</p>
            <p className={styles.roomCode}>{door.value.roomCode}</p>
            <p className={styles.hint}>{word('doorHint')}</p>
          </div>
        </div>
      )}
    </section>
  )
}
