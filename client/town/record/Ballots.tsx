// The named ballots of a poll, each with its receipt, so that everybody can find their own.
import { useState } from 'react'
import type { Poll } from '../../../shared/meeting/state.ts'
import { partyName } from '../../../shared/views/polls.ts'
import { choiceWords } from '../../kit/result/optionWords.ts'
import { TextField } from '../../kit/TextField.tsx'
import { recordWords } from '../../words/record.ts'
import { pick, useLanguage, useWords } from '../../words/words.ts'
import { Pager, usePages } from '../Pager.tsx'
import table from '../Table.module.css'
import town from '../Town.module.css'
import styles from './Record.module.css'
import { useSaying } from './saying.ts'
import type { RecordRead } from './useRecord.ts'

interface BallotsProps {
  poll: Poll
  record: RecordRead
  isPrinting: boolean
}

export const Ballots = ({ poll, record, isPrinting }: BallotsProps) => {
  const word = useWords(recordWords)
  const [isOpen, setOpen] = useState(false)
  const late = Object.values(poll.late).reduce((sum, count) => sum + count, 0)
  return (
    <div className={town.tight}>
      {late === 0 ? null : <p className={town.small}>{word('late', { count: late })}</p>}
      {poll.secrecy === 'secret' ? (
        <p className={town.small}>{word('ballotsSecret')}</p>
      ) : poll.ballots.length === 0 ? null : (
        <details
          className={styles.fold}
          open={isOpen || isPrinting}
          onToggle={(event) => {
            if (!isPrinting) setOpen(event.currentTarget.open)
          }}
        >
          <summary className={styles.summary}>{word('ballots', { count: poll.ballots.length })}</summary>
          {isOpen || isPrinting ? <BallotTable poll={poll} record={record} isPrinting={isPrinting} /> : null}
        </details>
      )}
    </div>
  )
}

const BallotTable = ({ poll, record, isPrinting }: BallotsProps) => {
  const word = useWords(recordWords)
  const [language] = useLanguage()
  const { seat } = useSaying(record.names)
  const [search, setSearch] = useState('')
  const sought = search.trim().toLowerCase()
  const found = poll.ballots.filter(
    (ballot) =>
      sought === '' ||
      seat(ballot.seatId).toLowerCase().includes(sought) ||
      ballot.receipt.toLowerCase().includes(sought),
  )
  const pages = usePages(found.length)
  const shown = isPrinting ? poll.ballots : found.slice(pages.from, pages.to)
  return (
    <div className={town.tight}>
      <div className={town.noPrint}>
        <TextField
          label={word('findReceipt')}
          description={word('receiptHint')}
          type="search"
          value={search}
          onChange={setSearch}
        />
      </div>
      <table className={`${table.table} ${table.stacks} ${table.flows}`}>
        <thead>
          <tr>
            <th scope="col">{word('seat')}</th>
            <th scope="col">{word('party')}</th>
            <th scope="col">{word('choice')}</th>
            <th scope="col">{word('receipt')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((ballot) => (
            <tr key={ballot.seatId}>
              <th scope="row">{seat(ballot.seatId)}</th>
              <td>
                {pick(partyName(record.state, record.state.seats[ballot.seatId]?.partyId ?? null), language)}
              </td>
              <td>
                {choiceWords(poll, ballot.choice, language)}
                {ballot.source === 'device' ? null : (
                  <span
                    className={town.small}
                  >{` ${word(ballot.source === 'clerk' ? 'viaClerk' : 'viaProxy')}`}</span>
                )}
              </td>
              <td data-head={word('receipt')}>
                <code className={styles.receipt}>{ballot.receipt}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {isPrinting ? null : <Pager {...pages} />}
    </div>
  )
}
