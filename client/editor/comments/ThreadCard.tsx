// One comment with its answers: the words it is on, what was said by whom, and whether it is dealt with.
import { useEffect, useRef, useState } from 'react'
import { limits } from '../../../shared/kernel/limits.ts'
import type { CommentView } from '../../../shared/wire/httpDrafts.ts'
import { Badge } from '../../kit/Badge.tsx'
import { Button } from '../../kit/Button.tsx'
import { hallTimeZone } from '../../kit/hallTime.ts'
import { PartyMark } from '../../kit/PartyMark.tsx'
import { TextField } from '../../kit/TextField.tsx'
import { toast } from '../../kit/Toasts.tsx'
import { draftCommentWords } from '../../words/draftComments.ts'
import { draftVersionWords } from '../../words/draftVersions.ts'
import { useRefusal } from '../../words/refusals.ts'
import { useLanguage, useWords } from '../../words/words.ts'
import type { ActorOf } from '../authors/actors.ts'
import styles from '../beside/beside.module.css'
import type { Spot } from './commentMarks.ts'
import type { Comments, Thread } from './useComments.ts'

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

  useEffect(() => {
    if (isActive) card.current?.scrollIntoView({ block: 'nearest' })
  }, [isActive])

  return (
    <li
      ref={card}
      className={styles.thread}
      data-active={isActive || undefined}
      data-resolved={isResolved || undefined}
    >
      <blockquote className={styles.quote} data-gone={spot === null || undefined}>
        {comment.quote}
      </blockquote>
      {spot === null ? (
        <Badge tone="warn">{say('gone')}</Badge>
      ) : spot.isMoved ? (
        <Badge>{say('moved')}</Badge>
      ) : null}
      <Said comment={comment} actorOf={actorOf} myId={myId} />
      {replies.length === 0 ? null : (
        <ul className={styles.replies}>
          {replies.map((reply) => (
            <li key={reply.commentId}>
              <Said comment={reply} actorOf={actorOf} myId={myId} />
            </li>
          ))}
        </ul>
      )}
      {comment.resolvedBy === null ? null : (
        <p className={styles.note}>{say('resolvedBy', { name: actorOf(comment.resolvedBy).name })}</p>
      )}
      {isReplying ? (
        <ReplyForm comments={comments} parentId={comment.commentId} onDone={() => setReplying(false)} />
      ) : (
        <div className={styles.actions}>
          {spot === null ? null : (
            <Button kind="quiet" onPress={onGoTo}>
              {say('goTo')}
            </Button>
          )}
          {comments.mayComment ? (
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
      void comments.settle(commentId, isResolved).then((refused) => {
        setPending(false)
        if (refused !== null) toast(refusal(refused), { tone: 'warn' })
      })
    },
  }
}

const Said = ({ comment, actorOf, myId }: { comment: CommentView; actorOf: ActorOf; myId: string }) => {
  const sayAbout = useWords(draftVersionWords)
  const [language] = useLanguage()
  const by = actorOf(comment.by)
  const at = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: hallTimeZone,
  }).format(comment.at)
  return (
    <div className={styles.said}>
      <p className={styles.by}>
        <span className={styles.authorName}>
          <PartyMark index={by.partyIndex} name={by.partyName} hidesName />
          {comment.by === myId ? sayAbout('nameAndMe', { name: by.name }) : by.name}
        </span>
        <time className={styles.figure}>{at}</time>
      </p>
      <p className={styles.words}>{comment.words}</p>
    </div>
  )
}

interface ReplyFormProps {
  comments: Comments
  parentId: string
  onDone: () => void
}

const ReplyForm = ({ comments, parentId, onDone }: ReplyFormProps) => {
  const say = useWords(draftCommentWords)
  const refusal = useRefusal()
  const [words, setWords] = useState('')
  const [isSending, setSending] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const send = async () => {
    setSending(true)
    const made = await comments.send({ parentId, words: words.trim() })
    setSending(false)
    if (typeof made === 'string') onDone()
    else setError(refusal(made))
  }
  return (
    <form
      className={styles.compose}
      onSubmit={(event) => {
        event.preventDefault()
        if (words.trim() !== '') void send()
      }}
    >
      <TextField
        label={say('replyLabel')}
        value={words}
        onChange={setWords}
        multiline
        autoFocus
        charsMax={limits.commentCharsMax}
        error={error}
      />
      <div className={styles.actions}>
        <Button onPress={onDone}>{say('cancel')}</Button>
        <Button kind="primary" type="submit" isDisabled={words.trim() === ''} isPending={isSending}>
          {say('send')}
        </Button>
      </div>
    </form>
  )
}
