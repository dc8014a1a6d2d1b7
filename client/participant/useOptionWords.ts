// Options of a poll in words: for, against and abstain, or what the poll calls them.
import { useCallback } from 'react'
import type { Poll } from '../../shared/meeting/state.ts'
import { participantPollWords } from '../words/participantPoll.ts'
import { useWords } from '../words/words.ts'
import { type Choice, chosenIn } from './ballotPaper.ts'

const yesNo = ['yes', 'no', 'abstain'] as const
const isYesNo = (id: string): id is (typeof yesNo)[number] => yesNo.some((one) => one === id)

export const optionIdsOf = (poll: Poll): readonly string[] =>
  poll.method.kind === 'yesNo' ? yesNo : poll.options.map(({ optionId }) => optionId)

export const useOptionWords = (poll: Poll) => {
  const word = useWords(participantPollWords)
  const option = useCallback(
    (id: string): string => {
      const own = poll.options.find(({ optionId }) => optionId === id)
      return own?.label ?? (isYesNo(id) ? word(id) : id)
    },
    [poll, word],
  )
  const choice = useCallback(
    (made: Choice): string => {
      const ids = chosenIn(made)
      return ids.length === 0 ? word('blank') : ids.map(option).join(word('listComma'))
    },
    [option, word],
  )
  return { option, choice }
}
