// Proposing: what the amendment is called, what it is for, and the words it is about.
import { useState } from 'react'
import { limits } from '../../../shared/kernel/limits.ts'
import { AskDialog } from '../../kit/AskDialog.tsx'
import { TextField } from '../../kit/TextField.tsx'
import { amendmentWords } from '../../words/amendments.ts'
import { useWords } from '../../words/words.ts'
import { useOrder } from '../useOrder.ts'
import styles from './amendments.module.css'

export interface ProposeDialogProps {
  itemId: string
  /** '' for the whole draft. */
  passage: string
  onProposed: () => void
  onClose: () => void
}

export const ProposeDialog = ({ itemId, passage, onProposed, onClose }: ProposeDialogProps) => {
  const word = useWords(amendmentWords)
  const { order, isPending } = useOrder()
  const [title, setTitle] = useState('')
  const [purpose, setPurpose] = useState('')
  const [isTried, setTried] = useState(false)
  const isEmpty = title.trim() === ''
  const propose = async () => {
    setTried(true)
    if (isEmpty || isPending) return
    if (await order({ type: 'proposeAmendment', itemId, title, purpose, passage })) onProposed()
  }
  return (
    <AskDialog
      title={word('propose')}
      onClose={onClose}
      confirmLabel={word('proposeConfirm')}
      onConfirm={() => void propose()}
      isPending={isPending}
    >
      <div className={styles.form}>
        <p>{word('proposeHint')}</p>
        {passage === '' ? (
          <p className={styles.quiet}>{word('wholeDraft')}</p>
        ) : (
          <div>
            <p className={styles.quiet}>{word('aboutPassage')}</p>
            <blockquote className={styles.passage}>{passage}</blockquote>
          </div>
        )}
        <TextField
          label={word('titleLabel')}
          value={title}
          onChange={setTitle}
          charsMax={limits.titleCharsMax}
          placeholder={word('titleExample')}
          error={isTried && isEmpty ? word('titleMissing') : null}
          isRequired
          autoFocus
          onEnter={() => void propose()}
        />
        <TextField
          label={word('purposeLabel')}
          value={purpose}
          onChange={setPurpose}
          charsMax={limits.reasonCharsMax}
          multiline
        />
      </div>
    </AskDialog>
  )
}
