// Composes a poll and opens it: the question, the rule, the method, and the quorum checked before it is asked for.
import { useState } from 'react'
import { limits } from '../../../shared/kernel/limits.ts'
import type { Preset } from '../../../shared/rules/preset.ts'
import { presets } from '../../../shared/rules/presets.ts'
import { AskDialog } from '../../kit/AskDialog.tsx'
import { Select } from '../../kit/Select.tsx'
import { TextField } from '../../kit/TextField.tsx'
import { useOwnPresets } from '../../link/presets.ts'
import { amendmentWords } from '../../words/amendments.ts'
import { ballotWords } from '../../words/ballot.ts'
import { composeWords } from '../../words/facilitatorCompose.ts'
import { pollWords } from '../../words/facilitatorPoll.ts'
import { pick, useLanguage, useWords } from '../../words/words.ts'
import { AskedAmendment } from '../amendments/AboutAmendment.tsx'
import { useMeetingState } from '../cockpit.ts'
import { closeDialog } from '../dialogs.ts'
import { showPanel } from '../panels.ts'
import { Trouble } from '../Trouble.tsx'
import { useOrder } from '../useOrder.ts'
import { BundledNotice } from './BundledNotice.tsx'
import { Block, HeldHow, UnitRules } from './ComposeMore.tsx'
import {
  type Composition,
  composedKinds,
  newComposition,
  openPollOf,
  optionsOf,
  type Problem,
  problemsOf,
} from './composition.ts'
import { type ChainLink, LinkChoice } from './LinkChoice.tsx'
import { OptionsEditor } from './OptionsEditor.tsx'
import { type OpeningView, openingView } from './opening.ts'
import styles from './poll.module.css'
import { QuorumCheck } from './QuorumCheck.tsx'

const offeredPresets = (own: Preset, ofUnit: readonly Preset[]): readonly Preset[] => [
  own,
  ...[...ofUnit, ...presets].filter((preset) => preset.code !== own.code),
]

export const ComposeDialog = ({
  itemId,
  amendmentId,
}: {
  itemId: string
  /** Asks about this amendment instead of the item's draft. */
  amendmentId?: string | undefined
}) => {
  const state = useMeetingState()
  const word = useWords(pollWords)
  const { order, pending, trouble } = useOrder()
  const item = state.agenda.find((one) => one.itemId === itemId)
  const noneLabel = useWords(ballotWords)('noneApart')
  const inAmendments = useWords(amendmentWords)
  const amendment = state.amendments.find((one) => one.amendmentId === amendmentId)
  const asked = amendment ? inAmendments('pollQuestion', { title: amendment.title }) : (item?.title ?? '')
  const [composition, setComposition] = useState<Composition>(() => newComposition(asked, state.preset))
  const [tried, setTried] = useState(false)
  const [link, setLink] = useState<ChainLink | null>(null)
  const problems = problemsOf(composition)
  const { preset, covers, unitPresets } = composition
  const opening = openingView(state, {
    itemIds: [itemId, ...covers],
    preset,
    unitPresets,
    isSecret: composition.isSecret,
  })
  const isQuorate = opening.quorum === null || opening.quorum.met
  const open = async () => {
    setTried(true)
    if (problems.length > 0 || !isQuorate) return
    const about = {
      ...(amendmentId === undefined ? {} : { amendmentId }),
      ...(link === null ? {} : { link }),
    }
    if (!(await order({ ...openPollOf(itemId, composition, state.preset, noneLabel), ...about }))) return
    closeDialog()
    showPanel('poll')
  }
  return (
    <AskDialog
      title={word('composeTitle')}
      size="wide"
      onClose={closeDialog}
      confirmLabel={word('open')}
      onConfirm={() => void open()}
      isPending={pending}
      isDisabled={!isQuorate}
    >
      {amendmentId === undefined ? null : <AskedAmendment amendmentId={amendmentId} />}
      <div className={styles.compose}>
        <Fields
          itemId={itemId}
          isYesNoOnly={amendmentId !== undefined}
          opening={opening}
          composition={composition}
          link={link}
          onLink={setLink}
          problems={tried ? problems : []}
          onChange={(change) => setComposition((before) => ({ ...before, ...change }))}
        />
        <QuorumCheck preset={preset} opening={opening} />
      </div>
      <Trouble>{trouble}</Trouble>
    </AskDialog>
  )
}

interface FieldsProps {
  itemId: string
  opening: OpeningView
  /** An amendment is taken or left. */
  isYesNoOnly: boolean
  composition: Composition
  link: ChainLink | null
  onLink: (link: ChainLink | null) => void
  problems: readonly Problem[]
  onChange: (change: Partial<Composition>) => void
}

const Fields = ({
  itemId,
  opening,
  isYesNoOnly,
  composition,
  link,
  onLink,
  problems,
  onChange,
}: FieldsProps) => {
  const { preset: own } = useMeetingState()
  const word = useWords(pollWords)
  const [language] = useLanguage()
  const { question, preset, kind } = composition
  const offered = offeredPresets(own, useOwnPresets())
  const composeWord = useWords(composeWords)
  const nameOf = (one: Preset) =>
    one.recordOnly
      ? composeWord('presetOnPaper', { name: pick(one.name, language) })
      : pick(one.name, language)
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
      <BundledNotice question={question} options={optionsOf(composition)} />
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
      {isYesNoOnly ? null : (
        <Select
          label={word('method')}
          value={kind}
          onChange={(id) => onChange({ kind: composedKinds.find((one) => one === id) ?? 'yesNo' })}
          options={composedKinds.map((id) => ({
            id,
            label: word(`method_${id}`),
            description: composeWord(`when_${id}`),
          }))}
        />
      )}
      {kind === 'yesNo' ? null : (
        <OptionsEditor composition={composition} problems={problems} onChange={onChange} />
      )}
      <UnitRules composition={composition} offered={offered} onChange={onChange} />
      <HeldHow composition={composition} opening={opening} onChange={onChange} />
      <LinkChoice link={link} preset={preset} onChange={onLink} />
      {isYesNoOnly ? null : <Block itemId={itemId} composition={composition} onChange={onChange} />}
    </div>
  )
}
