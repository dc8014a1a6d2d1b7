// The queue in its speaking order, each with the reason; put in order by drag, keys or menu.
import type { KeyboardEvent } from 'react'
import { GridList, useDragAndDrop } from 'react-aria-components'
import { speakingOrder } from '../../../shared/views/speakingOrder.ts'
import { Button } from '../../kit/Button.tsx'
import { EmptyState } from '../../kit/EmptyState.tsx'
import { floorWords } from '../../words/facilitatorFloor.ts'
import { useWords } from '../../words/words.ts'
import { useMay, useMeetingParts, useSeatName } from '../cockpit.ts'
import { openDialog } from '../dialogs.ts'
import { useNow } from '../useNow.ts'
import { offerUndo, useOrder } from '../useOrder.ts'
import styles from './floor.module.css'
import { QueueRow } from './QueueRow.tsx'
import { queueByDrop, queueByKey } from './queueOrder.ts'

export const QueueCard = () => {
  const state = useMeetingParts('floor', 'seats', 'phase')
  const may = useMay()
  const word = useWords(floorWords)
  const order = speakingOrder(state)
  return (
    <section className={styles.queue}>
      <header className={styles.head}>
        <h2>
          {word('queue')} <span className={styles.headCount}>{order.length}</span>
        </h2>
        <QueueTools />
      </header>
      {order.length === 0 ? (
        <EmptyState
          title={word('queueEmpty')}
          hint={state.phase === 'inSession' ? word('queueEmptyHint') : undefined}
        />
      ) : (
        <QueueList mayArrange={may('arrangeQueue')} />
      )}
    </section>
  )
}

const QueueTools = () => {
  const { floor, phase } = useMeetingParts('floor', 'phase')
  const may = useMay()
  const word = useWords(floorWords)
  const { order, pending } = useOrder()
  const lowerAll = async () => {
    const { hands } = floor
    if (!(await order({ type: 'lowerAllHands' }))) return
    const raised = hands.map(({ seatId, kind }) => ({ type: 'raiseHand', seatId, kind }) as const)
    offerUndo(word('loweredAll', { count: hands.length }), ...raised)
  }
  return (
    <div className={styles.tools}>
      {may('arrangeQueue') && floor.arranged.length > 0 ? (
        <Button
          kind="quiet"
          isPending={pending}
          onPress={() => void order({ type: 'arrangeQueue', seatIds: [] })}
        >
          {word('defaultOrder')}
        </Button>
      ) : null}
      {may('lowerAllHands') && floor.hands.length > 0 ? (
        <Button kind="quiet" isPending={pending} onPress={() => void lowerAll()}>
          {word('lowerAll')}
        </Button>
      ) : null}
      {phase === 'inSession' ? (
        <Button kind="quiet" onPress={() => openDialog({ kind: 'raiseFor' })}>
          {word('raiseFor')}
        </Button>
      ) : null}
    </div>
  )
}

const QueueList = ({ mayArrange }: { mayArrange: boolean }) => {
  const state = useMeetingParts('floor', 'seats', 'parties')
  const word = useWords(floorWords)
  const seatName = useSeatName()
  const { order } = useOrder()
  const now = useNow(true, 5_000)
  const waiting = speakingOrder(state)
  const seatIds = waiting.map((hand) => hand.seatId)
  const arrange = (next: string[] | null) => {
    if (next !== null) void order({ type: 'arrangeQueue', seatIds: next })
  }
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) => [...keys].map((key) => ({ 'text/plain': seatName(String(key)) })),
    onReorder: ({ keys, target }) => {
      if (target.dropPosition === 'on') return
      arrange(queueByDrop(seatIds, [...keys].map(String), String(target.key), target.dropPosition))
    },
  })
  const onKeyDownCapture = (event: KeyboardEvent<HTMLDivElement>) => {
    const row = event.target instanceof Element ? event.target.closest('[role="row"]') : null
    const seatId = row?.getAttribute('data-key')
    if (!event.altKey || !mayArrange || !seatId || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown'))
      return
    event.preventDefault()
    event.stopPropagation()
    arrange(queueByKey(seatIds, seatId, event.key === 'ArrowUp' ? -1 : 1))
  }
  return (
    <div onKeyDownCapture={onKeyDownCapture}>
      <GridList
        // a list may not gain or lose its drag and drop while it stands
        key={mayArrange ? 'movable' : 'fixed'}
        aria-label={word('queue')}
        className={styles.list ?? ''}
        selectionMode="none"
        {...(mayArrange ? { dragAndDropHooks } : {})}
      >
        {waiting.map((hand, index) => (
          <QueueRow
            key={hand.seatId}
            hand={hand}
            place={index}
            now={now}
            seatIds={seatIds}
            onArrange={arrange}
          />
        ))}
      </GridList>
    </div>
  )
}
