// The form in which a comment is written: a new one, an answer, or one's own worded anew.
import { useState } from 'react'
import { limits } from '../../../shared/kernel/limits.ts'
import type { Refusal } from '../../../shared/kernel/result.ts'
import { Button } from '../../kit/Button.tsx'
import { TextField } from '../../kit/TextField.tsx'
import { draftCommentWords } from '../../words/draftComments.ts'
import { useRefusal } from '../../words/refusals.ts'
import { useWords } from '../../words/words.ts'
import styles from '../beside/beside.module.css'

export interface WordsFormProps {
  label: string
  placeholder?: string
  /** The words it is on. */
  quote?: string
  /** What stands in the field at first. */
  first?: string
  /** @returns a refusal where it was not taken */
  send: (words: string) => Promise<Refusal | string | null>
  onDone: () => void
}

export const WordsForm = ({ label, placeholder = '', quote, first = '', send, onDone }: WordsFormProps) => {
  const say = useWords(draftCommentWords)
  const refusal = useRefusal()
  const [words, setWords] = useState(first)
  const [isSending, setSending] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const run = async () => {
    setSending(true)
    const answer = await send(words.trim())
    setSending(false)
    if (answer === null || typeof answer === 'string') onDone()
    else setError(refusal(answer))
  }
  return (
    <form
      className={styles.compose}
      onSubmit={(event) => {
        event.preventDefault()
        if (words.trim() !== '') void run()
      }}
    >
      {quote === undefined ? null : <blockquote className={styles.quote}>{quote}</blockquote>}
      <TextField
        label={label}
        value={words}
        onChange={setWords}
        multiline
        autoFocus
        charsMax={limits.commentCharsMax}
        placeholder={placeholder}
        error={error}
      />
      <div className={styles.actions}>
        <Button onPress={onDone}>{say('cancel')}</Button>
        <Button kind="primary" type="submit" isDisabled={words.trim() === ''} isPending={isSending}>
          {say(first === '' ? 'send' : 'save')}
        </Button>
      </div>
    </form>
  )
}
