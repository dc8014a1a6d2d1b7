// Composes a poll and opens it: the question, the rule, the method, and the quorum checked before it is asked for.
import { useState } from 'react'
import { limits } from '../../../shared/kernel/limits.ts'
import { isPollable } from '../../../shared/rules/pollable.ts'
import type { Preset } from '../../../shared/rules/preset.ts'
import { presets } from '../../../shared/rules/presets.ts'
import { attendance } from '../../../shared/views/attendance.ts'
import { Button } from '../../kit/Button.tsx'
import { Checkbox } from '../../kit/Checkbox.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { RadioGroup } from '../../kit/RadioGroup.tsx'
import { Select } from '../../kit/Select.tsx'
import { TextField } from '../../kit/TextField.tsx'
import { pollWords } from '../../words/facilitatorPoll.ts'
import { pick, useLanguage, useWords } from '../../words/words.ts'
import { useMeetingState } from '../cockpit.ts'
import { closeDialog } from '../dialogs.ts'
import { showPanel } from '../panels.ts'
import { Trouble } from '../Trouble.tsx'
import { useOrder } from '../useOrder.ts'
import { type Composition, composedKinds, openPollOf, type Problem, problemsOf } from './composition.ts'
import { OptionsEditor } from './OptionsEditor.tsx'
import styles from './poll.module.css'
import { QuorumCheck } from './QuorumCheck.tsx'

/** Rules that only keep a paper count cannot be voted on here. */
const offeredPresets = (own: Preset): readonly Preset[] => [
  own,
  ...presets.filter((preset) => isPollable(preset) && preset.code !== own.code),
]

export const ComposeDialog = ({ itemId }: { itemId: string }) => {
  const state = useMeetingState()
  const word = useWords(pollWords)
  const { order, pending, trouble } = useOrder()
  const item = state.agenda.find((one) => one.itemId === itemId)
  const [composition, setComposition] = useState<Composition>({
    question: (item?.title ?? '').slice(0, limits.questionCharsMax),
    preset: state.preset,
    kind: 'yesNo',
    max: '2',
    options: ['', ''],
    show: 'hidden',
    changeable: true,
  })
  const [tried, setTried] = useState(false)
  const problems = problemsOf(composition)
  const { quorum } = attendance({ ...state, preset: composition.preset })
  const isQuorate = quorum === null || quorum.met
  const open = async () => {
    setTried(true)
    if (problems.length > 0 || !isQuorate) return
    if (!(await order(openPollOf(itemId, composition)))) return
    closeDialog()
    showPanel('poll')
  }
  return (
    <Dialog
      title={word('composeTitle')}
      isOpen
      size="wide"
      onClose={closeDialog}
      actions={
        <>
          <Button onPress={closeDialog}>{word('cancel')}</Button>
          <Button kind="primary" onPress={() => void open()} isPending={pending} isDisabled={!isQuorate}>
            {word('open')}
          </Button>
        </>
      }
    >
      <div className={styles.compose}>
        <Fields
          composition={composition}
          problems={tried ? problems : []}
          onChange={(change) => setComposition((before) => ({ ...before, ...change }))}
        />
        <QuorumCheck itemId={itemId} preset={composition.preset} quorum={quorum} />
      </div>
      <Trouble>{trouble}</Trouble>
    </Dialog>
  )
}

interface FieldsProps {
  composition: Composition
  problems: readonly Problem[]
  onChange: (change: Partial<Composition>) => void
}

const Fields = ({ composition, problems, onChange }: FieldsProps) => {
  const { preset: own } = useMeetingState()
  const word = useWords(pollWords)
  const [language] = useLanguage()
  const { question, preset, kind } = composition
  const offered = offeredPresets(own)
  const nameOf = (one: Preset) => pick(one.name, language)
  return (
    <div className={styles.fields}>
      <TextField
        label={word('question')}
        value={question}
        onChange={(text) => onChange({ question: text })}
        charsMax={limits.questionCharsMax}
        error={problems.includes('questionMissing') ? word('questionMissing') : null}
        multiline
        isRequired
        autoFocus
      />
      <Select
        label={word('preset')}
        value={preset.code}
        onChange={(code) => onChange({ preset: offered.find((one) => one.code === code) ?? own })}
        options={offered.map((one) => ({
          id: one.code,
          label: one.code === own.code ? word('presetOwn', { name: nameOf(one) }) : nameOf(one),
          description: pick(one.source, language),
        }))}
      />
      <Select
        label={word('method')}
        value={kind}
        onChange={(id) => onChange({ kind: composedKinds.find((one) => one === id) ?? 'yesNo' })}
        options={composedKinds.map((id) => ({ id, label: word(`method_${id}`) }))}
      />
      {kind === 'yesNo' ? null : (
        <OptionsEditor composition={composition} problems={problems} onChange={onChange} />
      )}
      <RadioGroup
        label={word('show')}
        value={composition.show}
        onChange={(id) => onChange({ show: id === 'live' ? 'live' : 'hidden' })}
        options={(['hidden', 'live'] as const).map((id) => ({
          id,
          label: word(`show_${id}`),
          description: word(`show_${id}Hint`),
        }))}
      />
      {preset.ballotChange ? (
        <Checkbox isSelected={composition.changeable} onChange={(changeable) => onChange({ changeable })}>
          {word('changeable')}
        </Checkbox>
      ) : (
        <p className={styles.note}>{word('changeableNo')}</p>
      )}
    </div>
  )
}
