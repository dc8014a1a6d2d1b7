// The agenda in the making: titles, planned minutes, sub-items, and the order by drag or by keys.
import { type KeyboardEvent, useRef, useState } from 'react'
import { limits } from '../../../shared/kernel/limits.ts'
import { Button } from '../../kit/Button.tsx'
import { Card } from '../../kit/Card.tsx'
import { TextField } from '../../kit/TextField.tsx'
import { townWords } from '../../words/town.ts'
import { meetingWords } from '../../words/townMeeting.ts'
import { useWords } from '../../words/words.ts'
import town from '../Town.module.css'
import {
  type Agenda,
  type AgendaLine,
  addChild,
  addItem,
  changeLine,
  indent,
  minutesOf,
  moveBy,
  moveTo,
  numbersOf,
  outdent,
  removeLine,
} from './agendaDraft.ts'
import styles from './Convene.module.css'
import { useDragOrder } from './useDragOrder.ts'

interface AgendaEditorProps {
  agenda: Agenda
  onChange: (agenda: Agenda) => void
  /** Points out lines without a title. */
  showsErrors: boolean
}

const keyMoves: Readonly<Record<string, (agenda: Agenda, key: string) => Agenda>> = {
  ArrowUp: (agenda, key) => moveBy(agenda, key, -1),
  ArrowDown: (agenda, key) => moveBy(agenda, key, 1),
  ArrowRight: indent,
  ArrowLeft: outdent,
}

export const AgendaEditor = ({ agenda, onChange, showsErrors }: AgendaEditorProps) => {
  const word = useWords(meetingWords)
  const list = useRef<HTMLOListElement>(null)
  const made = useRef(0)
  const [said, setSaid] = useState('')
  const newKey = () => {
    made.current += 1
    return `new${made.current}`
  }
  const numbers = numbersOf(agenda)
  const say = (next: Agenda, key: string) => {
    const at = next.findIndex((line) => line.key === key)
    const title = next[at]?.title ?? ''
    setSaid(
      word('moved', {
        title: title === '' ? word('itemUntitled') : title,
        number: numbersOf(next)[at] ?? '',
      }),
    )
  }
  const onHandleKey = (event: KeyboardEvent, key: string) => {
    const move = keyMoves[event.key]
    if (move === undefined) return
    event.preventDefault()
    const next = move(agenda, key)
    onChange(next)
    say(next, key)
    const handle = event.currentTarget
    // the row was perhaps taken out and put back in, which loses the focus
    requestAnimationFrame(() => handle instanceof HTMLElement && handle.focus())
  }
  const { draggedKey, start } = useDragOrder(
    list,
    (key) => agenda.filter((line) => !removeLine(agenda, key).includes(line)).map((line) => line.key),
    (key, place) => onChange(moveTo(agenda, key, place)),
  )
  const mayAdd = agenda.length < limits.agendaItemsMax
  return (
    <Card title={word('agenda')}>
      <p className={town.soft}>{word('agendaLead')}</p>
      {agenda.length === 0 ? <p>{word('agendaEmpty')}</p> : <p className={town.small}>{word('moveHelp')}</p>}
      <ol ref={list} className={styles.agenda}>
        {agenda.map((line, at) => (
          <AgendaRow
            key={line.key}
            line={line}
            number={numbers[at] ?? ''}
            isDragged={line.key === draggedKey}
            showsError={showsErrors && line.title.trim() === ''}
            onHandleDown={(event) => start(line.key, event)}
            onHandleKey={(event) => onHandleKey(event, line.key)}
            onChange={(part) => onChange(changeLine(agenda, line.key, part))}
            onRemove={() => onChange(removeLine(agenda, line.key))}
            onAddChild={
              mayAdd && line.depth === 0 ? () => onChange(addChild(agenda, line.key, newKey())) : null
            }
          />
        ))}
      </ol>
      <div className={town.row}>
        <Button onPress={() => onChange(addItem(agenda, newKey()))} isDisabled={!mayAdd}>
          {word('addItem')}
        </Button>
        <span className={`${town.soft} ${town.figure}`}>
          {word('minutesTotal', { count: minutesOf(agenda) })}
        </span>
      </div>
      <p className={town.unseen} aria-live="polite">
        {said}
      </p>
    </Card>
  )
}

interface AgendaRowProps {
  line: AgendaLine
  number: string
  isDragged: boolean
  showsError: boolean
  onHandleDown: (event: React.PointerEvent) => void
  onHandleKey: (event: KeyboardEvent) => void
  onChange: (part: Partial<Pick<AgendaLine, 'title' | 'minutes'>>) => void
  onRemove: () => void
  onAddChild: (() => void) | null
}

const AgendaRow = (props: AgendaRowProps) => {
  const { line, number, isDragged, showsError } = props
  const word = useWords(meetingWords)
  const townWord = useWords(townWords)
  const title = line.title.trim() === '' ? word('itemUntitled') : line.title
  return (
    <li
      className={styles.agendaRow}
      data-row={line.key}
      data-depth={line.depth}
      data-dragged={isDragged || undefined}
    >
      <button
        type="button"
        className={styles.handle}
        aria-label={word('moveItem', { title })}
        onPointerDown={props.onHandleDown}
        onKeyDown={props.onHandleKey}
      >
        <svg viewBox="0 0 12 20" width="12" height="20" aria-hidden="true">
          <path
            d="M3 4h.01M9 4h.01M3 10h.01M9 10h.01M3 16h.01M9 16h.01"
            stroke="currentColor"
            strokeWidth="3"
            strokeLinecap="round"
          />
        </svg>
      </button>
      <span className={styles.number}>{number}</span>
      <div className={styles.agendaTitle}>
        <TextField
          label={word('itemTitle', { number })}
          hidesLabel
          value={line.title}
          onChange={(text) => props.onChange({ title: text })}
          error={showsError ? word('errorItem', { number }) : null}
          charsMax={limits.titleCharsMax}
        />
      </div>
      <div className={styles.minutes}>
        <TextField
          label={`${word('itemMinutes')} ${number}`}
          hidesLabel
          type="number"
          inputMode="numeric"
          value={`${line.minutes}`}
          onChange={(text) => props.onChange({ minutes: minutesFrom(text) })}
        />
        <span className={town.small}>{word('minutesUnit')}</span>
      </div>
      <div className={styles.rowActions}>
        {props.onAddChild === null ? null : (
          <Button kind="quiet" label={`${word('addChild')} ${number}`} onPress={props.onAddChild}>
            {word('addChildShort')}
          </Button>
        )}
        <Button kind="quiet" label={word('removeItem', { title })} onPress={props.onRemove}>
          {townWord('remove')}
        </Button>
      </div>
    </li>
  )
}

const minutesFrom = (text: string): number => {
  const minutes = Math.round(Number(text))
  return Number.isFinite(minutes) ? Math.min(Math.max(minutes, 0), limits.itemMinutesMax) : 0
}
