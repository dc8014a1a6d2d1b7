// What one person said in a comment or an answer, by whom and when; its author may word it anew or delete it.
import { useState } from 'react'
import type { CommentView } from '../../../shared/wire/httpDrafts.ts'
import { Button } from '../../kit/Button.tsx'
import { Confirm } from '../../kit/Confirm.tsx'
import { hallTimeZone } from '../../kit/hallTime.ts'
import { PartyMark } from '../../kit/PartyMark.tsx'
import { toast } from '../../kit/Toasts.tsx'
import { draftCommentWords } from '../../words/draftComments.ts'
import { draftVersionWords } from '../../words/draftVersions.ts'
import { useRefusal } from '../../words/refusals.ts'
import { useLanguage, useWords } from '../../words/words.ts'
import type { ActorOf } from '../authors/actors.ts'
import styles from '../beside/beside.module.css'
import type { Comments } from './useComments.ts'
import { WordsForm } from './WordsForm.tsx'

export interface SaidProps {
  comment: CommentView
  comments: Comments
  actorOf: ActorOf
  myId: string
}

const useMoment = () => {
  const [language] = useLanguage()
  const format = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: hallTimeZone,
  })
  return (at: number): string => format.format(at)
}

export const Said = ({ comment, comments, actorOf, myId }: SaidProps) => {
  const say = useWords(draftCommentWords)
  const sayAbout = useWords(draftVersionWords)
  const moment = useMoment()
  const [asking, ask] = useState<'edit' | 'delete' | null>(null)
  const by = actorOf(comment.by)
  const isMine = comment.by === myId
  const { commentId, words, editedAt, deletedAt } = comment
  return (
    <div className={styles.said}>
      <div className={styles.by}>
        <span className={styles.authorName}>
          <PartyMark index={by.partyIndex} name={by.partyName} hidesName />
          {isMine ? sayAbout('nameAndMe', { name: by.name }) : by.name}
        </span>
        <time className={styles.figure}>{moment(comment.at)}</time>
      </div>
      {deletedAt !== null ? (
        <p className={styles.note}>{say('deleted', { at: moment(deletedAt) })}</p>
      ) : asking === 'edit' ? (
        <WordsForm
          label={say('editLabel')}
          first={words}
          send={(next) => comments.change(commentId, { words: next })}
          onDone={() => ask(null)}
        />
      ) : (
        <p className={styles.words}>
          {words}
          {editedAt === null ? null : (
            <span className={styles.figure}> {say('edited', { at: moment(editedAt) })}</span>
          )}
        </p>
      )}
      {isMine && comments.mayComment && deletedAt === null && asking !== 'edit' ? (
        <div className={styles.own}>
          <Button kind="quiet" onPress={() => ask('edit')}>
            {say('edit')}
          </Button>
          <Button kind="quiet" onPress={() => ask('delete')}>
            {say('delete')}
          </Button>
        </div>
      ) : null}
      <Deletion
        isOpen={asking === 'delete'}
        comment={comment}
        comments={comments}
        onClose={() => ask(null)}
      />
    </div>
  )
}

interface DeletionProps {
  isOpen: boolean
  comment: CommentView
  comments: Comments
  onClose: () => void
}

const Deletion = ({ isOpen, comment, comments, onClose }: DeletionProps) => {
  const say = useWords(draftCommentWords)
  const refusal = useRefusal()
  const [isPending, setPending] = useState(false)
  const run = async () => {
    setPending(true)
    const refused = await comments.change(comment.commentId, { isDeleted: true })
    setPending(false)
    if (refused !== null) toast(refusal(refused), { tone: 'warn' })
    onClose()
  }
  return (
    <Confirm
      title={say('deleteTitle')}
      body={
        <>
          <blockquote className={styles.quote}>{comment.words}</blockquote>
          <p>{say('deleteBody')}</p>
        </>
      }
      confirmLabel={say('delete')}
      danger
      isOpen={isOpen}
      isPending={isPending}
      onClose={onClose}
      onConfirm={() => void run()}
    />
  )
}
