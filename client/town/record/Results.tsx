// The polls of the meeting with what they came to.
import type { MeetingState, Poll } from '../../../shared/meeting/state.ts'
import { outcomeOf } from '../../../shared/views/polls.ts'
import { Badge } from '../../kit/Badge.tsx'
import { Card } from '../../kit/Card.tsx'
import { ExportLinks } from '../../kit/result/ExportLinks.tsx'
import { ResultFigures } from '../../kit/result/ResultFigures.tsx'
import { SourcesList } from '../../kit/result/SourcesList.tsx'
import { toldOutcome } from '../../kit/result/toldOutcome.ts'
import { Seal } from '../../kit/Seal.tsx'
import { recordWords } from '../../words/record.ts'
import { pick, useLanguage, useWords } from '../../words/words.ts'
import { clockIn } from '../dates.ts'
import town from '../Town.module.css'
import { SeeChanges } from './Amendments.tsx'
import { Ballots } from './Ballots.tsx'
import { ReadText } from './ReadText.tsx'
import styles from './Record.module.css'
import { useSaying } from './saying.ts'
import type { RecordRead } from './useRecord.ts'

interface ResultsProps {
  record: RecordRead
  isPrinting: boolean
}

export const Results = ({ record, isPrinting }: ResultsProps) => {
  const word = useWords(recordWords)
  const { state } = record
  const polls = state.pollOrder.flatMap((pollId) => state.polls[pollId] ?? [])
  return (
    <section className={town.stack}>
      <h2 className={styles.sectionTitle}>{word('results')}</h2>
      {polls.length === 0 ? <p className={town.soft}>{word('noResults')}</p> : null}
      {polls.map((poll) => (
        <Result key={poll.pollId} poll={poll} record={record} isPrinting={isPrinting} />
      ))}
    </section>
  )
}

const Result = ({ poll, record, isPrinting }: ResultsProps & { poll: Poll }) => {
  const { state } = record
  const [language] = useLanguage()
  const { actor } = useSaying(record.names)
  const { result } = poll
  return (
    <Card>
      <ResultHead poll={poll} state={state} />
      {result === null ? null : (
        <>
          <p className={styles.why}>{pick(result.why, language)}</p>
          <ResultFigures poll={poll} result={result} state={state} nameOf={actor} />
          <SourcesList poll={poll} state={state} nameOf={actor} />
        </>
      )}
      <RuleAndText poll={poll} state={state} />
      {result === null ? null : (
        <>
          <Ballots poll={poll} record={record} isPrinting={isPrinting} />
          <div className={town.noPrint}>
            <ExportLinks meetingId={state.meetingId} pollId={poll.pollId} />
          </div>
        </>
      )}
    </Card>
  )
}

const ResultHead = ({ poll, state }: { poll: Poll; state: MeetingState }) => {
  const word = useWords(recordWords)
  const item = state.agenda.find(({ itemId }) => itemId === poll.itemId)
  const outcome = outcomeOf(poll)?.outcome
  const times = [poll.openedAt, ...(poll.closedAt === null ? [] : [poll.closedAt])]
  return (
    <div className={styles.resultHead}>
      <div className={town.tight}>
        <p className={`${town.small} ${town.figure}`}>
          {item === undefined ? '' : `${item.title} · `}
          {times.map(clockIn).join('–')}
        </p>
        <h3 className={styles.question}>{poll.question}</h3>
        {poll.status === 'open' ? <Badge tone="live">{word('open')}</Badge> : null}
        {poll.status === 'cancelled' ? (
          <p className={town.row}>
            <Badge tone="warn">{word('cancelled')}</Badge>
            {poll.cancelReason === undefined ? null : <span>{poll.cancelReason}</span>}
          </p>
        ) : null}
      </div>
      {outcome === undefined ? null : (
        <div className={styles.seal}>
          <Seal
            text={word(toldOutcome(poll, outcome))}
            passed={outcome === 'passed' || outcome === 'elected'}
            animate={false}
          />
        </div>
      )}
    </div>
  )
}

const RuleAndText = ({ poll, state }: { poll: Poll; state: MeetingState }) => {
  const word = useWords(recordWords)
  const [language] = useLanguage()
  const { preset, text, covers = [] } = poll
  const titleOf = (itemId: string) => state.agenda.find((item) => item.itemId === itemId)?.title ?? itemId
  return (
    <div className={styles.rule}>
      <p>{word('ruleOf', { name: pick(preset.name, language) })}</p>
      <p>
        {word('sourceOf', { source: pick(preset.source, language) })}
        {language === 'zh' ? '，' : ', '}
        {word('ruleFrom', { date: preset.effectiveFrom })}
      </p>
      {covers.length === 0 ? null : (
        <p>
          {word('covers', {
            titles: covers.map(({ itemId }) => titleOf(itemId)).join(language === 'zh' ? '、' : ', '),
          })}
        </p>
      )}
      {[{ itemId: poll.itemId, text }, ...covers].map((voted) => (
        <ReadText
          key={voted.itemId}
          label="textOf"
          of={covers.length === 0 ? '' : titleOf(voted.itemId)}
          title={poll.question}
          text={voted.text}
          meetingId={state.meetingId}
        />
      ))}
      {poll.amendment === undefined ? null : (
        <>
          <ReadText
            label="baseOf"
            title={poll.question}
            text={poll.amendment.base}
            meetingId={state.meetingId}
          />
          <SeeChanges
            title={poll.question}
            base={poll.amendment.base}
            text={text}
            state={state}
            amendment={poll.amendment}
          />
        </>
      )}
    </div>
  )
}
