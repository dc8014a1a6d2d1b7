// Who is recused from what is voted on, and why, where the hall can read it; how the rule counts them.
import type { MeetingState, Poll } from '../../../shared/meeting/state.ts'
import type { Names } from '../../../shared/wire/live.ts'
import { screenWords } from '../../words/screen.ts'
import { useWords } from '../../words/words.ts'
import { seatName } from './seatWords.ts'

/** More than these are told by their number. */
const namedMost = 3

const reasonOf = ({ agenda }: MeetingState, { itemId, covers = [] }: Poll, seatId: string): string => {
  const items = [itemId, ...covers.map((covered) => covered.itemId)]
  const found = agenda.find((item) => items.includes(item.itemId) && item.recused[seatId] !== undefined)
  return found?.recused[seatId]?.reason ?? ''
}

interface RecusedLineProps {
  state: MeetingState
  poll: Poll
  names: Names
  className?: string | undefined
}

export const RecusedLine = ({ state, poll, names, className }: RecusedLineProps) => {
  const word = useWords(screenWords)
  const { recused, preset } = poll
  if (recused.length === 0) return null
  const named = recused.slice(0, namedMost).map((seatId) => {
    const name = seatName(names, seatId, (params) => word('unnamed', params))
    const reason = reasonOf(state, poll, seatId)
    return reason === '' ? name : word('recusedFor', { name, reason })
  })
  const list = named.join(word('listComma'))
  return (
    <p className={className}>
      {recused.length > namedMost
        ? word('recusedMore', { list, count: recused.length })
        : word('recusedList', { list })}
      {word(preset.recusal === 'leavesDenominator' ? 'recusedLeaves' : 'recusedStays')}
    </p>
  )
}
