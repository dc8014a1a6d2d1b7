// Before the meeting and in its breaks: doors shut, check in, who is here, recess.
import type { Attendance } from '../../shared/meeting/state.ts'
import { type AttendanceView, attendance } from '../../shared/views/attendance.ts'
import { partyName } from '../../shared/views/polls.ts'
import { Button } from '../kit/Button.tsx'
import { hallTimeZone } from '../kit/hallTime.ts'
import { PartyMark } from '../kit/PartyMark.tsx'
import { participantWords } from '../words/participant.ts'
import { pick, useLanguage, useWords } from '../words/words.ts'
import type { Room } from './MeetingFrame.tsx'
import styles from './Now.module.css'
import { Tick } from './Tick.tsx'
import { useOrder } from './useOrder.ts'

const startsAtText = (startsAt: number, language: 'zh' | 'en'): string =>
  new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    timeZone: hallTimeZone,
    month: 'long',
    day: 'numeric',
    weekday: 'long',
    hour: '2-digit',
    minute: '2-digit',
  }).format(startsAt)

const WhenAndWhere = ({ state }: Pick<Room, 'state'>) => {
  const [language] = useLanguage()
  return (
    <p className={styles.hint}>
      {startsAtText(state.startsAt, language)}
      {state.place === '' ? null : <br />}
      {state.place}
    </p>
  )
}

export const DoorsShutCard = ({ state }: Pick<Room, 'state'>) => {
  const word = useWords(participantWords)
  return (
    <section className={styles.card}>
      <h2 className={styles.big}>{word('notOpenTitle')}</h2>
      <WhenAndWhere state={state} />
      <p className={styles.hint}>{word('notOpenHint')}</p>
    </section>
  )
}

const asking = {
  absent: { title: 'checkInTitle', hint: 'checkInHint', button: 'checkIn' },
  left: { title: 'returnTitle', hint: 'returnHint', button: 'returnButton' },
  excused: { title: 'excusedTitle', hint: 'excusedHint', button: 'checkIn' },
} as const

export const CheckInCard = ({
  state,
  status,
}: Pick<Room, 'state'> & { status: Exclude<Attendance['status'], 'present'> }) => {
  const word = useWords(participantWords)
  const { order, isPending } = useOrder()
  const { title, hint, button } = asking[status]
  return (
    <section className={styles.card}>
      <h2 className={styles.big}>{word(title)}</h2>
      <p className={styles.hint}>{word(hint)}</p>
      <Button
        kind="primary"
        size="large"
        isWide
        isPending={isPending}
        onPress={() => void order({ type: 'checkIn' })}
      >
        {word(button)}
      </Button>
      <Figures view={attendance(state)} state={state} />
    </section>
  )
}

export const ArrivalCard = ({ state, me }: Room) => {
  const word = useWords(participantWords)
  const { order, isPending } = useOrder()
  const isByClerk = me.seatId !== null && state.attendance[me.seatId]?.channel === 'clerk'
  return (
    <section className={styles.card}>
      {me.seatId === null ? null : (
        <h2 className={styles.done}>
          <Tick /> {word('checkedIn')}
        </h2>
      )}
      {isByClerk ? (
        <>
          <p>{word('byClerk')}</p>
          <Button isPending={isPending} onPress={() => void order({ type: 'checkIn' })}>
            {word('useDevice')}
          </Button>
        </>
      ) : null}
      <WhenAndWhere state={state} />
      <Figures view={attendance(state)} state={state} />
      <p className={styles.hint}>{word('gatheringHint')}</p>
    </section>
  )
}

export const RecessCard = () => {
  const word = useWords(participantWords)
  return (
    <section className={styles.card}>
      <h2 className={styles.big}>{word('recessTitle')}</h2>
      <p className={styles.hint}>{word('recessHint')}</p>
    </section>
  )
}

const Figures = ({ view, state }: { view: AttendanceView } & Pick<Room, 'state'>) => {
  const word = useWords(participantWords)
  const [language] = useLanguage()
  const { quorum } = view
  return (
    <div className={styles.figures}>
      <dl className={styles.counts}>
        <div>
          <dt>{word('due')}</dt>
          <dd>{view.due}</dd>
        </div>
        <div>
          <dt>{word('present')}</dt>
          <dd>{view.present}</dd>
        </div>
        {quorum === null || quorum.short === 0 ? null : (
          <div className={styles.short}>
            <dt>{word('short')}</dt>
            <dd>{quorum.short}</dd>
          </div>
        )}
      </dl>
      {view.parties.length < 2 ? null : (
        <ul className={styles.parties}>
          {view.parties.map(({ partyId, due, present }, index) => {
            const finding = quorum?.parties.find((one) => one.partyId === partyId)
            return (
              <li key={partyId}>
                <PartyMark index={index} name={pick(partyName(state, partyId), language)} />
                <span className={styles.partyFigures}>
                  {present} / {due}
                </span>
                {finding === undefined || finding.met ? null : (
                  <span className={styles.partyShort}>
                    {word('short')} {finding.short}
                  </span>
                )}
              </li>
            )
          })}
        </ul>
      )}
      <p className={quorum?.met === false ? styles.notYet : styles.met}>
        {quorum === null
          ? word('quorumNone')
          : quorum.met
            ? word('quorumMet')
            : quorum.short > 0
              ? word('quorumShort', { short: quorum.short })
              : word('quorumParties')}
      </p>
    </div>
  )
}
