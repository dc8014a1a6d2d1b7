// Speaking time by party: bars from zero, with minutes and turns in figures.
import type { MeetingState } from '../../../shared/meeting/state.ts'
import { partyTimes } from '../../../shared/views/floorTime.ts'
import { Card } from '../../kit/Card.tsx'
import { PartyMark } from '../../kit/PartyMark.tsx'
import { recordWords } from '../../words/record.ts'
import { pick, useLanguage, useWords } from '../../words/words.ts'
import town from '../Town.module.css'
import styles from './Record.module.css'
import { durationIn } from './saying.ts'

export const SpeakingCard = ({ state }: { state: MeetingState }) => {
  const word = useWords(recordWords)
  const [language] = useLanguage()
  // a running speech is counted once it has ended: the record tells what has happened
  const times = partyTimes({ ...state, floor: { ...state.floor, speech: null } }, 0)
  const most = Math.max(...times.map(({ ms }) => ms), 1)
  return (
    <Card title={word('speaking')}>
      {times.every(({ turns }) => turns === 0) ? (
        <p className={town.soft}>{word('noSpeaking')}</p>
      ) : (
        <ul className={town.stack}>
          {times.map(({ partyId, ms, turns }, index) => (
            <li key={partyId} className={styles.speaking}>
              <PartyMark
                index={index}
                name={pick(state.parties[index]?.name ?? { zh: '', en: '' }, language)}
              />
              <span className={town.figure}>
                {durationIn(language, Math.round(ms / 1_000))}
                <span className={town.small}>{` · ${word('turns', { count: turns })}`}</span>
              </span>
              <span className={styles.track} aria-hidden="true">
                <span
                  className={styles.bar}
                  style={{ width: `${(100 * ms) / most}%`, background: `var(--party-${index % 6})` }}
                />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
