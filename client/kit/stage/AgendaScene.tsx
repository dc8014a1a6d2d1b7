// What the meeting goes through, and where it is.
import type { AgendaItem } from '../../../shared/meeting/state.ts'
import { currentItem } from '../../../shared/views/agendaTree.ts'
import { screenWords } from '../../words/screen.ts'
import { useWords } from '../../words/words.ts'
import own from './AgendaScene.module.css'
import { agendaWindow } from './agendaWindow.ts'
import { fitSize, u } from './fit.ts'
import { SceneFrame, useMinute } from './SceneFrame.tsx'
import styles from './Stage.module.css'
import type { StageProps } from './stageProps.ts'

const linesMax = 6

export const AgendaScene = ({ state, now }: StageProps) => {
  const word = useWords(screenWords)
  const { lines, before, after } = agendaWindow(state, linesMax)
  const isOver = state.phase === 'closed'
  /** Once the meeting is over, it is at no item any more. */
  const statusOf = ({ status }: AgendaItem) => (isOver && status === 'current' ? 'done' : status)
  const done = state.agenda.filter((item) => statusOf(item) === 'done').length
  return (
    <SceneFrame now={now} context={isOver ? word('meetingClosed') : word('agenda')}>
      <h1
        className={styles.title}
        style={{ fontSize: u(fitSize(state.title, { width: 1_760, lines: 1, largest: 80, least: 56 })) }}
      >
        {state.title}
      </h1>
      {lines.length === 0 ? (
        <p className={styles.empty}>{word('agendaEmpty')}</p>
      ) : (
        <ol className={own.items}>
          {lines.map(({ item, number, isChild }, i) => (
            <li
              key={item.itemId}
              className={own.item}
              data-status={statusOf(item)}
              data-child={isChild || undefined}
            >
              <span className={own.number}>{statusOf(item) === 'done' ? '✓' : number}</span>
              <span
                className={own.title}
                style={{ fontSize: u(fitSize(item.title, { width: 1_180, lines: 1, largest: 60 })) }}
              >
                {item.title}
              </span>
              <span className={own.note}>
                {statusOf(item) === 'current' ? <b className={own.now}>{word('now')}</b> : null}
                {i === 0 && before > 0 ? word('before', { count: before }) : null}
                {i === lines.length - 1 && after > 0 ? word('after', { count: after }) : null}
                {item.minutes > 0 && !(i === 0 && before > 0) && !(i === lines.length - 1 && after > 0)
                  ? word('minutes', { count: item.minutes })
                  : null}
              </span>
            </li>
          ))}
        </ol>
      )}
      <footer className={own.foot}>
        <div className={own.steps} aria-hidden="true">
          {state.agenda.map((item) => (
            <span
              key={item.itemId}
              data-status={statusOf(item)}
              style={{ flexGrow: Math.max(1, item.minutes) }}
            />
          ))}
        </div>
        <p className={own.figures}>
          <span>{word('progress', { done, all: state.agenda.length })}</span>
          {isOver ? null : <Spent item={currentItem(state)} now={now} />}
        </p>
      </footer>
    </SceneFrame>
  )
}

const Spent = ({ item, now }: { item: AgendaItem | null; now: () => number }) => {
  const word = useWords(screenWords)
  const at = useMinute(now)
  if (item === null) return null
  const ms = item.spentMs + (item.startedAt === null ? 0 : Math.max(0, at - item.startedAt))
  const spent = Math.floor(ms / 60_000)
  if (item.minutes === 0) return <span>{word('spentOnly', { spent })}</span>
  return (
    <span data-over={spent > item.minutes || undefined}>
      {word('spent', { spent, planned: item.minutes })}
    </span>
  )
}
