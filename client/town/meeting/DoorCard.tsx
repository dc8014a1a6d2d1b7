// The way in for people without a card: room code, QR code and an address to copy.
import type { DoorView } from '../../../shared/wire/http.ts'
import { Card } from '../../kit/Card.tsx'
import { QrCode } from '../../kit/QrCode.tsx'
import { meetingWords } from '../../words/townMeeting.ts'
import { useWords } from '../../words/words.ts'
import { CopyField } from '../CopyField.tsx'
import { paths } from '../calls.ts'
import { LoadedView, useLoaded } from '../loaded.tsx'
import town from '../Town.module.css'
import styles from './Meeting.module.css'

export const DoorCard = ({ meetingId }: { meetingId: string }) => {
  const word = useWords(meetingWords)
  const [door, again] = useLoaded<DoorView>(paths.door(meetingId))
  return (
    <Card title={word('door')}>
      <p className={town.soft}>{word('doorLead')}</p>
      <LoadedView loaded={door} again={again}>
        {({ roomCode, url }) => (
          <>
            <div className={styles.door}>
              <div className={styles.doorQr}>
                <QrCode text={url} label={word('doorQr')} />
              </div>
              <div className={town.tight}>
                <span className={town.small}>{word('roomCode')}</span>
                <strong className={styles.roomCode}>{`${roomCode.slice(0, 4)} ${roomCode.slice(4)}`}</strong>
              </div>
            </div>
            <CopyField label={word('doorUrl')} text={url} />
          </>
        )}
      </LoadedView>
    </Card>
  )
}
