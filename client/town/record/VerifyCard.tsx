// How anybody can check the record: the fingerprint, the file, and the command that needs no connection to the hall.
import { Banner } from '../../kit/Banner.tsx'
import { Card } from '../../kit/Card.tsx'
import { recordWords } from '../../words/record.ts'
import { useWords } from '../../words/words.ts'
import { CopyField } from '../CopyField.tsx'
import { paths } from '../calls.ts'
import { LinkButton } from '../LinkButton.tsx'
import town from '../Town.module.css'
import styles from './Record.module.css'
import type { RecordRead } from './useRecord.ts'

export const VerifyCard = ({ record }: { record: RecordRead }) => {
  const word = useWords(recordWords)
  const { head, brokenAt, state } = record
  const file = `record-${state.meetingId}.json`
  return (
    <Card title={word('verify')}>
      <p className={town.soft}>{word('verifyLead')}</p>
      {brokenAt === null ? (
        <Banner tone="good">{word('chainHolds', { count: head.seq })}</Banner>
      ) : (
        <Banner tone="warn">{word('chainBroken', { seq: brokenAt })}</Banner>
      )}
      <div className={town.tight}>
        <strong>{word('head', { seq: head.seq })}</strong>
        <code className={styles.hash}>{head.hash}</code>
      </div>
      <div className={`${town.stack} ${town.noPrint}`}>
        <div className={town.row}>
          <LinkButton to={paths.recordExport(state.meetingId)} kind="plain" download>
            {word('download')}
          </LinkButton>
          <span className={town.small}>{word('downloadHint')}</span>
        </div>
        <CopyField label={word('verifyHow')} text={`npx yishiting verify ${file}`} />
      </div>
      <p className={town.small}>{word('verifyCompare')}</p>
    </Card>
  )
}
