// How it went: the votes with their base, the verdict with its rule and source, and the seal.
import type { Poll } from '../../../shared/meeting/state.ts'
import { outcomeOf, shownPoll } from '../../../shared/views/polls.ts'
import { countingWords } from '../../words/counting.ts'
import { screenWords } from '../../words/screen.ts'
import { type Language, pick, useLanguage, useWords, wordIn } from '../../words/words.ts'
import { resultBase } from '../result/baseWords.ts'
import { optionLabel } from '../result/optionWords.ts'
import { toldOutcome } from '../result/toldOutcome.ts'
import { Seal } from '../Seal.tsx'
import { TallyBars } from '../TallyBars.tsx'
import { Conditions } from './Conditions.tsx'
import { FinalOrder } from './FinalOrder.tsx'
import { fitSize, u } from './fit.ts'
import { ItemContext, numberOf } from './ItemContext.tsx'
import { pollRows } from './pollRows.ts'
import { RecusedLine } from './RecusedLine.tsx'
import own from './ResultScene.module.css'
import { SceneFrame } from './SceneFrame.tsx'
import styles from './Stage.module.css'
import type { StageProps } from './stageProps.ts'

type Result = NonNullable<Poll['result']>

const rowsMax = 5
/** More parties than this are told in the sentence, not in boxes. */
const conditionsMax = 5

/** A screen that comes to a result later than this shows the seal already lying there. */
const freshMs = 8_000

export const ResultScene = (props: StageProps) => {
  const { state, now } = props
  const word = useWords(screenWords)
  const poll = shownPoll(state)
  if (poll === null || poll.result === null) {
    return (
      <SceneFrame now={now} context={<ItemContext state={state} itemId={state.currentItemId} />}>
        <p className={styles.empty}>{word('noResult')}</p>
      </SceneFrame>
    )
  }
  return <Decided {...props} poll={poll} result={poll.result} />
}

const Decided = ({
  state,
  names,
  now,
  isStill,
  poll,
  result,
}: StageProps & { poll: Poll; result: Result }) => {
  const word = useWords(screenWords)
  const [language] = useLanguage()
  const rows = pollRows(poll, result.totals, language, rowsMax, result.shares)
  const base = resultBase(poll, result, language)
  const { outcome } = outcomeOf(poll) ?? result
  const why = pick(result.why, language) + brokenWords(poll, language)
  const conditions = result.conditions ?? []
  const isFresh = isStill !== true && now() - state.stage.since < freshMs
  return (
    <SceneFrame
      now={now}
      context={
        <h1
          className={own.question}
          style={{ fontSize: u(fitSize(poll.question, { width: 1_500, lines: 1, largest: 80, least: 56 })) }}
        >
          <span className={styles.number}>{numberOf(state, poll.itemId)}</span>
          {poll.question}
        </h1>
      }
    >
      <div className={own.outcome}>
        {base === null ? (
          <FinalOrder poll={poll} result={result} />
        ) : (
          <div className={own.bars} data-many={rows.length > 3 || undefined}>
            <TallyBars size="screen" rows={rows} base={base.count} baseLabel={base.label} />
          </div>
        )}
        <div className={own.seal}>
          <Seal
            key={`${poll.pollId} ${state.stage.since}`}
            text={word(toldOutcome(poll, outcome))}
            passed={outcome === 'passed' || outcome === 'elected'}
            animate={isFresh}
          />
        </div>
      </div>
      {conditions.length > 1 && conditions.length <= conditionsMax ? (
        <Conditions state={state} conditions={conditions} />
      ) : (
        <p className={own.why} style={{ fontSize: u(fitSize(why, { width: 1_760, lines: 3, largest: 52 })) }}>
          {why}
        </p>
      )}
      <RecusedLine state={state} poll={poll} names={names} className={own.source} />
      <p className={own.source}>
        {word('source', { source: pick(poll.preset.source, language), from: poll.preset.effectiveFrom })}
      </p>
    </SceneFrame>
  )
}

/** How the chair broke a tie; nothing where there was none to break. */
const brokenWords = (poll: Poll, language: Language): string => {
  const { broken, method } = poll
  if (broken === undefined) return ''
  const chair = wordIn(countingWords, language, 'chair')
  const key =
    method.kind !== 'yesNo' ? 'brokenBy' : broken.winners.includes('yes') ? 'brokenPass' : 'brokenFail'
  const list = broken.winners
    .map((id) => optionLabel(poll, id, language))
    .join(wordIn(countingWords, language, 'listComma'))
  return ` ${wordIn(countingWords, language, key, { chair, list })}`
}
