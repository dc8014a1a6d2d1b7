// A closed poll party by party, or unit by unit: who was there, how they voted, and what the rule asked of each.
import type { CountResult } from '../../../shared/counting/poll.ts'
import type { MeetingState, Poll } from '../../../shared/meeting/state.ts'
import { partyName } from '../../../shared/views/polls.ts'
import { countingWords } from '../../words/counting.ts'
import { pick, useLanguage, useWords } from '../../words/words.ts'
import { PartyMark } from '../PartyMark.tsx'
import { partyIndex } from '../stage/seatWords.ts'
import { optionsInWords } from './optionWords.ts'
import styles from './ResultTables.module.css'

interface PartyTableProps {
  poll: Poll
  result: CountResult
  state: MeetingState
}

type Condition = NonNullable<CountResult['conditions']>[number]

export const PartyTable = ({ poll, result, state }: PartyTableProps) => {
  const word = useWords(countingWords)
  const [language] = useLanguage()
  const { parties = [], conditions = [] } = result
  if (parties.length < 2) return null
  const isRanked = parties.every(({ totals }) => Object.keys(totals).length === 0)
  const options = isRanked ? [] : optionsInWords(poll, language)
  const overall = conditions.find(({ scope }) => scope === 'overall')
  const isJudged = conditions.length > 1
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reached by the keyboard
    <section className={styles.box} aria-label={word('byParty')} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{word('party')}</th>
            {options.map(({ id, label }) => (
              <th key={id} scope="col">
                <span className={styles.action}>{label}</span>
              </th>
            ))}
            <th scope="col">{word('notCast')}</th>
            {isJudged ? <th scope="col">{word('verdict')}</th> : null}
            {(['due', 'present', 'recused'] as const).map((column) => (
              <th key={column} scope="col">
                {word(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {parties.map((party) => (
            <tr key={party.partyId}>
              <th scope="row">
                <PartyMark
                  index={partyIndex(state, party.partyId)}
                  name={pick(partyName(state, party.partyId), language)}
                />
              </th>
              {options.map(({ id }) => (
                <td key={id}>{party.totals[id] ?? 0}</td>
              ))}
              <td>{party.notVoted}</td>
              {isJudged ? (
                <Verdict of={conditions.find(({ scope }) => scope === party.partyId)} poll={poll} />
              ) : null}
              <td>{party.due}</td>
              <td>{party.present}</td>
              <td>{party.recused}</td>
            </tr>
          ))}
          {isJudged && overall !== undefined ? (
            <tr>
              <th scope="row">{word('overall')}</th>
              {options.map(({ id }) => (
                <td key={id}>{result.totals[id] ?? 0}</td>
              ))}
              <td>{result.ballots.notVoted ?? ''}</td>
              <Verdict of={overall} poll={poll} />
              <td colSpan={3} />
            </tr>
          ) : null}
        </tbody>
      </table>
    </section>
  )
}

const Verdict = ({ of, poll }: { of: Condition | undefined; poll: Poll }) => {
  const word = useWords(countingWords)
  const [language] = useLanguage()
  if (of === undefined) return <td />
  const own = poll.unitPresets?.[of.scope]
  return (
    <td className={of.met ? styles.met : styles.missed}>
      {word(of.met ? 'needMet' : 'needMissed', { need: of.need, have: of.have })}
      {own === undefined ? null : (
        <span className={styles.action}>{word('ownRule', { name: pick(own.name, language) })}</span>
      )}
    </td>
  )
}
