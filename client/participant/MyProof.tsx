// The own ballot as the record has it, compared with the receipt that this device kept.
import type { Poll } from '../../shared/meeting/state.ts'
import { Banner } from '../kit/Banner.tsx'
import { participantPollWords } from '../words/participantPoll.ts'
import { useWords } from '../words/words.ts'
import { proofOf } from './ballotPaper.ts'
import styles from './Poll.module.css'
import { Tick } from './Tick.tsx'
import { useOptionWords } from './useOptionWords.ts'

export const MyProof = ({ poll, seatId, kept }: { poll: Poll; seatId: string; kept: string | undefined }) => {
  const word = useWords(participantPollWords)
  const words = useOptionWords(poll)
  const entered = poll.ballots.find((ballot) => ballot.seatId === seatId)
  const proof = proofOf(poll, seatId, kept)
  if (proof === 'none') {
    const mightVote = poll.electors.some((elector) => elector.seatId === seatId)
    const why = poll.recused.includes(seatId) ? 'cannot_recused' : 'cannot_notAnElector'
    return <p className={styles.note}>{word(mightVote ? 'notVotedMine' : why)}</p>
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
