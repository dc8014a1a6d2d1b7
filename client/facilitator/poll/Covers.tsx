// The items that one poll decides together.
import type { Poll } from '../../../shared/meeting/state.ts'
import { composeWords } from '../../words/facilitatorCompose.ts'
import { pollWords } from '../../words/facilitatorPoll.ts'
import { useWords } from '../../words/words.ts'
import { useMeetingParts } from '../cockpit.ts'

export const Covers = ({ poll }: { poll: Poll }) => {
  const { agenda } = useMeetingParts('agenda')
  const word = useWords(composeWords)
  const pollWord = useWords(pollWords)
  const { covers = [] } = poll
  if (covers.length === 0) return null
  const titles = [poll, ...covers].map(
    ({ itemId }) => agenda.find((item) => item.itemId === itemId)?.title ?? itemId,
  )
  return <p>{word('covered', { list: titles.join(pollWord('listComma')) })}</p>
}
