// Who speaks, for how long, and who comes next and why.
import type { HandKind } from '../../../shared/meeting/commands.ts'
import type { MeetingState, Speech } from '../../../shared/meeting/state.ts'
import { partyName } from '../../../shared/views/polls.ts'
import { speakingOrder } from '../../../shared/views/speakingOrder.ts'
import { screenWords } from '../../words/screen.ts'
import { pick, useLanguage, useWords } from '../../words/words.ts'
import { Countdown } from '../Countdown.tsx'
import { PartyMark } from '../PartyMark.tsx'
import { fitSize, u } from './fit.ts'
import { ItemContext } from './ItemContext.tsx'
import { SceneFrame } from './SceneFrame.tsx'
import own from './SpeakerScene.module.css'
import styles from './Stage.module.css'
import { partyIndex, seatName } from './seatWords.ts'
import type { StageProps } from './stageProps.ts'

const waitingMax = 3

export const SpeakerScene = (props: StageProps) => {
  const { state, now } = props
  const word = useWords(screenWords)
  const { speech } = state.floor
  return (
    <SceneFrame now={now} context={<ItemContext state={state} itemId={state.currentItemId} />}>
      {speech === null ? (
        <p className={styles.empty}>{word('nobodySpeaks')}</p>
      ) : (
        <Speaking {...props} speech={speech} />
      )}
      <Waiting {...props} />
    </SceneFrame>
  )
}

const Speaking = ({ state, names, now, speech }: StageProps & { speech: Speech }) => {
  const word = useWords(screenWords)
  const name = seatName(names, speech.seatId, (params) => word('unnamed', params))
  return (
    <div className={own.speaking}>
      <div className={own.who}>
        <p className={own.kind}>{kindWord(word, speech.kind) ?? word('speaking')}</p>
        <h1
          className={own.name}
          style={{ fontSize: u(fitSize(name, { width: 760, lines: 1, largest: 220, least: 88 })) }}
        >
          {name}
        </h1>
        <p className={own.party}>
          <SeatParty state={state} seatId={speech.seatId} />
        </p>
      </div>
      <div className={own.clock}>
        <Countdown
          key={speech.speechId}
          size="screen"
          now={now}
          totalMs={speech.seconds * 1_000}
          endsAt={speech.startedAt + speech.seconds * 1_000}
        />
      </div>
    </div>
  )
}

const kindWord = (word: (key: 'pointOfOrder' | 'answer') => string, kind: HandKind): string | null =>
  kind === 'speak' ? null : word(kind)

const SeatParty = ({ state, seatId }: { state: MeetingState; seatId: string }) => {
  const word = useWords(screenWords)
  const [language] = useLanguage()
  const partyId = state.seats[seatId]?.partyId ?? null
  const name = partyId === null ? word('observer') : pick(partyName(state, partyId), language)
  return <PartyMark index={partyIndex(state, partyId)} name={name} />
}

const Waiting = ({ state, names }: StageProps) => {
  const word = useWords(screenWords)
  const order = speakingOrder(state)
  if (order.length === 0) return <p className={own.nobody}>{word('nobodyWaits')}</p>
  const more = order.length - waitingMax
  return (
    <div className={own.waiting}>
      <p className={own.next}>
        {word('nextSpeakers')}
        {more > 0 ? <span className={own.more}>{word('moreWaiting', { count: more })}</span> : null}
      </p>
      <ol className={own.queue}>
        {order.slice(0, waitingMax).map((hand, i) => (
          <li key={hand.seatId} className={own.hand}>
            <span className={own.place}>{i + 1}</span>
            <span className={own.handName}>
              {seatName(names, hand.seatId, (params) => word('unnamed', params))}
            </span>
            <SeatParty state={state} seatId={hand.seatId} />
            <span className={own.why}>
              {hand.kind === 'answer' ? `${word('answer')} · ` : null}
              {word(`why_${hand.reason}`)}
            </span>
          </li>
        ))}
      </ol>
    </div>
  )
}
