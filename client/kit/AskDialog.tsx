// A small form over the page: what is asked, one button that does it, and one that leaves everything as it was.
import type { ReactNode } from 'react'
import { kitWords } from '../words/kit.ts'
import { useWords } from '../words/words.ts'
import { Button } from './Button.tsx'
import { Dialog, type DialogProps } from './Dialog.tsx'

export interface AskDialogProps extends Pick<DialogProps, 'title' | 'size' | 'children' | 'onClose'> {
  isOpen?: boolean
  confirmLabel: string
  /** What the other button says, where "cancel" could be taken for something else. */
  cancelLabel?: string
  danger?: boolean
  onConfirm: () => void
  isPending?: boolean
  isDisabled?: boolean
}

export const AskDialog = ({
  isOpen = true,
  onClose,
  confirmLabel,
  cancelLabel,
  danger = false,
  onConfirm,
  isPending = false,
  isDisabled = false,
  ...dialog
}: AskDialogProps) => {
  const word = useWords(kitWords)
  const actions: ReactNode = (
    <>
      <Button onPress={onClose}>{cancelLabel ?? word('cancel')}</Button>
      <Button
        kind={danger ? 'danger' : 'primary'}
        onPress={onConfirm}
        isPending={isPending}
        isDisabled={isDisabled}
      >
        {confirmLabel}
      </Button>
    </>
  )
  return <Dialog {...dialog} isOpen={isOpen} onClose={onClose} actions={actions} />
}
