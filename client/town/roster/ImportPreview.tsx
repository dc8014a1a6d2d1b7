// What was understood of a roster file, row by row, before anything is saved.
import { useState } from 'react'
import { limits } from '../../../shared/kernel/limits.ts'
import type { RosterImport, RosterProblem, RosterRow } from '../../../shared/wire/http.ts'
import { Badge } from '../../kit/Badge.tsx'
import { Banner } from '../../kit/Banner.tsx'
import { Button } from '../../kit/Button.tsx'
import { Card } from '../../kit/Card.tsx'
import { PartyMark } from '../../kit/PartyMark.tsx'
import { Switch } from '../../kit/Switch.tsx'
import { toast } from '../../kit/Toasts.tsx'
import { useRefusal } from '../../words/refusals.ts'
import { problemWord, type RosterWordKey, rosterWords } from '../../words/townRoster.ts'
import { pick, useLanguage, useWords } from '../../words/words.ts'
import { confirmImport } from '../calls.ts'
import { Pager, usePages } from '../Pager.tsx'
import { refusalFrom } from '../refusalCodes.ts'
import table from '../Table.module.css'
import town from '../Town.module.css'
import { HouseholdCell } from './HouseholdCell.tsx'
import { rowState, rowsWithProblems, warnCount } from './importFigures.ts'
import styles from './Roster.module.css'
import type { Parties } from './RosterPage.tsx'

const fieldKeys: Readonly<Record<string, RosterWordKey>> = {
  name: 'fieldName',
  party: 'fieldParty',
  bodyRole: 'fieldBodyRole',
  household: 'fieldHousehold',
  phone: 'fieldPhone',
  households: 'households',
  weight: 'weight',
}

interface ImportPreviewProps {
  read: RosterImport
  parties: Parties
  onSaved: () => void
  onChooseOther: () => void
}

export const ImportPreview = ({ read, parties, onSaved, onChooseOther }: ImportPreviewProps) => {
  const word = useWords(rosterWords)
  const refusalWord = useRefusal()
  const [onlyProblems, setOnlyProblems] = useState(false)
  const [isPending, setPending] = useState(false)
  const troubled = rowsWithProblems(read.rows)
  const rows = onlyProblems ? troubled : read.rows

  const save = async () => {
    setPending(true)
    const answer = await confirmImport(read.importId)
    setPending(false)
    if (!answer.ok) return toast(refusalWord(answer.refusal), { tone: 'warn' })
    toast(word('saved', { saved: answer.value.saved, skipped: answer.value.skipped }), { tone: 'good' })
    onSaved()
  }

  return (
    <>
      <Summary read={read} />
      {troubled.length > 0 ? (
        <Switch isSelected={onlyProblems} onChange={setOnlyProblems}>
          {word('onlyProblems')}
        </Switch>
      ) : null}
      {rows.length > 0 ? <Rows key={`${onlyProblems}`} rows={rows} parties={parties} /> : null}
      <div className={styles.foot}>
        <span className={town.soft}>{word(read.good === 0 ? 'noGoodRows' : 'nothingSavedYet')}</span>
        <div className={town.row}>
          <Button onPress={onChooseOther}>{word('chooseOther')}</Button>
          <Button
            kind="primary"
            onPress={() => void save()}
            isPending={isPending}
            isDisabled={read.good === 0}
          >
            {word('confirmImport', { count: read.good })}
          </Button>
        </div>
      </div>
    </>
  )
}

const reasons = ['empty', 'badCsv', 'notText', 'tooSlow', 'tooMuch', 'interrupted'] as const

/** What to do about a file, by what kept it from being read. */
const unreadableKey = (reason: unknown) => {
  const known = reasons.find((one) => one === reason)
  return known === undefined ? 'unreadableHint' : (`unreadable_${known}` as const)
}

