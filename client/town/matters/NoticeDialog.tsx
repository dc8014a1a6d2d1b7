// A public notice is hung, with its place and days, or taken down when they are over.
import { useState } from 'react'
import { limits } from '../../../shared/kernel/limits.ts'
import { noticeDaysMin } from '../../../shared/matter/matter.ts'
import { addDays } from '../../../shared/rules/calendar.ts'
import { lastNoticeDay } from '../../../shared/rules/notice.ts'
import type { NoticeAsk } from '../../../shared/wire/httpMatters.ts'
import { AskDialog } from '../../kit/AskDialog.tsx'
import { Banner } from '../../kit/Banner.tsx'
import { TextField } from '../../kit/TextField.tsx'
import { toast } from '../../kit/Toasts.tsx'
import { post } from '../../link/api.ts'
import { newCommandId } from '../../link/orders.ts'
import { useRefusal } from '../../words/refusals.ts'
import { mattersWords } from '../../words/townMatters.ts'
import { useWords } from '../../words/words.ts'
import { paths } from '../calls.ts'
import { fieldOf } from '../dates.ts'
import type { PublicationLink } from './publication.ts'

interface NoticeDialogProps {
  matterId: string
  link: PublicationLink
  onClose: () => void
  onDone: () => void
}

export const NoticeDialog = ({ matterId, link, onClose, onDone }: NoticeDialogProps) => {
  const word = useWords(mattersWords)
  const refusalWord = useRefusal()
  const today = fieldOf(Date.now()).slice(0, 10)
  const [date, setDate] = useState(today)
  const [days, setDays] = useState(String(noticeDaysMin))
  const [place, setPlace] = useState('')
  const [isPending, setPending] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)
  const [commandId] = useState(newCommandId)
  const { code, notice } = link
  const count = Number(days)
  const areDaysWrong = !Number.isInteger(count) || count < noticeDaysMin || count > limits.noticeDaysMax
  const isDateWrong = !/^\d{4}-\d{2}-\d{2}$/.test(date) || date > today
  const label = word(notice === null ? 'hang' : 'takeDown')

  const send = async () => {
    if (isDateWrong || (notice === null && areDaysWrong)) return
    const command: NoticeAsk['command'] =
      notice === null
        ? { type: 'hangNotice', code, hungOn: date, days: count, place: place.trim() }
        : { type: 'takeDownNotice', code, takenDownOn: date }
    setPending(true)
    const answer = await post(paths.notices(matterId), { commandId, command })
    setPending(false)
    if (!answer.ok) return setTrouble(refusalWord(answer.refusal))
    toast(word('noticed'), { tone: 'good' })
    onDone()
    onClose()
  }

  return (
    <AskDialog
      title={label}
      onClose={onClose}
      confirmLabel={label}
      onConfirm={() => void send()}
      isPending={isPending}
    >
      {trouble === null ? null : <Banner tone="warn">{trouble}</Banner>}
      <TextField
        label={word(notice === null ? 'hungDate' : 'downDate')}
        type="date"
        value={date}
        onChange={setDate}
        error={isDateWrong ? word('dateWrong') : null}
        isRequired
      />
      {notice === null ? (
        <>
          <TextField
            label={word('days')}
            description={
              areDaysWrong || isDateWrong
                ? undefined
                : word('untilHint', { date: addDays(lastNoticeDay(date, count), 1) })
            }
            type="number"
            value={days}
            onChange={setDays}
            error={areDaysWrong ? word('daysWrong', { min: noticeDaysMin }) : null}
            isRequired
          />
          <TextField
            label={word('place')}
            description={word('placeHint')}
            value={place}
            onChange={setPlace}
            charsMax={limits.placeCharsMax}
          />
        </>
      ) : null}
    </AskDialog>
  )
}
