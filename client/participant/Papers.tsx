// The ballot papers that a phone holds in a poll: the own one, and below it one for each seat whose proxy it holds.
import { useState } from 'react'
import type { Elector, Poll } from '../../shared/meeting/state.ts'
import { weighingOf } from '../kit/result/baseWords.ts'
import { useMeeting } from '../link/meeting.ts'
import { participantPollWords } from '../words/participantPoll.ts'
import { useWords } from '../words/words.ts'
import { BallotChoices } from './BallotChoices.tsx'
import { BallotCounted, BallotSending, NoBallot } from './BallotStates.tsx'
import { ballotPaper, type Choice, electorOf, heldBy } from './ballotPaper.ts'
import type { Room } from './MeetingFrame.tsx'
import styles from './Poll.module.css'
import { useOptionWords } from './useOptionWords.ts'
import { useOrder } from './useOrder.ts'

export const Papers = ({ state, me, poll }: Room & { poll: Poll }) => {
  const held = heldBy(poll, me.seatId)
  return (
    <>
      <Paper state={state} me={me} poll={poll} seatId={me.seatId} />
      {held.map((elector) => (
        <HeldPaper key={elector.seatId} state={state} me={me} poll={poll} elector={elector} />
      ))}
    </>
  )
}

const HeldPaper = ({ state, me, poll, elector }: Room & { poll: Poll; elector: Elector }) => {
  const word = useWords(participantPollWords)
  const name = useMeeting((it) => it.names[elector.seatId]?.name) ?? elector.seatId.slice(-4)
  return (
    <section className={styles.held} aria-label={word('heldTitle', { name })}>
      <h3 className={styles.heldTitle}>{word('heldTitle', { name })}</h3>
      <p className={styles.note}>{word('heldHint', { name })}</p>
      <Paper state={state} me={me} poll={poll} seatId={elector.seatId} />
    </section>
  )
}

const Paper = ({ state, me, poll, seatId }: Room & { poll: Poll; seatId: string | null }) => {
  const words = useOptionWords(poll)
  const { order, isPending } = useOrder()
  const [isChanging, setChanging] = useState(false)
  const myBallots = useMeeting((it) => it.myBallots)
  const orders = useMeeting((it) => it.orders)
  const tally = useMeeting((it) => it.tally)
  const isHolder = seatId !== me.seatId
  const paper = ballotPaper(poll, seatId, { state, myBallots, orders, tally }, isHolder)
  const cast = async (choice: Choice) => {
    const whose = isHolder && seatId !== null ? { seatId } : {}
    if (await order({ type: 'castBallot', pollId: poll.pollId, ...whose, choice })) setChanging(false)
  }
  if (paper.kind === 'cannot') {
    return (
      <>
        <NoBallot why={paper.why} isIn={paper.isIn} holderId={electorOf(poll, seatId)?.heldBy} />
        {poll.options.length === 0 ? null : (
          <ol className={styles.options}>
            {poll.options.map(({ optionId, label }) => (
              <li key={optionId}>{label}</li>
            ))}
          </ol>
        )}
      </>
    )
  }
  if (paper.kind === 'sending') return <BallotSending choice={words.choice(paper.choice)} />
  if (paper.kind === 'counted' && !isChanging) {
    return (
      <BallotCounted
        choice={words.choice(paper.ballot.choice)}
        receipt={paper.ballot.receipt}
        mayChange={paper.mayChange}
        onChange={() => setChanging(true)}
      />
    )
  }
  return (
    <>
      <Weighs poll={poll} seatId={seatId} />
      <BallotChoices
        poll={poll}
        before={paper.kind === 'counted' ? paper.ballot.choice : null}
        isPending={isPending}
        onCast={(choice) => void cast(choice)}
        onKeep={() => setChanging(false)}
      />
    </>
  )
}

/** What the ballot counts for, where that is more than one. */
const Weighs = ({ poll, seatId }: { poll: Poll; seatId: string | null }) => {
  const word = useWords(participantPollWords)
  const weight = electorOf(poll, seatId)?.weight
  const unit = weighingOf(poll)
  if (unit === 'seats') return null
  return <p className={styles.weighs}>{word(`weighs_${unit}`, { count: weight ?? 1 })}</p>
}
