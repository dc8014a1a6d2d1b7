// The agenda: what is done, current and ahead, put in order by drag, keys or menu, and the way to jump.
import type { KeyboardEvent } from 'react'
import { GridList, useDragAndDrop } from 'react-aria-components'
import { agendaTree } from '../../../shared/views/agendaTree.ts'
import { Button } from '../../kit/Button.tsx'
import { EmptyState } from '../../kit/EmptyState.tsx'
import { facilitatorWords } from '../../words/facilitator.ts'
import { useWords } from '../../words/words.ts'
import { useMay, useMeetingParts } from '../cockpit.ts'
import { openDialog } from '../dialogs.ts'
import { AgendaRow } from './AgendaRow.tsx'
import styles from './agenda.module.css'
import { type Direction, moveBy, moveByDrop } from './agendaMoves.ts'
import { useAgendaMove } from './useAgendaMove.ts'

const directions: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowRight: 'in',
  ArrowLeft: 'out',
}

export const AgendaRail = () => {
  const state = useMeetingParts('agenda', 'phase')
  const may = useMay()
  const word = useWords(facilitatorWords)
  const minutes = state.agenda.reduce((sum, item) => sum + item.minutes, 0)
  const mayChange = may('addAgendaItem') && state.phase !== 'closed'
  return (
    <section className={styles.rail} data-panel="agenda">
      <header className={styles.head}>
        <h2>{word('agenda')}</h2>
        {mayChange ? (
          <Button kind="quiet" onPress={() => openDialog({ kind: 'addItem', parentId: null })}>
            + {word('addItem')}
          </Button>
        ) : null}
      </header>
      {state.agenda.length === 0 ? (
        <EmptyState title={word('agendaEmpty')} hint={word('agendaEmptyHint')} />
      ) : (
        <>
          <AgendaList mayChange={mayChange} />
          <p className={styles.total}>{word('agendaTotal', { count: state.agenda.length, minutes })}</p>
        </>
      )}
    </section>
  )
}

/** The agenda's rows by drag, or by Enter on their handle and the arrows. */
const useAgendaDrag = () => {
  const state = useMeetingParts('agenda')
  const move = useAgendaMove()
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) =>
      [...keys].map((key) => ({ 'text/plain': state.agenda.find((it) => it.itemId === key)?.title ?? '' })),
    onMove: ({ keys, target }) => {
      const [key] = [...keys]
      if (key !== undefined)
        void move(moveByDrop(state.agenda, String(key), String(target.key), target.dropPosition))
    },
  })
  return dragAndDropHooks
}

const AgendaList = ({ mayChange }: { mayChange: boolean }) => {
  const state = useMeetingParts('agenda')
  const word = useWords(facilitatorWords)
  const dragAndDropHooks = useAgendaDrag()
  const move = useAgendaMove()
  const rows = agendaTree(state).flatMap(({ item, number, children }) => [{ item, number }, ...children])
  const onKeyDownCapture = (event: KeyboardEvent<HTMLDivElement>) => {
    const direction = directions[event.key]
    const row = event.target instanceof Element ? event.target.closest('[role="row"]') : null
    const itemId = row?.getAttribute('data-key')
    if (!event.altKey || !mayChange || direction === undefined || !itemId) return
    event.preventDefault()
    event.stopPropagation()
    void move(moveBy(state.agenda, itemId, direction))
  }
  return (
    <div className={styles.scroll} onKeyDownCapture={onKeyDownCapture}>
      <GridList
        // a list may not gain or lose its drag and drop while it stands
        key={mayChange ? 'movable' : 'fixed'}
        aria-label={word('agenda')}
        className={styles.list ?? ''}
        selectionMode="none"
        {...(mayChange ? { dragAndDropHooks } : {})}
      >
        {rows.map(({ item, number }) => (
          <AgendaRow key={item.itemId} item={item} number={number} />
        ))}
      </GridList>
    </div>
  )
}
