// Polls of the current item: the open one, or the way to open one; recusals; results, of this item and of others.
import { currentItem } from '../../../shared/views/agendaTree.ts'
import { openPoll, pollsOfItem } from '../../../shared/views/polls.ts'
import { Button } from '../../kit/Button.tsx'
import { EmptyState } from '../../kit/EmptyState.tsx'
import { pollWords } from '../../words/facilitatorPoll.ts'
import { useWords } from '../../words/words.ts'
import { useMay, useMeetingParts } from '../cockpit.ts'
import { openDialog } from '../dialogs.ts'
import { OpenPollCard } from './OpenPollCard.tsx'
import styles from './poll.module.css'
import { Recusals } from './Recusals.tsx'
import { ResultCard } from './ResultCard.tsx'

export const PollPanel = () => {
  const state = useMeetingParts('polls', 'pollOrder', 'agenda', 'currentItemId', 'phase')
  const word = useWords(pollWords)
  const poll = openPoll(state)
  const item = currentItem(state)
  const ofItem = item === null ? [] : pollsOfItem(state, item.itemId)
  const over = state.pollOrder.flatMap((pollId) => {
    const one = state.polls[pollId]
    return one === undefined || one.status === 'open' ? [] : [one]
  })
  const here = over.filter((one) => ofItem.includes(one)).reverse()
  const elsewhere = over.filter((one) => !ofItem.includes(one)).reverse()
  return (
    <div className={styles.panel} data-panel="poll">
      {poll !== null ? <OpenPollCard poll={poll} /> : here.length === 0 ? <NoPoll /> : null}
      {here.length === 0 ? null : (
        <section className={styles.results}>
          <header className={styles.resultsHead}>
            <h2>{word('results')}</h2>
            {poll === null && state.phase === 'inSession' ? <Compose /> : null}
          </header>
          {here.map((one, index) => (
            <ResultCard key={one.pollId} poll={one} isOpenFirst={index === 0} />
          ))}
        </section>
      )}
      {item === null ? null : <Recusals item={item} />}
      {elsewhere.length === 0 ? null : (
        <section className={styles.results}>
          <h2>{word('allResults')}</h2>
          {elsewhere.map((one) => (
            <ResultCard key={one.pollId} poll={one} isOpenFirst={false} />
          ))}
        </section>
      )}
    </div>
  )
}

const NoPoll = () => {
  const state = useMeetingParts('phase', 'currentItemId', 'agenda')
  const word = useWords(pollWords)
  if (state.phase !== 'inSession') return <EmptyState title={word('noneNotOpen')} />
  if (currentItem(state) === null) return <EmptyState title={word('noneNoItem')} />
  return <EmptyState title={word('none')} hint={word('noneHint')} action={<Compose />} />
}

const Compose = () => {
  const { currentItemId } = useMeetingParts('currentItemId')
  const may = useMay()
  const word = useWords(pollWords)
  if (currentItemId === null || !may('openPoll')) return null
  return (
    <Button onPress={() => openDialog({ kind: 'composePoll', itemId: currentItemId })}>
      {word('compose')}
    </Button>
  )
}
