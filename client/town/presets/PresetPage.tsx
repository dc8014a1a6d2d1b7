// One rule to be read: in words, with its source, its versions and worked examples; and the ways to copy or change it.
import { useState } from 'react'
import { Link } from 'wouter'
import { dayAt } from '../../../shared/rules/calendar.ts'
import type { Preset } from '../../../shared/rules/preset.ts'
import type { PresetView } from '../../../shared/wire/httpPresets.ts'
import { Badge } from '../../kit/Badge.tsx'
import { Button } from '../../kit/Button.tsx'
import { Card } from '../../kit/Card.tsx'
import { Confirm } from '../../kit/Confirm.tsx'
import { toast } from '../../kit/Toasts.tsx'
import { post } from '../../link/api.ts'
import { presetPath } from '../../link/presets.ts'
import { useRefusal } from '../../words/refusals.ts'
import { presetWords } from '../../words/townPresets.ts'
import { pick, useLanguage, useWords } from '../../words/words.ts'
import { useStaffRole } from '../Frames.tsx'
import { LinkButton } from '../LinkButton.tsx'
import { LoadedView, useLoaded } from '../loaded.tsx'
import town from '../Town.module.css'
import { ExamplesCard } from './ExamplesCard.tsx'
import { PresetFacts } from './PresetFacts.tsx'
import { PresetHistory } from './PresetHistory.tsx'
import styles from './presets.module.css'
import { useExamples } from './useExamples.ts'

export const PresetPage = ({ code }: { code: string }) => {
  const [loaded, again] = useLoaded<PresetView>(presetPath(code))
  return (
    <LoadedView loaded={loaded} again={again} lines={8}>
      {(view) => <Shown view={view} again={again} />}
    </LoadedView>
  )
}

const Shown = ({ view, again }: { view: PresetView; again: () => void }) => {
  const { preset, isOwn, isRetired, history } = view
  const word = useWords(presetWords)
  const [language] = useLanguage()
  const shown = useExamples(preset)
  return (
    <>
      <div className={town.tight}>
        <Link href="/hall/presets" className={styles.name}>
          ← {word('back')}
        </Link>
        <div className={town.head}>
          <div className={town.headText}>
            <h1 className={town.title}>{pick(preset.name, language)}</h1>
            <Marks preset={preset} isOwn={isOwn} isRetired={isRetired} />
          </div>
          <Actions view={view} again={again} />
        </div>
      </div>
      <div className={styles.bench}>
        <div className={styles.fields}>
          <Card title={word('facts')}>
            <PresetFacts preset={preset} />
          </Card>
          {history.length === 0 ? null : (
            <Card title={word('history')}>
              <p className={town.small}>{word('historyKept')}</p>
              <PresetHistory history={history} />
            </Card>
          )}
        </div>
        <div className={styles.fields}>
          <ExamplesCard preset={preset} shown={shown} isEdited={false} />
        </div>
      </div>
    </>
  )
}

interface MarksProps {
  preset: Preset
  isOwn: boolean
  isRetired: boolean
}

const Marks = ({ preset, isOwn, isRetired }: MarksProps) => {
  const word = useWords(presetWords)
  const isAhead = isOwn && !isRetired && preset.effectiveFrom > dayAt(Date.now())
  return (
    <div className={town.row}>
      <Badge>{word(preset.standing)}</Badge>
      {isOwn ? <Badge tone="warn">{word('isCopy')}</Badge> : null}
      {preset.default ? <Badge>{word('isDefault')}</Badge> : null}
      {preset.recordOnly ? <Badge>{word('isRecordOnly')}</Badge> : null}
      {isRetired ? <Badge tone="bad">{word('isRetired')}</Badge> : null}
      {isAhead ? <Badge tone="warn">{word('isAhead', { date: preset.effectiveFrom })}</Badge> : null}
      <span className={town.small}>{word('versionNumber', { version: preset.version })}</span>
    </div>
  )
}

const Actions = ({ view: { preset, isOwn, isRetired }, again }: { view: PresetView; again: () => void }) => {
  const word = useWords(presetWords)
  const role = useStaffRole()
  const [isRetiring, setRetiring] = useState(false)
  if (role !== 'secretary') return <p className={town.small}>{word('secretaryOnly')}</p>
  const isChangeable = isOwn && !isRetired
  return (
    <div className={town.row}>
      {isChangeable ? <Button onPress={() => setRetiring(true)}>{word('retire')}</Button> : null}
      <LinkButton to={`/hall/presets/${preset.code}/copy`} kind={isChangeable ? 'plain' : 'primary'}>
        {word('copy')}
      </LinkButton>
      {isChangeable ? (
        <LinkButton to={`/hall/presets/${preset.code}/change`} kind="primary">
          {word('change')}
        </LinkButton>
      ) : null}
      {isRetiring ? <Retire preset={preset} onClose={() => setRetiring(false)} onRetired={again} /> : null}
    </div>
  )
}

interface RetireProps {
  preset: Preset
  onClose: () => void
  onRetired: () => void
}

const Retire = ({ preset, onClose, onRetired }: RetireProps) => {
  const word = useWords(presetWords)
  const [language] = useLanguage()
  const refusalWord = useRefusal()
  const [isPending, setPending] = useState(false)
  const name = pick(preset.name, language)
  const retire = async () => {
    setPending(true)
    const answer = await post(`${presetPath(preset.code)}/retire`, { version: preset.version })
    setPending(false)
    if (!answer.ok) toast(refusalWord(answer.refusal), { tone: 'warn' })
    else toast(word('retireDone', { name }), { tone: 'good' })
    onRetired()
    onClose()
  }
  return (
    <Confirm
      title={word('retireTitle', { name })}
      body={word('retireBody')}
      confirmLabel={word('retire')}
      danger
      isOpen
      onClose={onClose}
      onConfirm={() => void retire()}
      isPending={isPending}
    />
  )
}
