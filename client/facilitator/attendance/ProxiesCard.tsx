// The written proxies of the meeting, and what its own rule says to each; every poll asks its own rule again.
import { sourceFaultWords } from '../../../shared/counting/sources.ts'
import { represented } from '../../../shared/meeting/proxies.ts'
import { Badge } from '../../kit/Badge.tsx'
import { Button } from '../../kit/Button.tsx'
import { Card } from '../../kit/Card.tsx'
import { papersWords } from '../../words/facilitatorPapers.ts'
import { pick, useLanguage, useWords } from '../../words/words.ts'
import { useMeetingState, useSeatName } from '../cockpit.ts'
import { openDialog } from '../dialogs.ts'
import { offerUndo, useOrder } from '../useOrder.ts'
import styles from './attendance.module.css'

export const ProxiesCard = () => {
  const state = useMeetingState()
  const word = useWords(papersWords)
  const proxies = Object.keys(state.proxies)
  const mayChange = state.phase !== 'closed'
  if (proxies.length === 0 && state.preset.proxies === null) return null
  return (
    <Card
      title={word('proxies')}
      actions={
        mayChange ? (
          <Button onPress={() => openDialog({ kind: 'giveProxy', fromSeatId: null })}>
            {word('proxyGive')}
          </Button>
        ) : undefined
      }
    >
      {proxies.length === 0 ? <p className={styles.shown}>{word('proxiesNone')}</p> : null}
      <ul className={styles.proxies}>
        {proxies.map((fromSeatId) => (
          <ProxyLine key={fromSeatId} fromSeatId={fromSeatId} mayChange={mayChange} />
        ))}
      </ul>
    </Card>
  )
}

const ProxyLine = ({ fromSeatId, mayChange }: { fromSeatId: string; mayChange: boolean }) => {
  const state = useMeetingState()
  const word = useWords(papersWords)
  const [language] = useLanguage()
  const seatName = useSeatName()
  const { order, pending } = useOrder()
  const proxy = state.proxies[fromSeatId]
  if (proxy === undefined) return null
  const { toSeatId, document } = proxy
  const refused = represented(state, state.preset).refused.find((one) => one.fromSeatId === fromSeatId)
  const end = async () => {
    if (!(await order({ type: 'endProxy', fromSeatId }))) return
    offerUndo(word('proxyEnded', { name: seatName(fromSeatId) }), {
      type: 'giveProxy',
      fromSeatId,
      toSeatId,
      document,
    })
  }
  return (
    <li className={styles.proxy}>
      <span className={styles.who}>
        <b>{word('proxyLine', { from: seatName(fromSeatId), to: seatName(toSeatId) })}</b>
        <span className={styles.facts}>
          <span>{document}</span>
          <Badge tone={refused === undefined ? 'good' : 'warn'}>
            {refused === undefined
              ? word('proxyCounts')
              : word('proxyNot', { why: pick(sourceFaultWords(refused.code), language) })}
          </Badge>
        </span>
      </span>
      {mayChange ? (
        <Button kind="quiet" isPending={pending} onPress={() => void end()}>
          {word('proxyEnd')}
        </Button>
      ) : null}
    </li>
  )
}
