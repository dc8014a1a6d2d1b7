// The figures of a closed poll: the answers over their base, and party by party where that counts.
import type { CountResult } from '../../../shared/counting/poll.ts'
import type { MeetingState, Poll } from '../../../shared/meeting/state.ts'
import { PartyMark } from '../../kit/PartyMark.tsx'
import { TallyBars } from '../../kit/TallyBars.tsx'
import { recordWords } from '../../words/record.ts'
import { pick, useLanguage, useWords } from '../../words/words.ts'
import table from '../Table.module.css'
import { optionsOf } from './choices.ts'

const baseKeys = {
  present: 'basePresent',
  roster: 'baseRoster',
  cast: 'baseCast',
  votes: 'baseVotes',
  household: 'baseHousehold',
  units: 'baseUnits',
  points: 'basePoints',
} as const satisfies Readonly<Record<NonNullable<CountResult['base']>['of'], unknown>>

interface FiguresProps {
  poll: Poll
  result: CountResult
  state: MeetingState
}

export const Figures = ({ poll, result, state }: FiguresProps) => {
  const word = useWords(recordWords)
  const options = optionsOf(poll, word)
  const rows = options.map((option) => ({ ...option, count: result.totals[option.id] ?? 0 }))
  const present = poll.roll.reduce((sum, party) => sum + party.present, 0)
  const base = result.base ?? { of: 'present' as const, count: present }
  const baseKey = base.of === 'present' && base.count < present ? 'basePresentLess' : baseKeys[base.of]
  return (
    <>
      <TallyBars
        rows={rows}
        base={base.count}
        baseLabel={word(baseKey, { count: base.count })}
        size="phone"
      />
      {poll.method.kind === 'yesNo' && result.parties !== undefined && result.parties.length > 0 ? (
        <PartyFigures result={result} parties={result.parties} state={state} />
      ) : null}
    </>
  )
}

interface PartyFiguresProps {
  result: CountResult
  parties: NonNullable<CountResult['parties']>
  state: MeetingState
}

const PartyFigures = ({ result, parties, state }: PartyFiguresProps) => {
  const word = useWords(recordWords)
  const [language] = useLanguage()
  const metOf = (partyId: string) => result.conditions?.find(({ scope }) => scope === partyId)?.met
  const isJudged = parties.some(({ partyId }) => metOf(partyId) !== undefined)
  const columns = ['present', 'yes', 'no', 'abstain', 'notVoted'] as const
  return (
    <table className={`${table.table} ${table.stacks} ${table.flows}`}>
      <thead>
        <tr>
          <th scope="col">{word('byParty')}</th>
          {columns.map((column) => (
            <th key={column} scope="col" className={table.number}>
              {word(column)}
            </th>
          ))}
          {isJudged ? <th scope="col">{word('verdict')}</th> : null}
        </tr>
      </thead>
      <tbody>
        {parties.map((party) => {
          const index = state.parties.findIndex(({ partyId }) => partyId === party.partyId)
          const met = metOf(party.partyId)
          return (
            <tr key={party.partyId}>
              <th scope="row">
                <PartyMark
                  index={index}
                  name={pick(state.parties[index]?.name ?? { zh: party.partyId, en: '' }, language)}
                />
              </th>
              {columns.map((column) => (
                <td key={column} className={table.number} data-head={word(column)}>
                  {party[column]}
                </td>
              ))}
              {isJudged ? (
                <td data-head={word('verdict')}>
                  {met === undefined ? '' : word(met ? 'partyPasses' : 'partyFails')}
                </td>
              ) : null}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
