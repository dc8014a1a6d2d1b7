// Options of a poll and ballots in it, in the reader's language.
import { useCallback } from 'react'
import type { Poll } from '../../shared/meeting/state.ts'
import { choiceWords, optionLabel } from '../kit/result/optionWords.ts'
import { useLanguage } from '../words/words.ts'
import type { Choice } from './ballotPaper.ts'

export const useOptionWords = (poll: Poll) => {
  const [language] = useLanguage()
  const option = useCallback((id: string): string => optionLabel(poll, id, language), [poll, language])
  const choice = useCallback((made: Choice): string => choiceWords(poll, made, language), [poll, language])
  return { option, choice }
}
