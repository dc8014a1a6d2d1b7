// Carries out a move on the agenda and offers to undo it.
import { useCallback } from 'react'
import { facilitatorWords } from '../../words/facilitator.ts'
import { useWords } from '../../words/words.ts'
import { useMeetingParts } from '../cockpit.ts'
import { offerUndo, useOrder } from '../useOrder.ts'
import { type Move, placeOf } from './agendaMoves.ts'

/** `null` is a move that would change nothing. */
export const useAgendaMove = (): ((move: Move | null) => Promise<void>) => {
  const { agenda } = useMeetingParts('agenda')
  const word = useWords(facilitatorWords)
  const { order } = useOrder()
  return useCallback(
    async (move) => {
      if (move === null) return
      const back = placeOf(agenda, move.itemId)
      const title = agenda.find((item) => item.itemId === move.itemId)?.title ?? ''
      if ((await order(move)) && back !== null) offerUndo(word('movedItem', { title }), back)
    },
    [agenda, order, word],
  )
}
