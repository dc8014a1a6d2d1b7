// Asks once more before something that cannot be taken back.
import type { ReactNode } from 'react'
import { AskDialog, type AskDialogProps } from './AskDialog.tsx'

export interface ConfirmProps
  extends Omit<AskDialogProps, 'children' | 'size' | 'isDisabled' | 'cancelLabel'> {
  body?: ReactNode
  isOpen: boolean
}

export const Confirm = ({ body, ...ask }: ConfirmProps) => <AskDialog {...ask}>{body}</AskDialog>
