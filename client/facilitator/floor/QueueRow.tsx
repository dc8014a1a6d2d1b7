// One hand in the queue: place, who, of which party, for what, why here, how long already.
import { Button as AriaButton, GridListItem } from 'react-aria-components'
import type { Waiting } from '../../../shared/views/speakingOrder.ts'
import { Badge } from '../../kit/Badge.tsx'
import { Button } from '../../kit/Button.tsx'
import { MenuButton } from '../../kit/MenuButton.tsx'
import { PartyMark } from '../../kit/PartyMark.tsx'
import { floorWords } from '../../words/facilitatorFloor.ts'
import { useWords } from '../../words/words.ts'
import { partyIndexOf, useMay, useMeetingParts, usePartyName, useSeatName } from '../cockpit.ts'
import { useSpeechSeconds } from '../speechSeconds.ts'
import { clockText } from '../useNow.ts'
import { offerUndo, useOrder } from '../useOrder.ts'
import styles from './floor.module.css'
import { queueByDrop, queueByKey } from './queueOrder.ts'

interface RowProps {
  hand: Waiting
  /** 0 speaks next. */
  place: number
  now: number
  seatIds: readonly string[]
  onArrange: (seatIds: string[] | null) => void
}

export const QueueRow = ({ hand, place, now, seatIds, onArrange }: RowProps) => {
  const state = useMeetingParts('seats', 'parties')
  const word = useWords(floorWords)
  const seatName = useSeatName()
  const partyName = usePartyName()
  const partyId = state.seats[hand.seatId]?.partyId ?? null
  const name = seatName(hand.seatId)
  return (
    <GridListItem id={hand.seatId} textValue={name} className={styles.hand ?? ''}>
      {({ allowsDragging }) => (
        <div className={styles.handRow}>
          {allowsDragging ? (
            <AriaButton slot="drag" className={styles.grip ?? ''} aria-label={word('dragHand', { name })}>
              <svg viewBox="0 0 8 16" width="8" height="16" aria-hidden="true">
                <path
                  d="M1 3h2v2H1zM5 3h2v2H5zM1 7h2v2H1zM5 7h2v2H5zM1 11h2v2H1zM5 11h2v2H5z"
                  fill="currentColor"
                />
              </svg>
            </AriaButton>
          ) : null}
          <span className={styles.place}>{place + 1}</span>
          <span className={styles.handText}>
            <span className={styles.handName}>
              {name}
              <PartyMark
                index={partyIndexOf(state, partyId)}
                name={partyName(partyId) || word('observers')}
              />
              {hand.kind === 'speak' ? null : (
                <Badge tone={hand.kind === 'pointOfOrder' ? 'warn' : 'plain'}>
                  {word(`hand_${hand.kind}`)}
                </Badge>
              )}
            </span>
            <span className={styles.why}>
              {word(`reason_${hand.reason}`)} ·{' '}
              {word('waitingFor', { time: clockText(Math.max(0, now - hand.raisedAt)) })}
            </span>
          </span>
          <RowActions hand={hand} seatIds={seatIds} onArrange={onArrange} />
        </div>
      )}
    </GridListItem>
  )
}

const RowActions = ({ hand, seatIds, onArrange }: Pick<RowProps, 'hand' | 'seatIds' | 'onArrange'>) => {
  const may = useMay()
  const word = useWords(floorWords)
  const seatName = useSeatName()
  const seconds = useSpeechSeconds((it) => it.seconds)
  const { order, pending } = useOrder()
  const { seatId, kind } = hand
  const lower = async () => {
    if (!(await order({ type: 'lowerHand', seatId }))) return
    offerUndo(word('lowered', { name: seatName(seatId) }), { type: 'raiseHand', seatId, kind })
  }
  const first = seatIds[0]
  const moves = [
    { id: 'up', label: word('moveUp'), to: queueByKey(seatIds, seatId, -1) },
    { id: 'down', label: word('moveDown'), to: queueByKey(seatIds, seatId, 1) },
    {
      id: 'first',
      label: word('moveFirst'),
      to: first === undefined || first === seatId ? null : queueByDrop(seatIds, [seatId], first, 'before'),
    },
  ]
  return (
    <span className={styles.handKeys}>
      {may('giveFloor') ? (
        <Button
          kind="quiet"
          isPending={pending}
          onPress={() => void order({ type: 'giveFloor', seatId, seconds })}
        >
          {word('callThis')}
        </Button>
      ) : null}
      <MenuButton
        label={word('handMenu', { name: seatName(seatId) })}
        items={[
          ...(may('arrangeQueue')
            ? moves.flatMap(({ id, label, to }) =>
                to === null ? [] : [{ id, label, onAction: () => onArrange(to) }],
              )
            : []),
          { id: 'lower', label: word('lower'), onAction: () => void lower() },
        ]}
      >
        <span aria-hidden="true">⋯</span>
      </MenuButton>
    </span>
  )
}
