// The draft of the current item, in the shared editor; its code is loaded when it is first looked at.
import { lazy, Suspense } from 'react'
import { currentItem } from '../../../shared/views/agendaTree.ts'
import { EmptyState } from '../../kit/EmptyState.tsx'
import { Skeleton } from '../../kit/Skeleton.tsx'
import { useMeeting } from '../../link/meeting.ts'
import { facilitatorWords } from '../../words/facilitator.ts'
import { useWords } from '../../words/words.ts'
import { AmendmentsPanel } from '../amendments/AmendmentsPanel.tsx'
import { useMeetingParts } from '../cockpit.ts'
import styles from './draft.module.css'

const DraftEditor = lazy(() =>
  import('../../editor/DraftEditor.tsx').then((editor) => ({ default: editor.DraftEditor })),
)

/** The same colour for the same actor on every device. */
const seedOf = (actorId: string): number => [...actorId].reduce((sum, char) => sum + char.charCodeAt(0), 0)

export const DraftPanel = () => {
  const state = useMeetingParts('agenda', 'currentItemId', 'phase')
  const word = useWords(facilitatorWords)
  const me = useMeeting((it) => it.me)
  const item = currentItem(state)
  if (item === null || me === null) return <EmptyState title={word('draftNone')} />
  return (
    <div className={styles.panel} data-panel="draft">
      <AmendmentsPanel item={item} />
      <h2 className={styles.title}>{word('draftOf', { title: item.title })}</h2>
      <Suspense fallback={<Skeleton lines={6} />}>
        <DraftEditor
          key={item.draftId}
          draftId={item.draftId}
          mayEdit={state.phase !== 'closed'}
          me={{ actorId: me.actorId, name: me.name, colorSeed: seedOf(me.actorId) }}
          size="laptop"
        />
      </Suspense>
    </div>
  )
}
