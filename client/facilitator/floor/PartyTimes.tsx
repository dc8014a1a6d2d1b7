// What each party has spoken, as bars from zero on one common scale.
import { partyTimes } from '../../../shared/views/floorTime.ts'
import { PartyMark } from '../../kit/PartyMark.tsx'
import { floorWords } from '../../words/facilitatorFloor.ts'
import { useWords } from '../../words/words.ts'
import { partyIndexOf, useMeetingParts, usePartyName } from '../cockpit.ts'
import { clockText, useNow } from '../useNow.ts'
import styles from './floor.module.css'

const partyColours = 6

export const PartyTimes = () => {
  const state = useMeetingParts('floor', 'parties', 'seats')
  const word = useWords(floorWords)
  const partyName = usePartyName()
  const now = useNow(state.floor.speech !== null)
  const times = partyTimes(state, now)
  const longest = Math.max(1, ...times.map(({ ms }) => ms))
  if (times.every(({ ms }) => ms === 0)) return null
  return (
    <section className={styles.times}>
      <h2>{word('partyTimes')}</h2>
      <dl className={styles.bars}>
        {times.map(({ partyId, ms, turns }) => {
          const index = partyIndexOf(state, partyId)
          return (
            <div key={partyId} className={styles.bar}>
              <dt>
                <PartyMark index={index} name={partyName(partyId)} />
              </dt>
              <dd>
                <span className={styles.track}>
                  <span
                    className={styles.fill}
                    style={{
                      width: `${(ms / longest) * 100}%`,
                      background: `var(--party-${index % partyColours})`,
                    }}
                  />
                </span>
                <span className={styles.figure}>
                  {clockText(ms)} · {word('turns', { count: turns })}
                </span>
              </dd>
            </div>
          )
        })}
      </dl>
    </section>
  )
}
