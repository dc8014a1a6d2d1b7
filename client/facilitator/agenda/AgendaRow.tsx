// One line of the agenda: number, title, planned and spent time, how its vote went, and its menu.
import { Button as AriaButton, GridListItem } from 'react-aria-components'
import type { AgendaItem } from '../../../shared/meeting/state.ts'
import { outcomeOf, pollsOfItem } from '../../../shared/views/polls.ts'
import { MenuButton } from '../../kit/MenuButton.tsx'
import { toldOutcome } from '../../kit/result/toldOutcome.ts'
import { facilitatorWords } from '../../words/facilitator.ts'
import { pollWords } from '../../words/facilitatorPoll.ts'
import { useWords } from '../../words/words.ts'
import { useMay, useMeetingParts } from '../cockpit.ts'
import { openDialog } from '../dialogs.ts'
import { clockText, useNow } from '../useNow.ts'
import { offerUndo, useOrder } from '../useOrder.ts'
import styles from './agenda.module.css'
import { moveBy } from './agendaMoves.ts'
import { spentMs } from './agendaTimes.ts'
import { useAgendaMove } from './useAgendaMove.ts'

interface RowProps {
  item: AgendaItem
  number: string
}

export const AgendaRow = ({ item, number }: RowProps) => {
  const word = useWords(facilitatorWords)
  return (
    <GridListItem id={item.itemId} textValue={item.title} className={styles.item ?? ''}>
      {({ allowsDragging }) => (
        <div className={styles.row} data-status={item.status} data-level={item.parentId === null ? 1 : 2}>
          {allowsDragging ? (
            <AriaButton
              slot="drag"
              className={styles.grip ?? ''}
              aria-label={word('dragItem', { title: item.title })}
            >
              <svg viewBox="0 0 8 16" width="8" height="16" aria-hidden="true">
                <path
                  d="M1 3h2v2H1zM5 3h2v2H5zM1 7h2v2H1zM5 7h2v2H5zM1 11h2v2H1zM5 11h2v2H5z"
                  fill="currentColor"
                />
              </svg>
            </AriaButton>
          ) : null}
          <span className={styles.number}>{number}</span>
          <span className={styles.text}>
            <span className={styles.title}>{item.title}</span>
            <span className={styles.facts}>
              <Times item={item} />
              <Outcome itemId={item.itemId} />
            </span>
          </span>
          <span className={styles.menu}>
            <RowMenu item={item} />
          </span>
        </div>
      )}
    </GridListItem>
  )
}

const Times = ({ item }: { item: AgendaItem }) => {
  const word = useWords(facilitatorWords)
  const { phase } = useMeetingParts('phase')
  const now = useNow(item.status === 'current')
  // After the end nothing is under way any more.
  const status = phase === 'closed' && item.status === 'current' ? 'done' : item.status
  const spent = spentMs(item, now)
  const isOver = item.minutes > 0 && spent > item.minutes * 60_000
  const planned = item.minutes === 0 ? '' : word('planned', { minutes: item.minutes })
  return (
    <>
      <span className={styles.status}>{word(`status_${status}`)}</span>
      <span className={styles.times} data-over={isOver || undefined}>
        {spent === 0 ? planned : [clockText(spent), planned].filter((part) => part !== '').join(' / ')}
      </span>
    </>
  )
}

/** How the item's last closed vote went. */
const Outcome = ({ itemId }: { itemId: string }) => {
  const state = useMeetingParts('polls', 'pollOrder')
  const word = useWords(pollWords)
  const poll = pollsOfItem(state, itemId).findLast((one) => one.result !== null)
  const outcome = poll === undefined ? undefined : outcomeOf(poll)?.outcome
  if (poll === undefined || outcome === undefined) return null
  return (
    <span className={styles.outcome} data-outcome={outcome}>
      {word(`outcome_${toldOutcome(poll, outcome)}`)}
    </span>
  )
}

const useMoveItems = (item: AgendaItem) => {
  const { agenda } = useMeetingParts('agenda')
  const word = useWords(facilitatorWords)
  const move = useAgendaMove()
  const ways = [
    { id: 'up', label: word('moveUp') },
    { id: 'down', label: word('moveDown') },
    { id: 'in', label: word('moveIn') },
    { id: 'out', label: word('moveOut') },
  ] as const
  return ways.flatMap(({ id, label }) => {
    const to = moveBy(agenda, item.itemId, id)
    return to === null ? [] : [{ id, label, onAction: () => void move(to) }]
  })
}

const RowMenu = ({ item }: { item: AgendaItem }) => {
  const { agenda, currentItemId, phase, polls } = useMeetingParts('agenda', 'currentItemId', 'phase', 'polls')
  const may = useMay()
  const word = useWords(facilitatorWords)
  const { order } = useOrder()
  const moveItems = useMoveItems(item)
  if (!may('moveAgendaTo') || phase === 'closed') return null
  const family = agenda.filter((one) => one.itemId === item.itemId || one.parentId === item.itemId)
  const isFixed = family.some(
    (one) => one.status === 'current' || Object.values(polls).some((poll) => poll.itemId === one.itemId),
  )
  const jump = async () => {
    if (!(await order({ type: 'moveAgendaTo', itemId: item.itemId })) || currentItemId === null) return
    offerUndo(word('wentTo', { title: item.title }), { type: 'moveAgendaTo', itemId: currentItemId })
  }
  return (
    <MenuButton
      label={word('itemMenu', { title: item.title })}
      items={[
        ...(phase === 'inSession' && item.status !== 'current'
          ? [{ id: 'jump', label: word('jumpTo'), onAction: () => void jump() }]
          : []),
        {
          id: 'edit',
          label: word('editItem'),
          onAction: () => openDialog({ kind: 'editItem', itemId: item.itemId }),
        },
        ...(item.parentId === null
          ? [
              {
                id: 'sub',
                label: word('addSubItem'),
                onAction: () => openDialog({ kind: 'addItem', parentId: item.itemId }),
              },
            ]
          : []),
        ...moveItems,
        ...(isFixed
          ? []
          : [
              {
                id: 'remove',
                label: word('removeItem'),
                danger: true,
                onAction: () => openDialog({ kind: 'removeItem', itemId: item.itemId }),
              },
            ]),
      ]}
    >
      <span aria-hidden="true">⋯</span>
    </MenuButton>
  )
}
