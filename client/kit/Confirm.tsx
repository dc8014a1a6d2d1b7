// Asks once more before something that cannot be taken back.
import type { ReactNode } from 'react'
import { kitWords } from '../words/kit.ts'
import { useWords } from '../words/words.ts'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'

export interface ConfirmProps {
  title: string
  body?: ReactNode
  confirmLabel: string
  danger?: boolean
  onConfirm: () => void
  isOpen: boolean
  onClose: () => void
  isPending?: boolean
}

export const Confirm = (props: ConfirmProps) => {
  const word = useWords(kitWords)
  return (
    <Dialog
      title={props.title}
      isOpen={props.isOpen}
      onClose={props.onClose}
      actions={
        <>
          <Button onPress={props.onClose}>{word('cancel')}</Button>
          <Button
            kind={props.danger === true ? 'danger' : 'primary'}
            onPress={props.onConfirm}
            isPending={props.isPending === true}
          >
            {props.confirmLabel}
          </Button>
        </>
      }
    >
      {props.body}
    </Dialog>
  )
}
