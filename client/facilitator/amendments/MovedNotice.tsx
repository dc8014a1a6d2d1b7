// Says when the draft has moved on since an amendment was made from it, and shows the passages that both changed.
import type { Amendment } from '../../../shared/meeting/state.ts'
import { Conflicts } from '../../editor/difference/Conflicts.tsx'
import { useAmendmentTexts } from '../../editor/difference/texts.ts'
import { useStanding } from '../../editor/difference/useStanding.ts'
import { Banner } from '../../kit/Banner.tsx'
import { Button } from '../../kit/Button.tsx'
import { useMeeting } from '../../link/meeting.ts'
import { amendmentWords } from '../../words/amendments.ts'
import { useWords } from '../../words/words.ts'
import { useOrder } from '../useOrder.ts'

export const MovedNotice = ({ amendment, mayRebase }: { amendment: Amendment; mayRebase: boolean }) => {
  const word = useWords(amendmentWords)
  const meetingId = useMeeting((it) => it.state?.meetingId ?? '')
  const { order, pending } = useOrder()
  const { amendmentId, base } = amendment
  const standing = useStanding(useAmendmentTexts(meetingId, amendmentId, base.sha256).value)
  if (!standing?.hasMoved) return null
  const { conflicts } = standing
  return (
    <>
      <Banner
        tone={conflicts.length > 0 ? 'warn' : 'info'}
        action={
          mayRebase ? (
            <Button isPending={pending} onPress={() => void order({ type: 'rebaseAmendment', amendmentId })}>
              {word('rebase')}
            </Button>
          ) : null
        }
      >
        {conflicts.length > 0 ? word('clashes', { count: conflicts.length }) : word('movedOn')}
      </Banner>
      <Conflicts conflicts={conflicts} />
    </>
  )
}
