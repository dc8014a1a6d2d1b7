// Parts of the editor: a field with what changed and what is wrong, a fraction, and a yes or no.
import type { ReactNode } from 'react'
import type { Preset, Words } from '../../../shared/rules/preset.ts'
import { Select } from '../../kit/Select.tsx'
import { TextField } from '../../kit/TextField.tsx'
import { presetEditorWords } from '../../words/townPresetEditor.ts'
import { presetWords } from '../../words/townPresets.ts'
import { pick, useLanguage, useWords } from '../../words/words.ts'
import type { Faults, FractionForm, PresetForm } from './editing.ts'
import { type FactKey, factIn } from './facts.ts'
import styles from './presets.module.css'

export interface Editing {
  readonly form: PresetForm
  readonly change: (part: Partial<PresetForm>) => void
  readonly edited: Preset
  readonly original: Preset
  readonly faults: Faults
  readonly isTried: boolean
}

interface FieldProps {
  editing: Editing
  /** Where contradictions about it are found, such as `pass.of`. */
  fields?: readonly string[]
  /** The fact whose former value is told once it changed. */
  fact?: FactKey
  children: ReactNode
}

/** What is wrong is told here, at the field, and so is what the original said. */
export const Field = ({ editing, fields = [], fact, children }: FieldProps) => {
  const { edited, original, faults } = editing
  const word = useWords(presetWords)
  const editorWord = useWords(presetEditorWords)
  const [language] = useLanguage()
  const wrong: readonly Words[] = fields.flatMap((field) => faults.at.get(field) ?? [])
  const was = fact === undefined ? null : factIn(original, fact, word, language)
  const isChanged = fact !== undefined && factIn(edited, fact, word, language) !== was
  return (
    <div
      className={styles.field}
      data-changed={isChanged || undefined}
      data-faulty={wrong.length > 0 || undefined}
    >
      {children}
      {wrong.map((words) => (
        <p key={words.en} className={styles.fault} role="alert">
          {pick(words, language)}
        </p>
      ))}
      {isChanged ? (
        <p className={styles.changed}>{editorWord('wasOriginally', { value: was ?? '—' })}</p>
      ) : null}
    </div>
  )
}

interface FractionFieldProps {
  legend: string
  value: FractionForm
  onChange: (value: FractionForm) => void
}

/** "more than 1 / 2" */
export const FractionField = ({ legend, value, onChange }: FractionFieldProps) => {
  const word = useWords(presetEditorWords)
  return (
    <fieldset className={styles.group}>
      <legend>{legend}</legend>
      <div className={styles.fraction}>
        <Select
          label={word('strictness')}
          value={value.strictness}
          onChange={(id) => onChange({ ...value, strictness: id === 'moreThan' ? 'moreThan' : 'atLeast' })}
          options={(['moreThan', 'atLeast'] as const).map((id) => ({ id, label: word(`strictness_${id}`) }))}
        />
        <TextField
          label={word('num')}
          inputMode="numeric"
          value={value.num}
          onChange={(num) => onChange({ ...value, num })}
        />
        <span className={styles.over} aria-hidden="true">
          /
        </span>
        <TextField
          label={word('den')}
          inputMode="numeric"
          value={value.den}
          onChange={(den) => onChange({ ...value, den })}
        />
      </div>
    </fieldset>
  )
}

interface ChoiceProps<T extends string> {
  label: string
  value: T
  options: readonly { readonly id: T; readonly label: string }[]
  onChange: (value: T) => void
  description?: string | undefined
}

/** A choice whose values are known. */
export const Choice = <T extends string>({
  label,
  value,
  options,
  onChange,
  description,
}: ChoiceProps<T>) => (
  <Select
    label={label}
    value={value}
    options={options}
    description={description}
    onChange={(id) => {
      const chosen = options.find((option) => option.id === id)
      if (chosen !== undefined) onChange(chosen.id)
    }}
  />
)
