// What the meeting is: seats due and present by party, its rule, its agenda; and changing title, place and time.
import { useState } from 'react'
import { limits } from '../../../shared/kernel/limits.ts'
import type { MeetingState } from '../../../shared/meeting/state.ts'
import { agendaTree } from '../../../shared/views/agendaTree.ts'
import { attendance } from '../../../shared/views/attendance.ts'
import { AskDialog } from '../../kit/AskDialog.tsx'
import { Banner } from '../../kit/Banner.tsx'
import { Button } from '../../kit/Button.tsx'
import { Card } from '../../kit/Card.tsx'
import { PartyMark } from '../../kit/PartyMark.tsx'
import { TextField } from '../../kit/TextField.tsx'
import { toast } from '../../kit/Toasts.tsx'
import { send } from '../../link/send.ts'
import { useRefusal } from '../../words/refusals.ts'
import { townWords } from '../../words/town.ts'
import { meetingWords } from '../../words/townMeeting.ts'
import { pick, useLanguage, useWords } from '../../words/words.ts'
import { RuleFacts } from '../convene/RuleFacts.tsx'
import { fieldOf, fromField } from '../dates.ts'
import table from '../Table.module.css'
import town from '../Town.module.css'
import styles from './Meeting.module.css'

export const DetailsCard = ({ state }: { state: MeetingState }) => {
  const word = useWords(meetingWords)
  const [language] = useLanguage()
  const [isRevising, setRevising] = useState(false)
  const { due, present, parties } = attendance(state)
  return (
    <Card
      title={word('details')}
      actions={
        state.phase === 'closed' ? undefined : (
          <Button onPress={() => setRevising(true)}>{word('revise')}</Button>
        )
      }
    >
      <table className={`${table.table} ${table.stacks} ${table.flows}`}>
        <thead>
          <tr>
            <th scope="col">{word('seats')}</th>
            <th scope="col" className={table.number}>
              {word('due')}
            </th>
            <th scope="col" className={table.number}>
              {word('present')}
            </th>
          </tr>
        </thead>
        <tbody>
          {parties.map((party, index) => (
            <tr key={party.partyId}>
              <th scope="row">
                <PartyMark
                  index={index}
                  name={pick(state.parties[index]?.name ?? { zh: '', en: '' }, language)}
                />
              </th>
              <td className={table.number} data-head={word('due')}>
                {party.due}
              </td>
              <td className={table.number} data-head={word('present')}>
                {party.present}
              </td>
            </tr>
          ))}
          <tr>
            <th scope="row">{word('total')}</th>
            <td className={table.number} data-head={word('due')}>
              {due}
            </td>
            <td className={table.number} data-head={word('present')}>
              {present}
            </td>
          </tr>
        </tbody>
      </table>
      <div className={town.tight}>
        <strong>{word('labelled', { label: word('rule'), value: pick(state.preset.name, language) })}</strong>
        <RuleFacts preset={state.preset} />
      </div>
      <Agenda state={state} />
      {isRevising ? <Revise state={state} onClose={() => setRevising(false)} /> : null}
    </Card>
  )
}

const Agenda = ({ state }: { state: MeetingState }) => {
  const word = useWords(meetingWords)
  return (
    <div className={town.tight}>
      <strong>{word('agenda')}</strong>
      {state.agenda.length === 0 ? (
        <p className={town.soft}>{word('agendaEmpty')}</p>
      ) : (
        <ol className={styles.agenda}>
          {agendaTree(state).map(({ item, number, children }) => (
            <li key={item.itemId}>
              <AgendaLine number={number} title={item.title} minutes={item.minutes} />
              {children.length === 0 ? null : (
                <ol className={styles.agenda}>
                  {children.map((child) => (
                    <li key={child.item.itemId}>
                      <AgendaLine
                        number={child.number}
                        title={child.item.title}
                        minutes={child.item.minutes}
                      />
                    </li>
                  ))}
                </ol>
              )}
            </li>
          ))}
        </ol>
      )}
      <span className={town.small}>{word('agendaIn')}</span>
    </div>
  )
}

const AgendaLine = ({ number, title, minutes }: { number: string; title: string; minutes: number }) => {
  const word = useWords(meetingWords)
  return (
    <span className={styles.agendaLine}>
      <span className={town.figure}>{number}</span>
      <span>{title}</span>
      <span className={`${town.small} ${town.figure}`}>{`${minutes} ${word('minutesUnit')}`}</span>
    </span>
  )
}

const Revise = ({ state, onClose }: { state: MeetingState; onClose: () => void }) => {
  const word = useWords(meetingWords)
  const townWord = useWords(townWords)
  const refusalWord = useRefusal()
  const [title, setTitle] = useState(state.title)
  const [startsAt, setStartsAt] = useState(fieldOf(state.startsAt))
  const [place, setPlace] = useState(state.place)
  const [isPending, setPending] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)
  const at = fromField(startsAt)

  const save = async () => {
    if (title.trim() === '' || at === null) return
    setPending(true)
    const answer = await send({
      type: 'reviseMeeting',
      title: title.trim(),
      startsAt: at,
      place: place.trim(),
    })
    setPending(false)
    if (!answer.ok) return setTrouble(refusalWord(answer.refusal))
    toast(word('revised'), { tone: 'good' })
    onClose()
  }

  return (
    <AskDialog
      title={word('reviseTitle')}
      onClose={onClose}
      confirmLabel={townWord('save')}
      onConfirm={() => void save()}
      isPending={isPending}
    >
      {trouble === null ? null : <Banner tone="warn">{trouble}</Banner>}
      <TextField
        label={word('meetingTitle')}
        value={title}
        onChange={setTitle}
        error={title.trim() === '' ? word('errorTitle') : null}
        charsMax={limits.titleCharsMax}
        isRequired
      />
      <TextField
        label={word('startsAt')}
        type="datetime-local"
        description={word('startsAtHint')}
        value={startsAt}
        onChange={setStartsAt}
        error={at === null ? word('errorTime') : null}
        isRequired
      />
      <TextField label={word('place')} value={place} onChange={setPlace} charsMax={limits.placeCharsMax} />
    </AskDialog>
  )
}
