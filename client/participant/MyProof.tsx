// The own ballot as the record has it, and those cast by proxy, compared with the receipts that this device kept.
import type { Poll } from '../../shared/meeting/state.ts'
import { Banner } from '../kit/Banner.tsx'
import { useMeeting } from '../link/meeting.ts'
import { participantPollWords } from '../words/participantPoll.ts'
import { useWords } from '../words/words.ts'
import { electorOf, heldBy, proofOf } from './ballotPaper.ts'
import { keptReceipt, useKeptReceipts } from './keptReceipts.ts'
import styles from './Poll.module.css'
import { Tick } from './Tick.tsx'
import { useOptionWords } from './useOptionWords.ts'

export const MyProofs = ({ poll, seatId }: { poll: Poll; seatId: string }) => {
  const word = useWords(participantPollWords)
  const names = useMeeting((it) => it.names)
  const kept = useKeptReceipts()
  return (
    <>
      <MyProof poll={poll} seatId={seatId} kept={keptReceipt(kept, poll.pollId, seatId, seatId)} />
      {heldBy(poll, seatId).map((elector) => (
        <section key={elector.seatId} className={styles.held}>
          <h3 className={styles.heldTitle}>
            {word('heldTitle', { name: names[elector.seatId]?.name ?? elector.seatId.slice(-4) })}
          </h3>
          <MyProof
            poll={poll}
            seatId={elector.seatId}
            kept={keptReceipt(kept, poll.pollId, elector.seatId, seatId)}
          />
        </section>
      ))}
    </>
  )
}

const MyProof = ({ poll, seatId, kept }: { poll: Poll; seatId: string; kept: string | undefined }) => {
  const word = useWords(participantPollWords)
  const words = useOptionWords(poll)
  const entered = poll.ballots.find((ballot) => ballot.seatId === seatId)
  const proof = proofOf(poll, seatId, kept)
  if (proof === 'none') {
    const mightVote = electorOf(poll, seatId) !== undefined
    const why = poll.recused.includes(seatId) ? 'cannot_recused' : 'cannot_notAnElector'
    const none = poll.secrecy === 'secret' ? 'secretNoProof' : 'notVotedMine'
    return <p className={styles.note}>{word(mightVote ? none : why)}</p>
  }
  return (
    <div className={styles.proof}>
      {entered === undefined ? null : <p>{word('myBallotWas', { choice: words.choice(entered.choice) })}</p>}
      {proof === 'same' || proof === 'there' ? (
        <p className={styles.proofGood}>
          <Tick /> {word(proof === 'same' ? 'inRecord' : 'inRecordNoReceipt')}
        </p>
      ) : (
        <Banner tone="warn">{word(proof === 'differs' ? 'inRecordDiffers' : 'inRecordMissing')}</Banner>
      )}
      {entered === undefined && kept === undefined ? null : (
        <p className={styles.receipt}>
          {word('receipt')} <code>{entered?.receipt ?? kept}</code>
        </p>
      )}
    </div>
  )
}
