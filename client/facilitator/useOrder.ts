// Gives orders to the meeting: pending until the record has them, a refusal said in words. And the undo that some
// orders offer for a few seconds.
import { useCallback, useState } from 'react'
import { create } from 'zustand'
import type { Command } from '../../shared/meeting/commands.ts'
import type { Answer } from '../../shared/wire/live.ts'
import { toast } from '../kit/Toasts.tsx'
import { send } from '../link/send.ts'
import { useRefusal } from '../words/refusals.ts'

/**
 * Waits for answers and words what was refused: in passing, or, where a dialog covers the page, as `trouble` for the
 * dialog to show itself.
 */
export const useAsk = () => {
  const [asking, setAsking] = useState(0)
  const [trouble, setTrouble] = useState<string | null>(null)
  const refusal = useRefusal()
  const ask = useCallback(
    async <T>(question: Promise<Answer<T>>): Promise<Answer<T>> => {
      setAsking((count) => count + 1)
      setTrouble(null)
      const answer = await question
      setAsking((count) => count - 1)
      if (!answer.ok) {
        const said = refusal(answer.refusal)
        setTrouble(said)
        if (document.querySelector('dialog[open]') === null) toast(said, { tone: 'warn' })
      }
      return answer
    },
    [refusal],
  )
  return { ask, pending: asking > 0, trouble }
}

export const useOrder = () => {
  const { ask, pending, trouble } = useAsk()
  const order = useCallback(
    async (command: Command): Promise<boolean> => (await ask(send(command))).ok,
    [ask],
  )
  return { order, pending, trouble }
}

export interface Undo {
  /** A new offer starts its time afresh. */
  readonly id: number
  readonly said: string
  readonly commands: readonly Command[]
}

/** At most one undo is on offer; the newest replaces the one before. */
export const useUndo = create<{ readonly undo: Undo | null }>(() => ({ undo: null }))

export const offerUndo = (said: string, ...commands: Command[]): void => {
  useUndo.setState(({ undo }) => ({ undo: { id: (undo?.id ?? 0) + 1, said, commands } }))
}

export const withdrawUndo = (): void => {
  useUndo.setState({ undo: null })
}
