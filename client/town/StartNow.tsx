// A meeting started at once: its kind and title, everybody of the roster seated, and straight to the cockpit.
import { useState } from 'react'
import { useLocation } from 'wouter'
import { limits } from '../../shared/kernel/limits.ts'
import type { Template } from '../../shared/meeting/state.ts'
import type { MeetingAsk } from '../../shared/wire/http.ts'
import { AskDialog } from '../kit/AskDialog.tsx'
import { Banner } from '../kit/Banner.tsx'
import { Select } from '../kit/Select.tsx'
import { TextField } from '../kit/TextField.tsx'
import { post } from '../link/api.ts'
import { useRefusal } from '../words/refusals.ts'
import { townWords } from '../words/town.ts'
import { meetingWords } from '../words/townMeeting.ts'
import { useWords } from '../words/words.ts'
import { paths } from './calls.ts'
import { agendaOf, hintKeyOf, presetOf, templates, titleOf } from './convene/templates.ts'
import town from './Town.module.css'

interface StartNowProps {
  isOpen: boolean
  onClose: () => void
  /** How many the roster holds; `null` while it is not known. */
  people: number | null
}

export const StartNow = (props: StartNowProps) => (props.isOpen ? <OpenStartNow {...props} /> : null)

const OpenStartNow = ({ onClose, people }: StartNowProps) => {
  const word = useWords(townWords)
  const meetingWord = useWords(meetingWords)
  const refusalWord = useRefusal()
  const [, go] = useLocation()
  const [template, setTemplate] = useState<Template>('tripartiteCouncil')
  const [ownTitle, setOwnTitle] = useState<string | null>(null)
  const [isPending, setPending] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)
  const title = ownTitle ?? titleOf(template, Date.now(), meetingWord)

  const start = async () => {
    setPending(true)
    const ask: MeetingAsk = {
      template,
      title: title.trim(),
      startsAt: Date.now(),
      presetCode: presetOf(template),
      agenda: agendaOf(template, meetingWord),
    }
    const made = await post<{ meetingId: string }>(paths.meetings, ask)
    setPending(false)
    if (made.ok) go(`/cockpit/${made.value.meetingId}`)
    else setTrouble(refusalWord(made.refusal))
  }

  return (
    <AskDialog
      title={word('startNowTitle')}
      onClose={onClose}
      confirmLabel={word('startNowGo')}
      onConfirm={() => void start()}
      isPending={isPending}
      isDisabled={title.trim() === ''}
    >
      {trouble === null ? null : <Banner tone="warn">{trouble}</Banner>}
      <p className={town.soft}>{word('startNowLead')}</p>
      <Select
        label={meetingWord('template')}
        value={template}
        onChange={(id) => setTemplate(templates.find((each) => each === id) ?? template)}
        options={templates.map((id) => ({
          id,
          label: meetingWord(id),
          description: meetingWord(hintKeyOf(id)),
        }))}
      />
      <TextField
        label={meetingWord('meetingTitle')}
        value={title}
        onChange={setOwnTitle}
        charsMax={limits.titleCharsMax}
        isRequired
      />
      {people === null ? null : people === 0 ? (
        <Banner tone="info">{word('startNowEmpty')}</Banner>
      ) : (
        <p>{word('startNowSeats', { count: people })}</p>
      )}
    </AskDialog>
  )
}
