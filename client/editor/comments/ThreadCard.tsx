// One comment with its answers: the words it is on, what was said by whom, and whether it is dealt with.
import { useEffect, useRef, useState } from 'react'
import type { CommentView } from '../../../shared/wire/httpDrafts.ts'
import { Badge } from '../../kit/Badge.tsx'
import { Button } from '../../kit/Button.tsx'
import { toast } from '../../kit/Toasts.tsx'
import { draftCommentWords } from '../../words/draftComments.ts'
import { useRefusal } from '../../words/refusals.ts'
import { useWords } from '../../words/words.ts'
import type { ActorOf } from '../authors/actors.ts'
import styles from '../beside/beside.module.css'
import type { Spot } from './commentMarks.ts'
import { Said } from './Said.tsx'
import { type Comments, isOpen, type Thread } from './useComments.ts'
import { WordsForm } from './WordsForm.tsx'

/** Within the list only: the page stays where its reader is. */
const bringUp = (card: HTMLElement): void => {
  const list = card.closest(`.${styles.panelBody}`)
  if (list === null) return
  const [at, within] = [card.getBoundingClientRect(), list.getBoundingClientRect()]
  if (at.top < within.top || at.height > within.height) list.scrollTop += at.top - within.top
  else if (at.bottom > within.bottom) list.scrollTop += at.bottom - within.bottom
}

export interface ThreadCardProps {
  thread: Thread
  comments: Comments
  actorOf: ActorOf
  myId: string
  spot: Spot | null
  isActive: boolean
  onGoTo: () => void
}

export const ThreadCard = ({ thread, comments, actorOf, myId, spot, isActive, onGoTo }: ThreadCardProps) => {
  const say = useWords(draftCommentWords)
  const { comment, replies } = thread
  const card = useRef<HTMLLIElement>(null)
  const [isReplying, setReplying] = useState(false)
  const settle = useSettle(comments, comment)
  const isResolved = comment.resolvedAt !== null
  /** Deleted, and nobody's answer is left below it. */
  const isWithdrawn = !isResolved && !isOpen(thread)

  useEffect(() => {
    if (isActive && card.current !== null) bringUp(card.current)
  }, [isActive])

  return (
    <li
      ref={card}
      className={styles.thread}
      data-active={isActive || undefined}
      data-resolved={isResolved || isWithdrawn || undefined}
    >
      <blockquote className={styles.quote} data-gone={spot === null || undefined}>
        {comment.quote}
      </blockquote>
      {isWithdrawn ? null : spot === null ? (
        <Badge tone="warn">{say('gone')}</Badge>
      ) : spot.isMoved ? (
        <Badge>{say('moved')}</Badge>
      ) : null}
      <Said comment={comment} comments={comments} actorOf={actorOf} myId={myId} />
      {replies.length === 0 ? null : (
        <ul className={styles.replies}>
          {replies.map((reply) => (
            <li key={reply.commentId}>
              <Said comment={reply} comments={comments} actorOf={actorOf} myId={myId} />
            </li>
          ))}
        </ul>
      )}
      {comment.resolvedBy === null ? null : (
        <p className={styles.note}>{say('resolvedBy', { name: actorOf(comment.resolvedBy).name })}</p>
      )}
      {isReplying ? (
        <WordsForm
          label={say('replyLabel')}
          send={(words) => comments.send({ parentId: comment.commentId, words })}
          onDone={() => setReplying(false)}
        />
      ) : (
        <div className={styles.actions}>
          {spot === null ? null : (
            <Button kind="quiet" onPress={onGoTo}>
              {say('goTo')}
            </Button>
          )}
          {comments.mayComment && !isWithdrawn ? (
            <>
              <Button kind="quiet" onPress={() => setReplying(true)}>
                {say('reply')}
              </Button>
              <Button kind="quiet" isPending={settle.isPending} onPress={() => settle.run(!isResolved)}>
                {say(isResolved ? 'reopen' : 'resolve')}
              </Button>
            </>
          ) : null}
        </div>
      )}
    </li>
  )
}

const useSettle = (comments: Comments, { commentId }: CommentView) => {
  const refusal = useRefusal()
  const [isPending, setPending] = useState(false)
  return {
    isPending,
    run: (isResolved: boolean) => {
      setPending(true)
      void comments.change(commentId, { isResolved }).then((refused) => {
        setPending(false)
        if (refused !== null) toast(refusal(refused), { tone: 'warn' })
      })
    },
  }
}
