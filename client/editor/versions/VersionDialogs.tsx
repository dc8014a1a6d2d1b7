// Holding versions against each other, and the question before one is brought back: both show the difference first.
import { useState } from 'react'
import type { VersionView } from '../../../shared/wire/httpDrafts.ts'
import { AskDialog } from '../../kit/AskDialog.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { Progress } from '../../kit/Progress.tsx'
import { Select } from '../../kit/Select.tsx'
import { toast } from '../../kit/Toasts.tsx'
import { draftVersionWords } from '../../words/draftVersions.ts'
import { useRefusal } from '../../words/refusals.ts'
import { useWords } from '../../words/words.ts'
import styles from '../beside/beside.module.css'
import { ComparedTexts } from './ComparedTexts.tsx'
import type { Versions } from './useVersions.ts'
import { useVersionName } from './versionNames.ts'

const now = 'now'

export interface CompareDialogProps {
  draftId: string
  versions: readonly VersionView[]
  /** What is compared with now at first. */
  first: string
  size: 'phone' | 'laptop'
  onClose: () => void
}

export const CompareDialog = ({ draftId, versions, first, size, onClose }: CompareDialogProps) => {
  const say = useWords(draftVersionWords)
  const nameOf = useVersionName()
  const [before, setBefore] = useState(first)
  const [after, setAfter] = useState(now)
  const options = [
    { id: now, label: say('now') },
    ...versions.flatMap((version) =>
      version.versionId === null ? [] : [{ id: version.versionId, label: nameOf(version) }],
    ),
  ]
  return (
    <Dialog title={say('compareTitle')} isOpen onClose={onClose} size="wide">
      <div className={styles.choices}>
        <Select label={say('from')} value={before} onChange={setBefore} options={options} />
        <Select label={say('to')} value={after} onChange={setAfter} options={options} />
      </div>
      <ComparedTexts draftId={draftId} before={before} after={after} size={size} />
    </Dialog>
  )
}

export interface RestoreDialogProps {
  draftId: string
  version: VersionView & { readonly versionId: string }
  restore: Versions['restore']
  size: 'phone' | 'laptop'
  onClose: () => void
}

export const RestoreDialog = ({ draftId, version, restore, size, onClose }: RestoreDialogProps) => {
  const say = useWords(draftVersionWords)
  const refusal = useRefusal()
  const name = useVersionName()(version)
  const [isRestoring, setRestoring] = useState(false)
  const run = async () => {
    setRestoring(true)
    const answer = await restore(version.versionId)
    setRestoring(false)
    if (!answer.ok) {
      toast(refusal(answer.refusal), { tone: 'warn' })
      return
    }
    toast(answer.value.before === null ? say('restoreSame') : say('restored', { name }), { tone: 'good' })
    onClose()
  }
  return (
    <AskDialog
      title={say('restoreTitle', { name })}
      onClose={onClose}
      size="wide"
      confirmLabel={say('restoreNow')}
      onConfirm={() => void run()}
      isPending={isRestoring}
    >
      <p>{say('restoreBody')}</p>
      {isRestoring ? <Progress label={say('restoring')} value={0} max={null} /> : null}
      <ComparedTexts draftId={draftId} before={now} after={version.versionId} size={size} />
    </AskDialog>
  )
}
