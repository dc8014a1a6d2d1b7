// Who was due and who was there, by party, in figures.
import type { MeetingState } from '../../../shared/meeting/state.ts'
import { attendance } from '../../../shared/views/attendance.ts'
import { Badge } from '../../kit/Badge.tsx'
import { Card } from '../../kit/Card.tsx'
import { PartyMark } from '../../kit/PartyMark.tsx'
import { recordWords } from '../../words/record.ts'
import { pick, useLanguage, useWords } from '../../words/words.ts'
import table from '../Table.module.css'
import town from '../Town.module.css'

export const AttendanceCard = ({ state }: { state: MeetingState }) => {
  const word = useWords(recordWords)
  const [language] = useLanguage()
  const { due, present, excused, quorum, parties } = attendance(state)
  const observers = Object.values(state.seats).filter(
    ({ seatId, role }) => role === 'observer' && state.attendance[seatId]?.status === 'present',
  ).length
  const quorumSaid = () => {
    if (quorum === null) return null
    if (quorum.met) return <Badge tone="good">{word('quorumMet', { need: quorum.need })}</Badge>
    if (quorum.short > 0) return <Badge tone="warn">{word('quorumShort', { short: quorum.short })}</Badge>
    return <Badge tone="warn">{word('quorumPartiesShort')}</Badge>
  }
  const rows = [
    ...parties.map((party, index) => ({
      ...party,
      head: (
        <PartyMark index={index} name={pick(state.parties[index]?.name ?? { zh: '', en: '' }, language)} />
      ),
    })),
    { partyId: 'total', head: word('total'), due, present, excused },
  ]
  return (
    <Card title={word('attendance')}>
      <table className={`${table.table} ${table.stacks} ${table.flows}`}>
        <thead>
          <tr>
            <th scope="col">{word('party')}</th>
            <th scope="col" className={table.number}>
              {word('due')}
            </th>
            <th scope="col" className={table.number}>
              {word('present')}
            </th>
            <th scope="col" className={table.number}>
              {word('excused')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.partyId}>
              <th scope="row">{row.head}</th>
              <td className={table.number} data-head={word('due')}>
                {row.due}
              </td>
              <td className={table.number} data-head={word('present')}>
                {row.present}
              </td>
              <td className={table.number} data-head={word('excused')}>
                {row.excused}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={town.row}>
        {quorumSaid()}
        {observers === 0 ? null : (
          <span className={`${town.small} ${town.figure}`}>{`${word('observers')} ${observers}`}</span>
        )}
      </p>
      <p className={town.small}>{word(state.phase === 'closed' ? 'presentNoteClosed' : 'presentNote')}</p>
    </Card>
  )
}
