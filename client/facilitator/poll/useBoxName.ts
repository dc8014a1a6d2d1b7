// What a box of papers is called: by its party, or simply the box where a poll has one.
import { useCallback } from 'react'
import { papersWords } from '../../words/facilitatorPapers.ts'
import { useWords } from '../../words/words.ts'
import { usePartyName } from '../cockpit.ts'

export const useBoxName = (): ((partyId: string | null) => string) => {
  const word = useWords(papersWords)
  const partyName = usePartyName()
  return useCallback(
    (partyId) => (partyId === null ? word('theBox') : word('boxOf', { party: partyName(partyId) })),
    [word, partyName],
  )
}
