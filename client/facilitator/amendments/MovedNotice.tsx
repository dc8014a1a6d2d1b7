// Says when the draft has moved on since an amendment was made from it, and how many passages both changed.
import type { Amendment } from '../../../shared/meeting/state.ts'
import { useAmendmentTexts } from '../../editor/difference/texts.ts'
import { useStanding } from '../../editor/difference/useStanding.ts'
import { Banner } from '../../kit/Banner.tsx'
import { Button } from '../../kit/Button.tsx'
import { useMeeting } from '../../link/meeting.ts'
import { amendmentWords } from '../../words/amendments.ts'
import { useWords } from '../../words/words.ts'
import { useOrder } from '../useOrder.ts'
import styles from './amendments.module.css'

export const MovedNotice = ({ amendment, mayRebase }: { amendment: Amendment; mayRebase: boolean }) => {
  const word = useWords(amendmentWords)
  const meetingId = useMeeting((it) => it.state?.meetingId ?? '')
  const { order, pending } = useOrder()
  const { amendmentId, base } = amendment
  const standing = useStanding(useAmendmentTexts(meetingId, amendmentId, base.sha256).value)
  if (!standing?.hasMoved) return null
  const { conflicts } = standing
  return (
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
      {conflicts.length === 0 ? null : (
        <ul className={styles.clashes}>
          {conflicts.slice(0, 3).map(({ kind, line, base: was, ours, theirs }) => (
            <li key={`${kind} ${line}`}>
              <b>{word(`conflict_${kind}`)}</b> {word('clash', { was, ours, theirs })}
            </li>
          ))}
        </ul>
      )}
    </Banner>
  )
}
