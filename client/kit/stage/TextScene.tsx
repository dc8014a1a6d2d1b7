// The text the meeting is on, live, following the place that is being worked on.
import { currentItem } from '../../../shared/views/agendaTree.ts'
import { openPoll } from '../../../shared/views/polls.ts'
import { screenWords } from '../../words/screen.ts'
import { useWords } from '../../words/words.ts'
import { fitSize, u } from './fit.ts'
import { numberOf } from './ItemContext.tsx'
import { SceneFrame } from './SceneFrame.tsx'
import styles from './Stage.module.css'
import type { StageProps } from './stageProps.ts'
import own from './TextScene.module.css'

export const TextScene = ({ state, now, drawText, drawAmendment }: StageProps) => {
  const word = useWords(screenWords)
  const item = currentItem(state)
  if (item === null) {
    return (
      <SceneFrame now={now} context={state.title}>
        <p className={styles.empty}>{word('textNone')}</p>
      </SceneFrame>
    )
  }
  const poll = openPoll(state)
  const change = poll?.amendment ? drawAmendment?.(state.meetingId, poll) : undefined
  return (
    <SceneFrame
      now={now}
      context={
        <h1
          className={own.title}
          style={{ fontSize: u(fitSize(item.title, { width: 1_440, lines: 1, largest: 76, least: 56 })) }}
        >
          <span className={styles.number}>{numberOf(state, item.itemId)}</span>
          {item.title}
        </h1>
      }
    >
      <div className={own.paper}>
        {change ?? drawText?.(item.draftId) ?? <p className={styles.empty}>{word('textLoading')}</p>}
      </div>
    </SceneFrame>
  )
}
