// What I can do now: always one thing, big; around it only what belongs to the moment.
import type { ReactNode } from 'react'
import { unreachable } from '../../shared/kernel/exhaustive.ts'
import { currentItem } from '../../shared/views/agendaTree.ts'
import { Button } from '../kit/Button.tsx'
import { participantWords } from '../words/participant.ts'
import { useWords } from '../words/words.ts'
import { ArrivalCard, CheckInCard, DoorsShutCard, RecessCard } from './ArrivalCards.tsx'
import { ClosedCard } from './ClosedCard.tsx'
import type { Doing } from './doing.ts'
import { HandCard } from './HandCard.tsx'
import type { Room } from './MeetingFrame.tsx'
import styles from './Now.module.css'
import { PollCard } from './PollCard.tsx'
import { ResultCard } from './ResultCard.tsx'
import { NextNotice, SpeakingCard, SpeechStrip } from './SpeechCards.tsx'
import type { TabMarkId } from './TabMark.tsx'

export interface NowProps extends Room {
  readonly doing: Doing
  readonly onOpen: (page: TabMarkId) => void
}

export const NowView = (props: NowProps) => {
  const { state, me, doing } = props
  const isMeeting = doing.kind === 'poll' || doing.kind === 'result' || doing.kind === 'listening'
  return (
    <div className={styles.view}>
      {isMeeting ? <NextNotice state={state} me={me} /> : null}
      <Main {...props} />
      {doing.kind === 'result' ? <SpeechStrip state={state} /> : null}
      {doing.kind === 'result' && state.phase === 'inSession' ? <HandCard state={state} me={me} /> : null}
    </div>
  )
}

const Main = ({ state, me, doing, onOpen }: NowProps): ReactNode => {
  switch (doing.kind) {
    case 'closed':
      return <ClosedCard state={state} me={me} />
    case 'doorsShut':
      return <DoorsShutCard state={state} />
    case 'checkIn':
      return <CheckInCard state={state} status={doing.status} />
    case 'poll':
      return <PollCard key={doing.poll.pollId} state={state} me={me} poll={doing.poll} />
    case 'speaking':
      return <SpeakingCard speech={doing.speech} />
    case 'result':
      return <ResultCard state={state} me={me} poll={doing.poll} />
    case 'gathering':
      return <ArrivalCard state={state} me={me} />
    case 'recess':
      return <RecessCard />
    case 'listening':
      return <ListeningCard state={state} me={me} onOpen={onOpen} />
    default:
      return unreachable(doing)
  }
}

const ListeningCard = ({ state, me, onOpen }: Room & { onOpen: NowProps['onOpen'] }) => {
  const word = useWords(participantWords)
  const item = currentItem(state)
  return (
    <>
      <section className={styles.card}>
        <p className={styles.eyebrow}>{word('itemNow')}</p>
        <h2 className={styles.big}>{item === null ? word('noItem') : item.title}</h2>
        {item === null ? null : (
          <div className={styles.row}>
            <Button onPress={() => onOpen('draft')}>{word('readDraft')}</Button>
          </div>
        )}
      </section>
      <SpeechStrip state={state} />
      <HandCard state={state} me={me} />
    </>
  )
}
