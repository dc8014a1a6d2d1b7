// The foot of the editor: what the rule comes to in one line, what still keeps it from being saved, and saving.
import type { Refusal } from '../../../shared/kernel/result.ts'
import type { Preset } from '../../../shared/rules/preset.ts'
import { sumVotes } from '../../../shared/rules/tally.ts'
import { asksEachParty } from '../../../shared/rules/workedExamples.ts'
import { Banner } from '../../kit/Banner.tsx'
import { Button } from '../../kit/Button.tsx'
import { useRefusal } from '../../words/refusals.ts'
import { presetEditorWords } from '../../words/townPresetEditor.ts'
import { presetWords } from '../../words/townPresets.ts'
import { pick, useLanguage, useWords } from '../../words/words.ts'
import { LinkButton } from '../LinkButton.tsx'
import town from '../Town.module.css'
import type { Faults } from './editing.ts'
import { changedFacts } from './facts.ts'
import styles from './presets.module.css'
import type { Examples } from './useExamples.ts'

interface EditFootProps {
  edited: Preset
  original: Preset
  faults: Faults
  shown: Examples
  isTried: boolean
  isPending: boolean
  refusal: Refusal | null
  onSave: () => void
}

export const EditFoot = (props: EditFootProps) => {
  const { edited, original, faults, isTried, isPending, refusal, onSave } = props
  const word = useWords(presetEditorWords)
  const factWord = useWords(presetWords)
  const [language] = useLanguage()
  const count = faults.isJudgeable ? changedFacts(edited, original, factWord, language).length : null
  const name = pick(original.name, language)
  const isMissing = isTried && faults.missing.size > 0
  return (
    <div className={styles.foot}>
      {refusal === null ? null : <Refused refusal={refusal} code={edited.code} />}
      <div className={styles.footText} role="status">
        {faults.contradictions > 0 ? (
          <Contradictions count={faults.contradictions} />
        ) : (
          <InShort preset={edited} shown={props.shown} />
        )}
        {isMissing ? <p className={styles.fault}>{word('needsFilling')}</p> : null}
        {count === null ? null : (
          <p className={town.small}>
            {count === 0 ? word('changedNone', { name }) : word('changedCount', { name, count })}
          </p>
        )}
      </div>
      <span className={styles.toExamples}>
        <Button onPress={() => document.getElementById('examples')?.scrollIntoView()}>
          {word('showExamples')}
        </Button>
      </span>
      <Button kind="primary" onPress={onSave} isPending={isPending} isDisabled={faults.contradictions > 0}>
        {word('save', { version: edited.version })}
      </Button>
    </div>
  )
}

const Contradictions = ({ count }: { count: number }) => {
  const word = useWords(presetEditorWords)
  const show = () => document.querySelector('[data-faulty]')?.scrollIntoView({ block: 'center' })
  return (
    <div className={town.row}>
      <p className={styles.fault}>{word('contradictions', { count })}</p>
      <Button onPress={show}>{word('showContradiction')}</Button>
    </div>
  )
}

/** "55 due: 37 must be present; …", taken from the worked examples. */
const InShort = ({ preset, shown: { examples } }: { preset: Preset; shown: Examples }) => {
  const word = useWords(presetWords)
  const votes = examples.find(({ kind }) => kind === 'justPasses')
  if (votes === undefined) return null
  const quorum = examples.find(({ kind }) => kind === 'quorumMet')
  const { due, present, yes, no } = sumVotes(votes.tally.parties)
  const said =
    quorum === undefined
      ? word('inShortFree', { due, present, yes, no })
      : word('inShort', { due, quorum: sumVotes(quorum.tally.parties).present, present, yes })
  return (
    <p>
      {said} {asksEachParty(preset) ? word('inShortParties') : ''}
    </p>
  )
}

const Refused = ({ refusal, code }: { refusal: Refusal; code: string }) => {
  const word = useWords(presetEditorWords)
  const [language] = useLanguage()
  const refusalWord = useRefusal()
  const { zh, en } = refusal.detail ?? {}
  const said = typeof zh === 'string' && typeof en === 'string' ? pick({ zh, en }, language) : null
  return (
    <Banner
      tone="warn"
      action={
        refusal.code === 'presetStale' ? (
          <LinkButton to={`/hall/presets/${code}`}>{word('seeNewest')}</LinkButton>
        ) : undefined
      }
    >
      {refusalWord(refusal)}
      {said === null ? null : ` ${said}`}
    </Banner>
  )
}
