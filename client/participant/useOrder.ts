// Owns giving an order from the phone: pending until the hall has answered, a refusal said in words.
import { useCallback, useState } from 'react'
import type { Command } from '../../shared/meeting/commands.ts'
import { toast } from '../kit/Toasts.tsx'
import { send } from '../link/send.ts'
import { useRefusal } from '../words/refusals.ts'

export const useOrder = () => {
  const [waiting, setWaiting] = useState(0)
  const refusal = useRefusal()
  const order = useCallback(
    async (command: Command): Promise<boolean> => {
      setWaiting((count) => count + 1)
      const answer = await send(command)
      setWaiting((count) => count - 1)
      if (!answer.ok) toast(refusal(answer.refusal), { tone: 'warn' })
      return answer.ok
    },
    [refusal],
  )
  return { order, isPending: waiting > 0 }
}
