// The agenda: where the meeting is, what is ahead, and what came of each item.
import { useState } from 'react'
import type { AgendaItem } from '../../shared/meeting/state.ts'
import { agendaTree } from '../../shared/views/agendaTree.ts'
import { pollsOfItem } from '../../shared/views/polls.ts'
import { Badge } from '../kit/Badge.tsx'
import { Button } from '../kit/Button.tsx'
import { Confirm } from '../kit/Confirm.tsx'
import { classes } from '../kit/classes.ts'
import { EmptyState } from '../kit/EmptyState.tsx'
import { participantWords } from '../words/participant.ts'
import { useWords } from '../words/words.ts'
import type { Room } from './MeetingFrame.tsx'
import { PollOutcome } from './PollsView.tsx'
import { useOrder } from './useOrder.ts'
import styles from './Views.module.css'

type AgendaProps = Room & { readonly onRead: (itemId: string) => void }

export const AgendaView = (props: AgendaProps) => {
  const word = useWords(participantWords)
  const tree = agendaTree(props.state)
  if (tree.length === 0) return <EmptyState title={word('agendaEmpty')} />
  return (
    <ol className={styles.agenda}>
      {tree.map((branch) => (
        <li key={branch.item.itemId}>
          <Item {...props} item={branch.item} number={branch.number} />
          {branch.children.length === 0 ? null : (
            <ol className={styles.children}>
              {branch.children.map((child) => (
                <li key={child.item.itemId}>
                  <Item {...props} item={child.item} number={child.number} />
                </li>
              ))}
            </ol>
          )}
        </li>
      ))}
    </ol>
  )
}

const Item = ({ state, me, onRead, item, number }: AgendaProps & { item: AgendaItem; number: string }) => {
  const word = useWords(participantWords)
  const polls = pollsOfItem(state, item.itemId)
  return (
    <details className={classes(styles.item, styles[item.status])} open={item.status === 'current'}>
      <summary className={styles.itemHead}>
        <span className={styles.number}>{number}</span>
        <span className={styles.itemTitle}>{item.title}</span>
        {item.status === 'current' ? <Badge tone="live">{word('itemCurrent')}</Badge> : null}
        {item.status === 'done' ? <Badge>{word('itemDone')}</Badge> : null}
        <span className={styles.minutes}>{word('planned', { minutes: item.minutes })}</span>
      </summary>
      <div className={styles.itemBody}>
        {polls.length === 0 ? null : (
          <ul className={styles.outcomes}>
            {polls.map((poll) => (
              <li key={poll.pollId}>
                <span>{poll.question}</span> <PollOutcome poll={poll} />
              </li>
            ))}
          </ul>
        )}
        <div className={styles.row}>
          <Button onPress={() => onRead(item.itemId)}>{word('readDraft')}</Button>
          <Recusal state={state} me={me} item={item} />
        </div>
      </div>
    </details>
  )
}

const Recusal = ({ state, me, item }: Room & { item: AgendaItem }) => {
  const word = useWords(participantWords)
  const [isOpen, setOpen] = useState(false)
  const { order, isPending } = useOrder()
  const seat = me.seatId === null ? undefined : state.seats[me.seatId]
  if (seat === undefined || seat.role === 'observer') return null
  if (item.recused[seat.seatId] !== undefined) return <p className={styles.recused}>{word('recusedHere')}</p>
  if (state.phase === 'closed' || item.status === 'done') return null
  const recuse = async () => {
    if (await order({ type: 'recuse', itemId: item.itemId, reason: '' })) setOpen(false)
  }
  return (
    <>
      <Button kind="quiet" onPress={() => setOpen(true)}>
        {word('recuse')}
      </Button>
      <Confirm
        title={word('recuseTitle')}
        body={<p>{word('recuseBody')}</p>}
        confirmLabel={word('recuseConfirm')}
        isOpen={isOpen}
        isPending={isPending}
        onConfirm={() => void recuse()}
        onClose={() => setOpen(false)}
      />
    </>
  )
}
