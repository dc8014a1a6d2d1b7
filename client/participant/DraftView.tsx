// The draft of the current item, or of one looked at ahead. The editor is large, so it comes only when it is opened.
import { useCallback, useEffect, useState } from 'react'
import { Banner } from '../kit/Banner.tsx'
import { Button } from '../kit/Button.tsx'
import { EmptyState } from '../kit/EmptyState.tsx'
import { Skeleton } from '../kit/Skeleton.tsx'
import { pageLink } from '../link/meeting.ts'
import { participantWords } from '../words/participant.ts'
import { useWords } from '../words/words.ts'
import { AmendmentsSection } from './amendments/AmendmentsSection.tsx'
import { whyNoEdit } from './doing.ts'
import type { Room } from './MeetingFrame.tsx'
import { useIsWide } from './useIsWide.ts'
import styles from './Views.module.css'

type Editor = typeof import('../editor/DraftEditor.tsx').DraftEditor

/**
 * A network that drops the editor on its way takes nothing else of the face with it. Where the hall is there and the
 * editor is not, the hall was renewed meanwhile, and so must the page be.
 */
const useEditor = () => {
  const [editor, setEditor] = useState<{ readonly Editor: Editor } | null>(null)
  const [isMissing, setMissing] = useState(false)
  const load = useCallback((isAgain: boolean) => {
    setMissing(false)
    import('../editor/DraftEditor.tsx').then(
      (it) => setEditor({ Editor: it.DraftEditor }),
      () => {
        if (isAgain && pageLink()?.store.getState().status === 'live') window.location.reload()
        else setMissing(true)
      },
    )
  }, [])
  useEffect(() => load(false), [load])
  return { Editor: editor?.Editor ?? null, isMissing, load }
}

const whyRead = { observer: 'readObserver', notPresent: 'readAbsent', closed: 'readClosed' } as const

export const DraftView = ({
  state,
  me,
  aheadId,
  onBack,
  amendmentId,
  onAmendment,
}: Room & {
  aheadId: string | null
  onBack: () => void
  amendmentId: string | null
  onAmendment: (amendmentId: string | null) => void
}) => {
  const word = useWords(participantWords)
  const isWide = useIsWide()
  const { Editor, isMissing, load } = useEditor()
  const ahead = aheadId === null ? undefined : state.agenda.find(({ itemId }) => itemId === aheadId)
  // Before the first item is taken up, its text is what there is to read.
  const item = ahead ?? state.agenda.find(({ itemId }) => itemId === state.currentItemId) ?? state.agenda[0]
  if (item === undefined) return <EmptyState title={word('noDraft')} />
  const why = whyNoEdit(state, me.seatId)
  const colorSeed = Object.keys(state.seats).indexOf(me.seatId ?? '') + 1
  return (
    <>
      {item.itemId !== state.currentItemId ? (
        <div className={styles.aheadBar}>
          <span>{word('lookingAhead', { title: item.title })}</span>
          {state.currentItemId === null ? null : (
            <Button kind="primary" onPress={onBack}>
              {word('backToNow')}
            </Button>
          )}
        </div>
      ) : null}
      {why === null ? null : (
        <p className={styles.quiet}>{word('draftReadOnly', { reason: word(whyRead[why]) })}</p>
      )}
      <AmendmentsSection
        key={item.itemId}
        state={state}
        me={me}
        item={item}
        openId={amendmentId}
        onOpen={onAmendment}
      >
        {isMissing ? (
          <Banner tone="warn" action={<Button onPress={() => load(true)}>{word('retry')}</Button>}>
            {word('editorMissing')}
          </Banner>
        ) : Editor === null ? (
          <Skeleton lines={8} />
        ) : (
          <Editor
            key={item.draftId}
            draftId={item.draftId}
            mayEdit={why === null}
            me={{ actorId: me.actorId, name: me.name, colorSeed }}
            size={isWide ? 'laptop' : 'phone'}
          />
        )}
      </AmendmentsSection>
    </>
  )
}
