// A text that the record holds fast: how long it is, its fingerprint, and itself on request.
import { useState } from 'react'
import type { FrozenText } from '../../../shared/meeting/state.ts'
import type { TextView } from '../../../shared/wire/http.ts'
import { Button } from '../../kit/Button.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { recordWords } from '../../words/record.ts'
import { useWords } from '../../words/words.ts'
import { paths } from '../calls.ts'
import { LoadedView, useLoaded } from '../loaded.tsx'
import town from '../Town.module.css'
import styles from './Record.module.css'

export interface ReadTextProps {
  label: 'textOf' | 'baseOf' | 'adoptedOf'
  /** Before the label, where several texts stand together. */
  of?: string
  title: string
  text: FrozenText
  meetingId: string
}

export const ReadText = ({ label, of = '', title, text, meetingId }: ReadTextProps) => {
  const word = useWords(recordWords)
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <p className={town.row}>
        <span>
          {of === '' ? '' : `${of} · `}
          {word(label, { chars: text.chars, hash: text.sha256.slice(0, 12) })}
        </span>
        <span className={town.noPrint}>
          <Button kind="quiet" onPress={() => setOpen(true)}>
            {word(label === 'textOf' ? 'readText' : 'readIt')}
          </Button>
        </span>
      </p>
      <Dialog title={title} isOpen={isOpen} onClose={() => setOpen(false)} size="wide">
        {isOpen ? <Text sha256={text.sha256} meetingId={meetingId} /> : null}
      </Dialog>
    </>
  )
}

const Text = ({ sha256, meetingId }: { sha256: string; meetingId: string }) => {
  const word = useWords(recordWords)
  const [text, again] = useLoaded<TextView>(paths.text(sha256, meetingId))
  return (
    <LoadedView loaded={text} again={again}>
      {(view) => (
        <>
          <p className={styles.frozen}>{view.text === '' ? word('textEmpty') : view.text}</p>
          <code className={styles.hash}>{view.sha256}</code>
        </>
      )}
    </LoadedView>
  )
}
