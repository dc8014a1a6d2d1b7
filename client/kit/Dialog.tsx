// A question or a small form over the page. The browser's own dialog holds the focus and closes on Escape.
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { kitWords } from '../words/kit.ts'
import { useWords } from '../words/words.ts'
import { Button } from './Button.tsx'
import { classes } from './classes.ts'
import styles from './Dialog.module.css'

export interface DialogProps {
  title: string
  isOpen: boolean
  onClose: () => void
  children?: ReactNode
  /** Buttons at its foot, the main one last. */
  actions?: ReactNode
  size?: 'normal' | 'wide'
}

export const Dialog = (props: DialogProps) => (props.isOpen ? <OpenDialog {...props} /> : null)

/** Where the keyboard starts: the field that was asked for, or else the harmless one of the buttons. */
const firstOf = (dialog: HTMLElement): HTMLElement | null =>
  dialog.querySelector<HTMLElement>('[data-part="body"] :is(input, textarea, select):not(:disabled)') ??
  dialog.querySelector<HTMLElement>('[data-part="foot"] button')

/** What was typed is lost with its field: a press beside the dialog is too little to ask for that. */
const isTypedIn = (dialog: HTMLElement): boolean =>
  dialog.querySelector('textarea, input:not([type="checkbox"]):not([type="radio"])') !== null

const OpenDialog = ({ title, onClose, children, actions, size = 'normal' }: DialogProps) => {
  const frame = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  /** A press that began in the dialog, or that is the second of a double press, was not meant for what is beside it. */
  const isPressedBeside = useRef(false)
  const word = useWords(kitWords)

  useEffect(() => {
    const dialog = frame.current
    if (dialog === null) return
    const before = document.activeElement
    // browsers before 2022 lack it; there the dialog still stands over the page
    if (typeof dialog.showModal === 'function') dialog.showModal()
    else dialog.setAttribute('open', '')
    firstOf(dialog)?.focus()
    return () => {
      if (typeof dialog.close === 'function') dialog.close()
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it, by onCancel
    <dialog
      ref={frame}
      className={classes(styles.dialog, styles[size])}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onPointerDown={({ target }) => {
        isPressedBeside.current = target === frame.current
      }}
      onClick={({ target, detail, currentTarget }) => {
        const isBeside = isPressedBeside.current && target === currentTarget && detail < 2
        if (isBeside && !isTypedIn(currentTarget)) onClose()
      }}
    >
      <div className={styles.frame}>
        <header className={styles.head}>
          <h2 id={titleId} className={styles.title}>
            {title}
          </h2>
          <Button kind="quiet" label={word('close')} onPress={onClose}>
            <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
              <path d="M3 3l10 10M13 3L3 13" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
            </svg>
          </Button>
        </header>
        <div className={styles.body} data-part="body">
          {children}
        </div>
        {actions === undefined ? null : (
          <footer className={styles.foot} data-part="foot">
            {actions}
          </footer>
        )}
      </div>
    </dialog>
  )
}