const Summary = ({ read }: { read: RosterImport }) => {
  const word = useWords(rosterWords)
  const refusalWord = useRefusal()
  const warned = warnCount(read)
  const refusal = refusalFrom(read.refusal)
  return (
    <Card title={read.fileName}>
      {read.state === 'unreadable' ? (
        <Banner tone="warn">
          <strong>{word('unreadable')}</strong>{' '}
          {refusal?.code === 'rosterUnreadable'
            ? word(unreadableKey(refusal.detail?.reason))
            : refusal === null
              ? word('unreadableHint')
              : refusalWord(refusal)}
        </Banner>
      ) : (
        <>
          <p className={town.small}>{word('format', { format: read.format })}</p>
          <div className={town.row}>
            <Badge tone={read.good > 0 ? 'good' : 'plain'}>{word('goodRows', { count: read.good })}</Badge>
            {read.bad > 0 ? <Badge tone="bad">{word('badRows', { count: read.bad })}</Badge> : null}
            {warned > 0 ? <Badge tone="warn">{word('warnRows', { count: warned })}</Badge> : null}
          </div>
          <div className={town.tight}>
            <span className={town.small}>{word('understood')}</span>
            <div className={styles.columns}>
              {read.columns.map(({ heading, field }, index) => {
                const key = field === null ? undefined : fieldKeys[field]
                const understood = key === undefined ? (field ?? word('columnSkipped')) : word(key)
                return (
                  <span key={index} className={styles.column} data-skipped={field === null || undefined}>
                    {heading === understood ? heading : `${heading} → ${understood}`}
                  </span>
                )
              })}
            </div>
          </div>
        </>
      )}
      <Problems problems={read.problems} />
    </Card>
  )
}

const Problems = ({ problems }: { problems: readonly RosterProblem[] }) => {
  const word = useWords(rosterWords)
  if (problems.length === 0) return null
  return (
    <ul className={styles.problems}>
      {problems.map(({ code, level, detail }, index) => (
        <li key={index} className={styles.problem}>
          <Badge tone={level === 'error' ? 'bad' : 'warn'}>
            {word(level === 'error' ? 'skippedMark' : 'warnMark')}
          </Badge>
          <span>{word(problemWord[code], { detail, max: limits.nameCharsMax })}</span>
        </li>
      ))}
    </ul>
  )
}

const Rows = ({ rows, parties }: { rows: readonly RosterRow[]; parties: Parties }) => {
  const word = useWords(rosterWords)
  const pages = usePages(rows.length)
  return (
    <>
      <table className={`${table.table} ${table.stacks}`}>
        <thead>
          <tr>
            <th scope="col">{word('lineHead')}</th>
            <th scope="col">{word('name')}</th>
            <th scope="col">{word('party')}</th>
            <th scope="col">{word('bodyRole')}</th>
            <th scope="col">{word('household')}</th>
            <th scope="col">{word('phone')}</th>
            <th scope="col">{word('problems')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(pages.from, pages.to).map((row) => (
            <Row key={row.line} row={row} parties={parties} />
          ))}
        </tbody>
      </table>
      <Pager {...pages} />
    </>
  )
}

const Row = ({ row, parties }: { row: RosterRow; parties: Parties }) => {
  const word = useWords(rosterWords)
  const [language] = useLanguage()
  const index = parties.findIndex(({ partyId }) => partyId === row.partyId)
  const party = parties[index]
  const state = rowState(row)
  return (
    <tr className={state === 'good' ? undefined : table[state]}>
      <td data-head={word('lineHead')}>{row.line}</td>
      {row.name === '' ? <td /> : <th scope="row">{row.name}</th>}
      <td>
        {party === undefined ? row.partyText : <PartyMark index={index} name={pick(party.name, language)} />}
      </td>
      <td data-head={word('bodyRole')}>{row.bodyRole}</td>
      <td data-head={word('household')}>
        <HouseholdCell person={row} />
      </td>
      <td data-head={word('phone')}>{row.phone}</td>
      <td>
        {row.problems.length === 0 ? (
          <span className={town.small}>{word('fine')}</span>
        ) : (
          <Problems problems={row.problems} />
        )}
      </td>
    </tr>
  )
}
