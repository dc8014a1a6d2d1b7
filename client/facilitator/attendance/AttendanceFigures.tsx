// Due, present and short-by, by party and overall, and the preset's quorum in words.
import { PartyMark } from '../../kit/PartyMark.tsx'
import { roomWords } from '../../words/facilitatorRoom.ts'
import { pick, useLanguage, useWords } from '../../words/words.ts'
import { partyIndexOf, useAttendance, useMeetingParts, usePartyName } from '../cockpit.ts'
import styles from './attendance.module.css'

export const AttendanceFigures = () => {
  const state = useMeetingParts('parties')
  const word = useWords(roomWords)
  const partyName = usePartyName()
  const { due, present, excused, parties, quorum } = useAttendance()
  const shortOf = (partyId: string) => quorum?.parties.find((party) => party.partyId === partyId)?.short ?? 0
  return (
    <section className={styles.figures}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{word('party')}</th>
            <th scope="col">{word('due')}</th>
            <th scope="col">{word('present')}</th>
            <th scope="col">{word('excused')}</th>
            <th scope="col">{word('short')}</th>
          </tr>
        </thead>
        <tbody>
          {parties.map((party) => (
            <tr key={party.partyId}>
              <th scope="row">
                <PartyMark index={partyIndexOf(state, party.partyId)} name={partyName(party.partyId)} />
              </th>
              <td>{party.due}</td>
              <td className={styles.strong}>{party.present}</td>
              <td>{party.excused}</td>
              <Short by={shortOf(party.partyId)} isAsked={quorum !== null && quorum.parties.length > 0} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{word('overall')}</th>
            <td>{due}</td>
            <td className={styles.strong}>{present}</td>
            <td>{excused}</td>
            <Short by={quorum?.short ?? 0} isAsked={quorum !== null} />
          </tr>
        </tfoot>
      </table>
      <QuorumRule />
    </section>
  )
}

const Short = ({ by, isAsked }: { by: number; isAsked: boolean }) => {
  if (!isAsked) return <td>—</td>
  return by === 0 ? <td className={styles.met}>✓</td> : <td className={styles.missing}>{by}</td>
}

const QuorumRule = () => {
  const state = useMeetingParts('preset')
  const word = useWords(roomWords)
  const partyName = usePartyName()
  const [language] = useLanguage()
  const { quorum } = useAttendance()
  const { preset } = state
  const parties = quorum?.parties ?? []
  const list = parties.map(({ partyId, need }) =>
    word('quorumPartyNeed', { party: partyName(partyId), need }),
  )
  const main =
    quorum === null
      ? word('quorumNone')
      : word(quorum.basis === 'households' ? 'quorumHouseholds' : 'quorumNeed', {
          need: quorum.need,
          of: quorum.of,
        })
  return (
    <p className={styles.rule}>
      <strong>{word('quorumRule')}</strong> {main}
      {list.length === 0 ? '' : word('quorumParties', { list: list.join(word('listComma')) })}
      <span className={styles.source}>
        {pick(preset.name, language)} · {pick(preset.cite, language)}
      </span>
    </p>
  )
}
