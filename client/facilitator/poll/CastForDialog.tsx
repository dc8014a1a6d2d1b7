// The clerk casts on behalf of a seat whose channel is the clerk.
import { useState } from 'react'
import type { CommandOf } from '../../../shared/meeting/commands.ts'
import type { Poll } from '../../../shared/meeting/state.ts'
import { Button } from '../../kit/Button.tsx'
import { Checkbox } from '../../kit/Checkbox.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { RadioGroup } from '../../kit/RadioGroup.tsx'
import { toast } from '../../kit/Toasts.tsx'
import { pollWords } from '../../words/facilitatorPoll.ts'
import { useWords } from '../../words/words.ts'
import { useMeetingState, useSeatName } from '../cockpit.ts'
import { closeDialog } from '../dialogs.ts'
import { Trouble } from '../Trouble.tsx'
import { useOrder } from '../useOrder.ts'
import styles from './poll.module.css'

type Choice = CommandOf<'castBallot'>['choice']

const blank = 'blank'

export const CastForDialog = ({ pollId, seatId }: { pollId: string; seatId: string }) => {
  const poll = useMeetingState().polls[pollId]
  const word = useWords(pollWords)
  const seatName = useSeatName()
  const { order, pending, trouble } = useOrder()
  const [choice, setChoice] = useState<Choice | null>(null)
  if (poll === undefined || poll.status !== 'open') return null
  const name = seatName(seatId)
  const cast = async () => {
    if (choice === null || !(await order({ type: 'castBallot', pollId, seatId, choice }))) return
    toast(word('castDone', { name }), { tone: 'good' })
    closeDialog()
  }
  return (
    <Dialog
      title={word('castForTitle', { name })}
      isOpen
      onClose={closeDialog}
      actions={
        <>
          <Button onPress={closeDialog}>{word('cancel')}</Button>
          <Button kind="primary" onPress={() => void cast()} isPending={pending} isDisabled={choice === null}>
            {word('castAction')}
          </Button>
        </>
      }
    >
      <p className={styles.asked}>{poll.question}</p>
      <p className={styles.note}>{word('castForHint')}</p>
      <Choices poll={poll} choice={choice} onChoose={setChoice} />
      <Trouble>{trouble}</Trouble>
    </Dialog>
  )
}

interface ChoicesProps {
  poll: Poll
  choice: Choice | null
  onChoose: (choice: Choice) => void
}

const Choices = (props: ChoicesProps) => {
  const { kind } = props.poll.method
  return kind === 'yesNo' || kind === 'chooseOne' ? <One {...props} /> : <Several {...props} />
}

const One = ({ poll, choice, onChoose }: ChoicesProps) => {
  const word = useWords(pollWords)
  const options =
    poll.method.kind === 'yesNo'
      ? (['yes', 'no', 'abstain'] as const).map((id) => ({ id: id as string, label: word(id) }))
      : [
          ...poll.options.map(({ optionId, label }) => ({ id: optionId, label })),
          { id: blank, label: word('blank') },
        ]
  const value = choice === null ? null : 'choice' in choice ? choice.choice : blank
  return (
    <RadioGroup
      label={word('question')}
      hidesLabel
      value={value}
      onChange={(id) => onChoose(id === blank ? { choices: [] } : { choice: id })}
      options={options}
    />
  )
}

const Several = ({ poll, choice, onChoose }: ChoicesProps) => {
  const word = useWords(pollWords)
  const chosen = choice !== null && 'choices' in choice ? choice.choices : []
  const { method } = poll
  const max = method.kind === 'chooseUpTo' ? method.max : poll.options.length
  const toggle = (optionId: string, isOn: boolean) =>
    onChoose({ choices: isOn ? [...chosen, optionId] : chosen.filter((id) => id !== optionId) })
  return (
    <fieldset className={styles.several} aria-label={word('options')}>
      {poll.options.map(({ optionId, label }) => (
        <Checkbox
          key={optionId}
          isSelected={chosen.includes(optionId)}
          isDisabled={!chosen.includes(optionId) && chosen.length >= max}
          onChange={(isOn) => toggle(optionId, isOn)}
        >
          {label}
        </Checkbox>
      ))}
      <Checkbox
        isSelected={choice !== null && chosen.length === 0}
        onChange={() => onChoose({ choices: [] })}
      >
        {word('blank')}
      </Checkbox>
      <p className={styles.note}>{word('chooseAtMost', { max })}</p>
    </fieldset>
  )
}
