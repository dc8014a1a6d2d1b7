// The open poll: what is asked, by which rule, and how many have voted; how they voted only where the poll shows it.
import type { MeetingState, Poll } from '../../../shared/meeting/state.ts'
import { openPoll, partyName } from '../../../shared/views/polls.ts'
import { passWords, quorumWords } from '../../../shared/views/ruleWords.ts'
import type { Tally } from '../../../shared/wire/live.ts'
import { screenWords } from '../../words/screen.ts'
import { pick, useLanguage, useWords } from '../../words/words.ts'
import { PartyMark } from '../PartyMark.tsx'
import { runningBase } from '../result/baseWords.ts'
import { optionsInWords } from '../result/optionWords.ts'
import { TallyBars } from '../TallyBars.tsx'
import { fitSize, u } from './fit.ts'
import { ItemContext } from './ItemContext.tsx'
import { optionList } from './optionList.ts'
import own from './PollScene.module.css'
import { pollRows } from './pollRows.ts'
import { RecusedLine } from './RecusedLine.tsx'
import { SceneFrame } from './SceneFrame.tsx'
import styles from './Stage.module.css'
import { partyIndex } from './seatWords.ts'
import type { StageProps } from './stageProps.ts'

const liveRowsMax = 4

export const PollScene = ({ state, names, tally, now, drawAmendment }: StageProps) => {
  const word = useWords(screenWords)
  const [language] = useLanguage()
  const poll = openPoll(state)
  if (poll === null) {
    return (
      <SceneFrame now={now} context={<ItemContext state={state} itemId={state.currentItemId} />}>
        <p className={styles.empty}>{word('noPoll')}</p>
      </SceneFrame>
    )
  }
  const current = tally?.pollId === poll.pollId ? tally : null
  const isLive = current?.byOption != null
  const change = poll.amendment && !isLive ? drawAmendment?.(state.meetingId, poll) : undefined
  const hasOptions = poll.method.kind !== 'yesNo'
  const base = runningBase(poll, current?.castWeight ?? 0, language)
  return (
    <SceneFrame
      now={now}
      context={
        <>
          <span className={own.badge}>
            {word('pollOpen')} · {word(poll.secrecy)}
          </span>
          <ItemContext state={state} itemId={poll.itemId} />
        </>
      }
    >
      <div className={own.asked}>
        <h1
          className={styles.title}
          style={{ fontSize: u(fitSize(poll.question, { width: 1_760, lines: 2, largest: 92, least: 64 })) }}
        >
          {poll.question}
        </h1>
        <p className={own.rule}>
          {word('rule', {
            name: pick(poll.preset.name, language),
            quorum: pick(quorumWords(poll.preset), language),
            pass: pick(passWords(poll.preset), language),
          })}
        </p>
      </div>
      <div className={own.figures} data-live={isLive || change !== undefined || hasOptions || undefined}>
        <Turnout state={state} poll={poll} tally={current} />
        {isLive ? (
          <div className={own.bars}>
            <TallyBars
              size="screen"
              rows={pollRows(poll, current.byOption ?? {}, language, liveRowsMax)}
              base={base.count}
              baseLabel={base.label}
            />
          </div>
        ) : change !== undefined ? (
          <div className={own.change}>{change}</div>
        ) : hasOptions ? (
          <Options poll={poll} />
        ) : null}
      </div>
      <RecusedLine state={state} poll={poll} names={names} className={own.recused} />
      <p className={own.hint}>
        {isLive ? null : <span>{word('hiddenUntilClosed')}</span>}
        <span>{word(howToVote(poll))}</span>
      </p>
    </SceneFrame>
  )
}

const optionsWidth = 1_040

/** Whoever votes by hand or on paper has no other place to read what there is to choose from. */
const Options = ({ poll }: { poll: Poll }) => {
  const word = useWords(screenWords)
  const [language] = useLanguage()
  const labels = optionsInWords(poll, language).map(({ label }) => label)
  const { size, columns, shown, more } = optionList(labels, optionsWidth)
  return (
    <ol className={own.options} style={{ fontSize: u(size), columns }}>
      {labels.slice(0, shown).map((label, at) => (
        <li key={at}>{label}</li>
      ))}
      {more > 0 ? <li className={own.more}>{word('moreOptions', { count: more })}</li> : null}
    </ol>
  )
}

/** What the hall is told to do: a secret poll is held on paper, and where hands are counted, by hands. */
const howToVote = ({ secrecy, preset }: Poll) =>
  preset.recordOnly ? 'howOnPaper' : secrecy === 'secret' ? 'howInSecret' : 'howToVote'

interface PartyTurnout {
  readonly partyId: string
  readonly cast: number
  readonly electors: number
}

/** Before the first figures have come, nobody has voted as far as the screen knows. */
const turnoutOf = (state: MeetingState, poll: Poll, tally: Tally | null): readonly PartyTurnout[] =>
  state.parties.flatMap(({ partyId }) => {
    const electors = poll.electors.filter((elector) => elector.partyId === partyId).length
    const cast = tally?.byParty.find((party) => party.partyId === partyId)?.cast ?? 0
    return electors === 0 ? [] : [{ partyId, cast, electors }]
  })

const Turnout = ({ state, poll, tally }: { state: MeetingState; poll: Poll; tally: Tally | null }) => {
  const word = useWords(screenWords)
  const [language] = useLanguage()
  const cast = tally?.cast ?? 0
  const hands = state.parties.filter(({ partyId }) => (tally?.hands[partyId] ?? 0) > 0)
  const handsWords = hands.map(({ partyId, name }) =>
    word('handsOf', { party: pick(name, language), count: tally?.hands[partyId] ?? 0 }),
  )
  return (
    <>
      <div className={own.turnout}>
        <p className={own.cast}>
          {word('cast')} <b className={own.number}>{cast}</b> {word('of', { count: poll.electors.length })}
        </p>
        <Part of={poll.electors.length} is={cast} />
        {handsWords.length === 0 ? null : (
          <p className={own.hands}>
            {word('handsCounted')} {handsWords.join(' · ')}
          </p>
        )}
      </div>
      <ul className={own.parties}>
        {turnoutOf(state, poll, tally).map((party) => (
          <li key={party.partyId}>
            <PartyMark
              index={partyIndex(state, party.partyId)}
              name={pick(partyName(state, party.partyId), language)}
            />
            <Part of={party.electors} is={party.cast} />
            <b className={own.votes}>
              {party.cast}/{party.electors}
            </b>
          </li>
        ))}
      </ul>
    </>
  )
}

const Part = ({ of, is }: { of: number; is: number }) => (
  <span className={own.track} aria-hidden="true">
    <span style={{ transform: `scaleX(${is / Math.max(1, of)})` }} />
  </span>
)
