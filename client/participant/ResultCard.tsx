// How a poll came out: the verdict, its figures, the rule and why, and the own ballot in the record.
import type { Poll } from '../../shared/meeting/state.ts'
import { partyName } from '../../shared/views/polls.ts'
import { PartyMark } from '../kit/PartyMark.tsx'
import { Seal } from '../kit/Seal.tsx'
import { TallyBars } from '../kit/TallyBars.tsx'
import { participantPollWords } from '../words/participantPoll.ts'
import { pick, useLanguage, useWords } from '../words/words.ts'
import { FrozenTextLink } from './FrozenTextLink.tsx'
import { useKeptReceipts } from './keptReceipts.ts'
import type { Room } from './MeetingFrame.tsx'
import { MyProof } from './MyProof.tsx'
import styles from './Poll.module.css'
import resultStyles from './Result.module.css'
import { optionIdsOf, useOptionWords } from './useOptionWords.ts'

export const ResultCard = ({ state, me, poll }: Room & { poll: Poll }) => {
  const word = useWords(participantPollWords)
  return (
    <section className={styles.card}>
      <p className={styles.note}>{word('resultOf')}</p>
      <h2 className={styles.question}>{poll.question}</h2>
      <ResultBody state={state} me={me} poll={poll} />
    </section>
  )
}

type Base = NonNullable<NonNullable<Poll['result']>['base']>['of']
const baseWords: Readonly<
  Partial<Record<Base, 'base_present' | 'base_roster' | 'base_household' | 'base_points'>>
> = {
  present: 'base_present',
  roster: 'base_roster',
  household: 'base_household',
  points: 'base_points',
}

export const ResultBody = ({ state, me, poll }: Room & { poll: Poll }) => {
  const word = useWords(participantPollWords)
  const [language] = useLanguage()
  const words = useOptionWords(poll)
  const kept = useKeptReceipts()
  const { result } = poll
  if (poll.status === 'cancelled') {
    return (
      <p className={styles.cannot}>
        <b>{word('cancelledPoll')}</b>{' '}
        {poll.cancelReason ? word('cancelReason', { reason: poll.cancelReason }) : null}
      </p>
    )
  }
  if (result === null) return null
  const base = result.base ?? { of: 'cast' as const, count: result.ballots.cast }
  const baseLabel = word(baseWords[base.of] ?? 'base_cast', { count: base.count })
  const notVoted = result.ballots.notVoted ?? 0
  const winners = result.outcome === 'elected' ? result.winners.map(words.option).join(word('listComma')) : ''
  return (
    <div className={resultStyles.result}>
      <div className={resultStyles.verdict}>
        <div className={resultStyles.seal}>
          <Seal
            text={word(result.outcome)}
            passed={result.outcome === 'passed' || result.outcome === 'elected'}
            animate={false}
          />
        </div>
        <div>
          <p className={resultStyles.outcome}>{word(result.outcome)}</p>
          {winners === '' ? null : <p className={resultStyles.winners}>{winners}</p>}
        </div>
      </div>
      <p>{pick(result.why, language)}</p>
      <TallyBars
        rows={optionIdsOf(poll).map((id) => ({
          id,
          label: words.option(id),
          count: result.totals[id] ?? 0,
          kind: id === 'yes' || id === 'no' || id === 'abstain' ? id : 'other',
        }))}
        base={base.count}
        baseLabel={baseLabel}
        size="phone"
      />
      {notVoted > 0 ? <p className={styles.note}>{word('notVoted', { count: notVoted })}</p> : null}
      {poll.method.kind === 'yesNo' && result.parties !== undefined && result.parties.length > 1 ? (
        <table className={resultStyles.parties}>
          <caption className={styles.note}>{word('byParty')}</caption>
          <thead>
            <tr>
              <td />
              {(['yes', 'no', 'abstain'] as const).map((side) => (
                <th key={side} scope="col">
                  {word(side)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {result.parties.map((party) => (
              <tr key={party.partyId}>
                <th scope="row">
                  <PartyMark
                    index={state.parties.findIndex((one) => one.partyId === party.partyId)}
                    name={pick(partyName(state, party.partyId), language)}
                  />
                </th>
                <td>{party.yes}</td>
                <td>{party.no}</td>
                <td>{party.abstain}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      <p className={styles.source}>
        {word('ruleFrom')} {pick(poll.preset.source, language)}
      </p>
      <FrozenTextLink meetingId={state.meetingId} text={poll.text} />
      {me.seatId === null || me.role === 'observer' ? null : (
        <MyProof poll={poll} seatId={me.seatId} kept={kept[poll.pollId]?.receipt} />
      )}
    </div>
  )
}
