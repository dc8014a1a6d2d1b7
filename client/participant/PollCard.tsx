// The open poll: question, frozen text, rule, and the own ballot paper from choosing to receipt.
import { useState } from 'react'
import type { Poll } from '../../shared/meeting/state.ts'
import { liveBase } from '../../shared/views/polls.ts'
import { passWords, yesNeeded } from '../../shared/views/ruleWords.ts'
import { TallyBars } from '../kit/TallyBars.tsx'
import { useMeeting } from '../link/meeting.ts'
import { participantPollWords } from '../words/participantPoll.ts'
import { pick, useLanguage, useWords } from '../words/words.ts'
import { BallotChoices } from './BallotChoices.tsx'
import { BallotCounted, BallotSending, NoBallot } from './BallotStates.tsx'
import { type BallotPaper, ballotPaper, type Choice } from './ballotPaper.ts'
import { FrozenTextLink } from './FrozenTextLink.tsx'
import type { Room } from './MeetingFrame.tsx'
import styles from './Poll.module.css'
import { optionIdsOf, useOptionWords } from './useOptionWords.ts'
import { useOrder } from './useOrder.ts'

export const PollCard = ({ state, me, poll }: Room & { poll: Poll }) => {
  const word = useWords(participantPollWords)
  const myBallots = useMeeting((it) => it.myBallots)
  const orders = useMeeting((it) => it.orders)
  const tally = useMeeting((it) => it.tally)
  const item = state.agenda.find(({ itemId }) => itemId === poll.itemId)
  const paper = ballotPaper(poll, me.seatId, { state, myBallots, orders, tally })
  return (
    <section className={styles.card} aria-labelledby={`question-${poll.pollId}`}>
      <header className={styles.head}>
        <p className={styles.open}>
          <span className={styles.openDot} aria-hidden="true" />
          <span>{word('pollOpen')}</span>
          <span className={styles.plain}>{word(poll.secrecy)}</span>
        </p>
        {item === undefined || item.itemId === state.currentItemId ? null : (
          <p className={styles.note}>{word('pollFor', { title: item.title })}</p>
        )}
        <h2 className={styles.question} id={`question-${poll.pollId}`}>
          {poll.question}
        </h2>
        <FrozenTextLink meetingId={state.meetingId} text={poll.text} />
      </header>
      <Paper poll={poll} paper={paper} />
      <Rule poll={poll} />
      <Turnout poll={poll} />
    </section>
  )
}

const onPaper = (choice: Choice) => ('choice' in choice ? choice : { choices: [...choice.choices] })

const Paper = ({ poll, paper }: { poll: Poll; paper: BallotPaper }) => {
  const words = useOptionWords(poll)
  const { order, isPending } = useOrder()
  const [isChanging, setChanging] = useState(false)
  const cast = async (choice: Choice) => {
    if (await order({ type: 'castBallot', pollId: poll.pollId, choice: onPaper(choice) })) setChanging(false)
  }
  if (paper.kind === 'cannot') return <NoBallot why={paper.why} isIn={paper.isIn} />
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
    <BallotChoices
      poll={poll}
      before={paper.kind === 'counted' ? paper.ballot.choice : null}
      isPending={isPending}
      onCast={(choice) => void cast(choice)}
      onKeep={() => setChanging(false)}
    />
  )
}

export const Rule = ({ poll }: { poll: Poll }) => {
  const word = useWords(participantPollWords)
  const [language] = useLanguage()
  const isYesNo = poll.method.kind === 'yesNo'
  const need = isYesNo ? yesNeeded(poll) : null
  return (
    <section className={styles.rule}>
      <p>
        <b>{word('rule')}</b> {pick(poll.preset.name, language)}
      </p>
      <p>
        {isYesNo ? pick(passWords(poll.preset), language) : word('ruleOneWins')}
        {need === null ? null : (
          <>
            {word('clauseComma')}
            <b>{word('ruleNeeds', { need })}</b>
          </>
        )}
      </p>
      <p className={styles.source}>
        {word('ruleFrom')} {pick(poll.preset.source, language)}
      </p>
    </section>
  )
}

const Turnout = ({ poll }: { poll: Poll }) => {
  const word = useWords(participantPollWords)
  const words = useOptionWords(poll)
  const tally = useMeeting((it) => it.tally)
  if (tally === null || tally.pollId !== poll.pollId) return null
  const { byOption } = tally
  const base = liveBase(poll, tally.cast)
  return (
    <section className={styles.turnout}>
      <p>{word('turnout', { cast: tally.cast, electors: tally.electors })}</p>
      {byOption === null ? null : (
        <TallyBars
          rows={optionIdsOf(poll).map((id) => ({
            id,
            label: words.option(id),
            count: byOption[id] ?? 0,
            kind: id === 'yes' || id === 'no' || id === 'abstain' ? id : 'other',
          }))}
          base={base.count}
          baseLabel={word(`base_${base.of}`, { count: base.count })}
          size="phone"
        />
      )}
    </section>
  )
}
