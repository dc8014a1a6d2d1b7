// A closed poll's figures by party.
import type { Poll } from '../../../shared/meeting/state.ts'
import { PartyMark } from '../../kit/PartyMark.tsx'
import { pollWords } from '../../words/facilitatorPoll.ts'
import { useWords } from '../../words/words.ts'
import { partyIndexOf, useMeetingParts, usePartyName } from '../cockpit.ts'
import styles from './result.module.css'

export const PartySheet = ({ poll }: { poll: Poll }) => {
  const state = useMeetingParts('parties')
  const word = useWords(pollWords)
  const partyName = usePartyName()
  const rows = poll.result?.parties ?? []
  const columns =
    poll.method.kind === 'yesNo'
      ? (['yes', 'no', 'abstain'] as const).map((id) => ({ id: id as string, label: word(id) }))
      : poll.options.map(({ optionId, label }) => ({ id: optionId, label }))
  if (rows.length === 0) return null
  return (
    <div className={styles.sheet}>
      <table>
        <thead>
          <tr>
            <th scope="col">{word('party')}</th>
            <th scope="col">{word('due')}</th>
            <th scope="col">{word('present')}</th>
            <th scope="col">{word('recused')}</th>
            {columns.map(({ id, label }) => (
              <th key={id} scope="col">
                {label}
              </th>
            ))}
            <th scope="col">{word('notCast')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.partyId}>
              <th scope="row">
                <PartyMark index={partyIndexOf(state, row.partyId)} name={partyName(row.partyId)} />
              </th>
              <td>{row.due}</td>
              <td>{row.present}</td>
              <td>{row.recused}</td>
              {columns.map(({ id }) => (
                <td key={id}>{row.totals[id] ?? 0}</td>
              ))}
              <td>{row.notVoted}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
