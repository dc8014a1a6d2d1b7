// Enters a party's counted hands, never more than its seats that vote through the clerk and have no ballot yet.
import { useState } from 'react'
import { limits } from '../../../shared/kernel/limits.ts'
import type { Poll } from '../../../shared/meeting/state.ts'
import { AskDialog } from '../../kit/AskDialog.tsx'
import { optionsInWords } from '../../kit/result/optionWords.ts'
import { TextField } from '../../kit/TextField.tsx'
import { toast } from '../../kit/Toasts.tsx'
import { pollWords } from '../../words/facilitatorPoll.ts'
import { useLanguage, useWords } from '../../words/words.ts'
import { useMeetingState, usePartyName } from '../cockpit.ts'
import { closeDialog } from '../dialogs.ts'
import { Trouble } from '../Trouble.tsx'
import { useOrder } from '../useOrder.ts'
import { countOf } from './paperEntry.ts'
import styles from './poll.module.css'
import { handsMax } from './turnout.ts'
import { useMissing } from './useMissing.ts'

export const CountHandsDialog = ({ pollId, partyId }: { pollId: string; partyId: string }) => {
  const poll = useMeetingState().polls[pollId]
  if (poll === undefined || poll.status !== 'open') return null
  return <CountHands poll={poll} partyId={partyId} />
}

const CountHands = ({ poll, partyId }: { poll: Poll; partyId: string }) => {
  const word = useWords(pollWords)
  const partyName = usePartyName()
  const { order, pending, trouble } = useOrder()
  const [language] = useLanguage()
  const options = optionsInWords(poll, language)
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({})
  const [witness, setWitness] = useState('')
  const [tried, setTried] = useState(false)
  const max = handsMax(useMissing(poll), partyId)
  const counts = options.map(({ id }) => [id, countOf(texts[id] ?? '')] as const)
  const sum = counts.reduce((total, [, count]) => total + (count ?? 0), 0)
  const isWrong = counts.some(([, count]) => count === null) || sum > max
  const party = partyName(partyId)
  const enter = async () => {
    setTried(true)
    if (isWrong || witness.trim() === '') return
    const given = Object.fromEntries(counts.map(([id, count]) => [id, count ?? 0]))
    const done = await order({
      type: 'countHands',
      pollId: poll.pollId,
      partyId,
      counts: given,
      witness: witness.trim(),
    })
    if (!done) return
    toast(word('handsDone', { party }), { tone: 'good' })
    closeDialog()
  }
  return (
    <AskDialog
      title={word('handsTitle', { party })}
      onClose={closeDialog}
      confirmLabel={word('handsAction')}
      onConfirm={() => void enter()}
      isPending={pending}
      isDisabled={isWrong}
    >
      <p className={styles.asked}>{poll.question}</p>
      <p className={styles.note}>{word('handsHint', { max })}</p>
      <div className={styles.hands}>
        {options.map(({ id, label }, index) => (
          <TextField
            key={id}
            label={label}
            value={texts[id] ?? ''}
            onChange={(text) => setTexts((before) => ({ ...before, [id]: text }))}
            inputMode="numeric"
            placeholder="0"
            error={countOf(texts[id] ?? '') === null ? word('handsWrong') : null}
            autoFocus={index === 0}
          />
        ))}
      </div>
      <p className={sum > max ? styles.trouble : styles.sum} aria-live="polite">
        {word(sum > max ? 'handsOver' : 'handsSum', { sum, max })}
      </p>
      <TextField
        label={word('witness')}
        description={word('witnessHint')}
        value={witness}
        onChange={setWitness}
        charsMax={limits.nameCharsMax}
        error={tried && witness.trim() === '' ? word('witnessMissing') : null}
        onEnter={() => void enter()}
        isRequired
      />
      <Trouble>{trouble}</Trouble>
    </AskDialog>
  )
}
