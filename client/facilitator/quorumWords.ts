// What is missing to a quorum, in a few words: overall and by party.
import { useCallback } from 'react'
import type { QuorumFinding } from '../../shared/rules/judge.ts'
import { facilitatorWords } from '../words/facilitator.ts'
import { useWords } from '../words/words.ts'
import { usePartyName } from './cockpit.ts'

/** `''` where nothing is missing. */
export const useShortWords = (): ((quorum: QuorumFinding | null) => string) => {
  const word = useWords(facilitatorWords)
  const partyName = usePartyName()
  return useCallback(
    (quorum) => {
      if (quorum === null || quorum.met) return ''
      const missing = quorum.short > 0 ? [word('shortTotal', { count: quorum.short })] : []
      for (const party of quorum.parties) {
        if (party.short === 0) continue
        missing.push(word('shortParty', { party: partyName(party.partyId), count: party.short }))
      }
      return missing.join(word('listComma'))
    },
    [word, partyName],
  )
}
