// The chair's casting vote, where the rule leaves a tie to the chair: chosen, then confirmed by its own button.
import { useState } from 'react'
import type { Poll } from '../../../shared/meeting/state.ts'
import { AskDialog } from '../../kit/AskDialog.tsx'
import { Checkbox } from '../../kit/Checkbox.tsx'
import { RadioGroup } from '../../kit/RadioGroup.tsx'
import { optionLabel } from '../../kit/result/optionWords.ts'
import { papersWords } from '../../words/facilitatorPapers.ts'
import { useLanguage, useWords } from '../../words/words.ts'
import { useMeetingState } from '../cockpit.ts'
import { closeDialog } from '../dialogs.ts'
import { Trouble } from '../Trouble.tsx'
import { useOrder } from '../useOrder.ts'
import styles from './poll.module.css'

/** A tie that the rule leaves to the chair and that is not broken yet. */
export const isForChair = ({ result, broken, preset }: Poll): boolean =>
  result?.outcome === 'tied' && broken === undefined && preset.ties === 'chair'

export const BreakTieDialog = ({ pollId }: { pollId: string }) => {
  const poll = useMeetingState().polls[pollId]
  return poll === undefined || !isForChair(poll) ? null : <BreakTie poll={poll} />
}

const BreakTie = ({ poll }: { poll: Poll }) => {
  const word = useWords(papersWords)
  const [language] = useLanguage()
  const { order, pending, trouble } = useOrder()
  const [chosen, setChosen] = useState<readonly string[]>([])
  const isYesNo = poll.method.kind === 'yesNo'
  const tied = isYesNo ? ['yes', 'no'] : (poll.result?.tied ?? [])
  const places = isYesNo ? 1 : (poll.winners ?? 1) - (poll.result?.winners.length ?? 0)
  const nameOf = (id: string): string =>
    isYesNo ? word(id === 'yes' ? 'tiePass' : 'tieFail') : optionLabel(poll, id, language)
  const decide = async () => {
    if (await order({ type: 'breakTie', pollId: poll.pollId, winners: [...chosen] })) closeDialog()
  }
  const isChosen = chosen.length === Math.min(places, tied.length)
  return (
    <AskDialog
      title={word('tieTitle')}
      onClose={closeDialog}
      confirmLabel={
        isChosen
          ? word('tieConfirm', { choice: chosen.map(nameOf).join(word('semicolon')) })
          : word('tieChoose', { count: places })
      }
      onConfirm={() => void decide()}
      isPending={pending}
      isDisabled={!isChosen}
    >
      <p className={styles.asked}>{poll.question}</p>
      <p className={styles.note}>{word('tieHint')}</p>
      {places === 1 ? (
        <RadioGroup
          label={word('tieChoose', { count: places })}
          value={chosen[0] ?? null}
          onChange={(id) => setChosen([id])}
          options={tied.map((id) => ({ id, label: nameOf(id) }))}
        />
      ) : (
        <fieldset className={styles.several}>
          <legend>{word('tieChoose', { count: places })}</legend>
          {tied.map((id) => (
            <Checkbox
              key={id}
              isSelected={chosen.includes(id)}
              isDisabled={!chosen.includes(id) && chosen.length >= places}
              onChange={(isIn) => setChosen(isIn ? [...chosen, id] : chosen.filter((one) => one !== id))}
            >
              {nameOf(id)}
            </Checkbox>
          ))}
        </fieldset>
      )}
      <Trouble>{trouble}</Trouble>
    </AskDialog>
  )
}
