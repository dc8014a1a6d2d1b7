// The clerk casts on behalf of a seat: one whose channel is the clerk, or one that gave its proxy to another.
import { useState } from 'react'
import { isBlank } from '../../../shared/counting/ballot.ts'
import { AskDialog } from '../../kit/AskDialog.tsx'
import { Checkbox } from '../../kit/Checkbox.tsx'
import { toast } from '../../kit/Toasts.tsx'
import { pollWords } from '../../words/facilitatorPoll.ts'
import { useWords } from '../../words/words.ts'
import { useMeetingState, useSeatName } from '../cockpit.ts'
import { closeDialog } from '../dialogs.ts'
import { Trouble } from '../Trouble.tsx'
import { useOrder } from '../useOrder.ts'
import { type Choice, ChoiceEditor } from './ChoiceEditor.tsx'
import styles from './poll.module.css'

export const CastForDialog = ({ pollId, seatId }: { pollId: string; seatId: string }) => {
  const poll = useMeetingState().polls[pollId]
  const word = useWords(pollWords)
  const seatName = useSeatName()
  const { order, pending, trouble } = useOrder()
  const [choice, setChoice] = useState<Choice | null>(null)
  if (poll === undefined || poll.status !== 'open') return null
  const name = seatName(seatId)
  const holderId = poll.electors.find((one) => one.seatId === seatId)?.heldBy
  const cast = async () => {
    if (choice === null || !(await order({ type: 'castBallot', pollId, seatId, choice }))) return
    toast(word('castDone', { name }), { tone: 'good' })
    closeDialog()
  }
  return (
    <AskDialog
      title={word('castForTitle', { name })}
      onClose={closeDialog}
      confirmLabel={word('castAction')}
      onConfirm={() => void cast()}
      isPending={pending}
      isDisabled={choice === null}
    >
      <p className={styles.asked}>{poll.question}</p>
      <p className={styles.note}>
        {holderId === undefined
          ? word('castForHint')
          : word('castForProxyHint', { name, holder: seatName(holderId) })}
      </p>
      <ChoiceEditor poll={poll} choice={choice} onChange={setChoice} />
      {poll.method.kind === 'yesNo' ? null : (
        <Checkbox
          isSelected={choice !== null && isBlank(choice)}
          onChange={(isOn) => setChoice(isOn ? { choices: [] } : null)}
        >
          {word('blank')}
        </Checkbox>
      )}
      <Trouble>{trouble}</Trouble>
    </AskDialog>
  )
}
