// The connection to the meeting is over for this browser: why, and the way on.
import { Banner } from '../../kit/Banner.tsx'
import type { EndedCode } from '../../link/connection.ts'
import { useRefusal } from '../../words/refusals.ts'
import { townWords } from '../../words/town.ts'
import { useWords } from '../../words/words.ts'
import { LinkButton } from '../LinkButton.tsx'
import { isRefusalCode } from '../refusalCodes.ts'

export const MeetingEnded = ({ code }: { code: EndedCode | null }) => {
  const word = useWords(townWords)
  const refusalWord = useRefusal()
  // the sign-offs that are no refusals are all of a session that moved elsewhere
  const why = code !== null && isRefusalCode(code) ? code : 'sessionEnded'
  return (
    <Banner tone="warn" action={<LinkButton to="/">{word('back')}</LinkButton>}>
      {refusalWord({ code: why })}
    </Banner>
  )
}
