// The list of comments beside the text: each with the words it is on, answers below it, and the way back to the text.
import type { Editor } from '@tiptap/core'
import { useState } from 'react'
import { Banner } from '../../kit/Banner.tsx'
import { Button } from '../../kit/Button.tsx'
import { EmptyState } from '../../kit/EmptyState.tsx'
import { Skeleton } from '../../kit/Skeleton.tsx'
import { Switch } from '../../kit/Switch.tsx'
import { toast } from '../../kit/Toasts.tsx'
import { draftCommentWords } from '../../words/draftComments.ts'
import { useRefusal } from '../../words/refusals.ts'
import { useWords } from '../../words/words.ts'
import { useActors } from '../authors/actors.ts'
import styles from '../beside/beside.module.css'
import { activate, bringPassageUp, marksOf, type Selected, selectedPassage } from './commentMarks.ts'
import { ThreadCard } from './ThreadCard.tsx'
import { type Comments, isOpen } from './useComments.ts'
import { useSpots } from './useSpots.ts'
import { WordsForm } from './WordsForm.tsx'

export interface CommentsPanelProps {
  editor: Editor
  comments: Comments
  myId: string
  /** The passage a comment is being written on. */
  draftOn: Selected | null
  onDraftOn: (selected: Selected | null) => void
}

export const CommentsPanel = ({ editor, comments, myId, draftOn, onDraftOn }: CommentsPanelProps) => {
  const say = useWords(draftCommentWords)
  const refusal = useRefusal()
  const [showsResolved, showResolved] = useState(false)
  const actorOf = useActors(comments.names)
  const { spots, activeId } = useSpots(editor)
  const { threads, mayComment, trouble, retry } = comments

  const begin = () => {
    const selected = selectedPassage(editor.state)
    if (selected === null) toast(say('selectFirst'))
    else onDraftOn(selected)
  }
  const goTo = (commentId: string) => {
    const spot = marksOf(editor.state).spots.get(commentId)
    if (spot === undefined) return
    activate(editor.view, commentId)
    editor.chain().setTextSelection(spot).focus(null, { scrollIntoView: false }).run()
    bringPassageUp(editor.view)
  }

  if (threads === null && trouble !== null) {
    return (
      <Banner tone="warn" action={<Button onPress={retry}>{say('retry')}</Button>}>
        {refusal(trouble)}
      </Banner>
    )
  }
  if (threads === null) return <Skeleton lines={4} />
  const open = threads.filter(isOpen)
  const settledCount = threads.length - open.length
  const shown = showsResolved ? threads : open
  return (
    <>
      {mayComment ? (
        draftOn === null ? (
          <Button kind="primary" isWide onPress={begin}>
            {say('add')}
          </Button>
        ) : (
          <Compose selected={draftOn} comments={comments} onDone={() => onDraftOn(null)} />
        )
      ) : (
        <p className={styles.note}>{say('readOnly')}</p>
      )}
      {threads.length === 0 ? (
        <EmptyState title={say('none')} hint={mayComment ? say('noneHint') : null} />
      ) : null}
      {settledCount === 0 ? null : (
        <Switch isSelected={showsResolved} onChange={showResolved}>
          {say('showResolved', { count: settledCount })}
        </Switch>
      )}
      <ul className={styles.threads}>
        {shown.map((thread) => (
          <ThreadCard
            key={thread.comment.commentId}
            thread={thread}
            comments={comments}
            actorOf={actorOf}
            myId={myId}
            spot={spots.get(thread.comment.commentId) ?? null}
            isActive={thread.comment.commentId === activeId}
            onGoTo={() => goTo(thread.comment.commentId)}
          />
        ))}
      </ul>
    </>
  )
}

interface ComposeProps {
  selected: Selected
  comments: Comments
  onDone: () => void
}

const Compose = ({ selected: { anchor, quote }, comments, onDone }: ComposeProps) => {
  const say = useWords(draftCommentWords)
  return (
    <WordsForm
      label={say('yours')}
      placeholder={say('yoursPlaceholder')}
      quote={quote}
      send={(words) => comments.send({ anchor: anchor as never, quote, words })}
      onDone={onDone}
    />
  )
}
