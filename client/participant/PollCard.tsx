// The open poll: question, frozen text, rule, and the own ballot paper from choosing to receipt.
import { ballotForms } from '../../shared/counting/method.ts'
import type { Poll } from '../../shared/meeting/state.ts'
import { passWords, yesNeeded } from '../../shared/views/ruleWords.ts'
import { runningBase } from '../kit/result/baseWords.ts'
import { pollRows } from '../kit/stage/pollRows.ts'
import { TallyBars } from '../kit/TallyBars.tsx'
import { useMeeting } from '../link/meeting.ts'
import { participantPollWords } from '../words/participantPoll.ts'
import { pick, useLanguage, useWords } from '../words/words.ts'
import { PolledAmendment } from './amendments/PolledAmendment.tsx'
import { CoversList } from './CoversList.tsx'
import { FrozenTextLink } from './FrozenTextLink.tsx'
import type { Room } from './MeetingFrame.tsx'
import { Papers } from './Papers.tsx'
import styles from './Poll.module.css'

export const PollCard = ({ state, me, poll }: Room & { poll: Poll }) => {
  const word = useWords(participantPollWords)
  const item = state.agenda.find(({ itemId }) => itemId === poll.itemId)
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
        <PolledAmendment state={state} poll={poll} />
        {poll.covers === undefined ? (
          <FrozenTextLink meetingId={state.meetingId} text={poll.text} />
        ) : (
          <CoversList state={state} poll={poll} />
        )}
      </header>
      <Papers state={state} me={me} poll={poll} />
      <Rule poll={poll} />
      <Turnout poll={poll} />
    </section>
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
        {isYesNo ? pick(passWords(poll.preset), language) : electsWords(poll, word)}
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

/** Who is chosen by the method; the majority that a rule asks for is told with the result. */
const electsWords = (poll: Poll, word: (key: ElectsKey, params: { count: number }) => string): string => {
  const { method, winners } = poll
  const several = method.kind === 'chooseUpTo' ? method.max : 1
  return method.kind === 'yesNo' ? '' : word(`elects_${method.kind}`, { count: winners ?? several })
}

type ElectsKey = `elects_${Exclude<Poll['method']['kind'], 'yesNo'>}`

const Turnout = ({ poll }: { poll: Poll }) => {
  const word = useWords(participantPollWords)
  const [language] = useLanguage()
  const tally = useMeeting((it) => it.tally)
  if (tally === null || tally.pollId !== poll.pollId) return null
  const { byOption } = tally
  const base = runningBase(poll, tally.castWeight, language)
  const isRanked = ballotForms[poll.method.kind] === 'ranking'
  return (
    <section className={styles.turnout}>
      <p>{word('turnout', { cast: tally.cast, electors: tally.electors })}</p>
      {byOption === null ? null : (
        <>
          {isRanked ? <p className={styles.note}>{word('firstChoices')}</p> : null}
          <TallyBars
            rows={pollRows(poll, byOption, language)}
            base={base.count}
            baseLabel={base.label}
            size="phone"
          />
        </>
      )}
    </section>
  )
}
