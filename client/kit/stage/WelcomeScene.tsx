// Before the meeting and in recess: where we are, how to come in, and who is here.
import { attendance } from '../../../shared/views/attendance.ts'
import { partyName } from '../../../shared/views/polls.ts'
import { screenWords } from '../../words/screen.ts'
import { pick, useLanguage, useWords } from '../../words/words.ts'
import { classes } from '../classes.ts'
import { hallTimeZone } from '../hallTime.ts'
import { PartyMark } from '../PartyMark.tsx'
import { QrCode } from '../QrCode.tsx'
import { fitSize, u } from './fit.ts'
import { SceneFrame } from './SceneFrame.tsx'
import styles from './Stage.module.css'
import type { StageProps } from './stageProps.ts'
import own from './WelcomeScene.module.css'

const dayOf = (startsAt: number, language: 'zh' | 'en'): string =>
  new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    weekday: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: hallTimeZone,
  }).format(startsAt)

/** One line where it can be a title's size, else two: Chinese titles break badly. */
const titleSize = (title: string, width: number): number => {
  const inOneLine = fitSize(title, { width, lines: 1, largest: 116, least: 0 })
  return inOneLine >= 72 ? inOneLine : fitSize(title, { width, lines: 2, largest: 84, least: 60 })
}

export const WelcomeScene = (props: StageProps) => {
  const { state, now, doorUrl, roomCode } = props
  const word = useWords(screenWords)
  const [language] = useLanguage()
  const hasDoor = doorUrl !== null
  const width = hasDoor ? 1_130 : 1_760
  const stage =
    state.phase === 'recess'
      ? word('recess')
      : state.phase === 'convened'
        ? word('convened')
        : word('gathering')
  return (
    <SceneFrame now={now} context={stage}>
      <div className={own.halves}>
        <div className={own.meeting}>
          <div>
            <h1 className={own.title} style={{ fontSize: u(titleSize(state.title, width)) }}>
              {state.title}
            </h1>
            <p className={classes(styles.line, own.when)}>
              <span className={own.parts}>
                <span>{dayOf(state.startsAt, language)}</span>
                {state.place === '' ? null : <span>{state.place}</span>}
              </span>
            </p>
          </div>
          <Attendance {...props} />
        </div>
        {doorUrl === null ? null : (
          <aside className={own.door}>
            <div className={own.code}>
              <QrCode text={doorUrl} label={word('scanToEnter')} />
            </div>
            <p className={own.scan}>{word('scanToEnter')}</p>
            {roomCode === null ? null : (
              <p className={own.room}>
                <span>{word('roomCode')}</span>
                <b className={own.letters}>{spaced(roomCode)}</b>
              </p>
            )}
          </aside>
        )}
      </div>
    </SceneFrame>
  )
}

/** ABCD EFGH is read aloud and typed with fewer mistakes than ABCDEFGH. */
const spaced = (code: string): string => `${code.slice(0, code.length / 2)} ${code.slice(code.length / 2)}`

const Attendance = ({ state }: StageProps) => {
  const word = useWords(screenWords)
  const [language] = useLanguage()
  const { due, present, quorum, parties } = attendance(state)
  const missing =
    quorum === null || quorum.met || quorum.short === 0
      ? null
      : word(
          quorum.basis === 'households'
            ? 'shortHouseholds'
            : quorum.basis === 'units'
              ? 'shortUnits'
              : 'shortBy',
          { count: quorum.short },
        )
  return (
    <div className={own.attendance}>
      <div className={own.total}>
        <span>
          {word('present')} <b className={classes(own.number, own.here)}>{present}</b>
        </span>
        <span>
          {word('due')} <b className={own.number}>{due}</b>
        </span>
        {quorum === null ? null : quorum.met ? (
          <span className={classes(own.verdict, own.met)}>✓ {word('quorumMet')}</span>
        ) : missing === null ? null : (
          <span className={classes(own.verdict, own.short)}>{missing}</span>
        )}
      </div>
      <ul className={own.parties} data-many={parties.length > 4 || undefined}>
        {parties.map((party, index) => {
          const short = quorum?.parties.find(({ partyId }) => partyId === party.partyId)?.short ?? 0
          return (
            <li key={party.partyId}>
              <PartyMark index={index} name={pick(partyName(state, party.partyId), language)} />
              <span className={own.figures}>
                <b className={own.count}>{party.present}</b>/{party.due}
              </span>
              {short > 0 ? <span className={own.short}>{word('partyShort', { count: short })}</span> : null}
            </li>
          )
        })}
      </ul>
    </div>
  )
}
