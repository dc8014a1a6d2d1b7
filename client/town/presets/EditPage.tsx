// Copying a rule, or changing one of the unit's own: the fields beside their worked examples, and saving.
import { useMemo, useState } from 'react'
import { useLocation } from 'wouter'
import type { Refusal } from '../../../shared/kernel/result.ts'
import { dayAt } from '../../../shared/rules/calendar.ts'
import type { Preset } from '../../../shared/rules/preset.ts'
import type { HallView } from '../../../shared/wire/http.ts'
import type { PresetView } from '../../../shared/wire/httpPresets.ts'
import { Banner } from '../../kit/Banner.tsx'
import { toast } from '../../kit/Toasts.tsx'
import { post } from '../../link/api.ts'
import { presetPath, presetsPath } from '../../link/presets.ts'
import { presetEditorWords } from '../../words/townPresetEditor.ts'
import { presetWords } from '../../words/townPresets.ts'
import { pick, useLanguage, useWords } from '../../words/words.ts'
import { paths } from '../calls.ts'
import { useStaffRole } from '../Frames.tsx'
import { goToFirstInvalid } from '../firstInvalid.ts'
import { LinkButton } from '../LinkButton.tsx'
import { LoadedView, useLoaded } from '../loaded.tsx'
import town from '../Town.module.css'
import { EditFoot } from './EditFoot.tsx'
import { ExamplesCard } from './ExamplesCard.tsx'
import {
  type EditedFrom,
  faultsOf,
  formOf,
  newOwnCode,
  originalOf,
  type PresetForm,
  presetIn,
} from './editing.ts'
import styles from './presets.module.css'
import { RuleForm } from './RuleForm.tsx'
import { useExamples } from './useExamples.ts'

interface EditPageProps {
  code: string
  what: 'copy' | 'change'
}

export const EditPage = ({ code, what }: EditPageProps) => {
  const word = useWords(presetWords)
  const role = useStaffRole()
  const [loaded, again] = useLoaded<PresetView>(presetPath(code))
  const [hall, againHall] = useLoaded<HallView>(paths.hall)
  if (role !== 'secretary') return <Banner tone="info">{word('secretaryOnly')}</Banner>
  return (
    <LoadedView loaded={loaded} again={again} lines={8}>
      {({ preset, isOwn, isRetired }) =>
        what === 'change' && (!isOwn || isRetired) ? (
          <Gone code={code} />
        ) : (
          <LoadedView loaded={hall} again={againHall}>
            {({ parties }) => <Editor preset={preset} what={what} hallParties={parties} />}
          </LoadedView>
        )
      }
    </LoadedView>
  )
}

/** A rule that cannot be changed any more can still be read and copied. */
const Gone = ({ code }: { code: string }) => {
  const word = useWords(presetWords)
  return (
    <Banner tone="warn" action={<LinkButton to={`/hall/presets/${code}`}>{word('facts')}</LinkButton>}>
      {word('isRetired')}
    </Banner>
  )
}

interface EditorProps {
  preset: Preset
  what: EditPageProps['what']
  hallParties: HallView['parties']
}

const useEditing = (preset: Preset, what: EditPageProps['what']) => {
  const isChange = what === 'change'
  // What was read first is what is edited: a later reading must not pull the ground away from under it.
  const [from] = useState<EditedFrom>(() => ({
    preset,
    original: originalOf(preset),
    code: isChange ? preset.code : newOwnCode(),
    version: isChange ? preset.version + 1 : 1,
  }))
  const [form, setForm] = useState<PresetForm>(() => formOf(preset, isChange, dayAt(Date.now())))
  const edited = useMemo(() => presetIn(form, from), [form, from])
  const faults = useMemo(() => faultsOf(edited, from.original), [edited, from])
  const change = (part: Partial<PresetForm>) => setForm((before) => ({ ...before, ...part }))
  return { from, form, change, edited, faults }
}

const Editor = ({ preset, what, hallParties }: EditorProps) => {
  const word = useWords(presetEditorWords)
  const [language] = useLanguage()
  const [, go] = useLocation()
  const { from, form, change, edited, faults } = useEditing(preset, what)
  const judged = faults.isJudgeable ? edited : null
  const shown = useExamples(judged)
  const [isTried, setTried] = useState(false)
  const [isPending, setPending] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)

  const save = async () => {
    setTried(true)
    setRefusal(null)
    if (faults.contradictions > 0 || faults.missing.size > 0) return goToFirstInvalid()
    setPending(true)
    const answer = await post<PresetView>(presetsPath, edited)
    setPending(false)
    if (!answer.ok) return setRefusal(answer.refusal)
    toast(word('saved', { name: pick(edited.name, language) }), { tone: 'good' })
    go(`/hall/presets/${edited.code}`)
  }

  const name = pick(preset.name, language)
  return (
    <>
      <div className={town.tight}>
        <h1 className={town.title}>{word(what === 'copy' ? 'copyTitle' : 'changeTitle', { name })}</h1>
        <p className={town.lead}>
          {word(from.original.standing === 'statutory' ? 'lawLead' : 'freeLead')}
          {what === 'change' ? ` ${word('changeLead', { version: from.version })}` : ''}
        </p>
      </div>
      <div className={styles.bench}>
        <RuleForm
          form={form}
          change={change}
          edited={edited}
          original={from.original}
          faults={faults}
          isTried={isTried}
          hallParties={hallParties}
        />
        <section className={styles.side} id="examples" aria-label={word('examplesOf')}>
          <ExamplesCard preset={judged} shown={shown} isEdited />
        </section>
      </div>
      <EditFoot
        edited={edited}
        original={from.original}
        faults={faults}
        shown={shown}
        isTried={isTried}
        isPending={isPending}
        refusal={refusal}
        onSave={() => void save()}
      />
    </>
  )
}
