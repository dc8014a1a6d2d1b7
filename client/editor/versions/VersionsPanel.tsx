// The list of versions beside the text: keep the present one under a name, hold one against now, bring one back.
import { useState } from 'react'
import { limits } from '../../../shared/kernel/limits.ts'
import type { VersionView } from '../../../shared/wire/httpDrafts.ts'
import { Badge, type BadgeTone } from '../../kit/Badge.tsx'
import { Banner } from '../../kit/Banner.tsx'
import { Button } from '../../kit/Button.tsx'
import { EmptyState } from '../../kit/EmptyState.tsx'
import { hallTimeZone } from '../../kit/hallTime.ts'
import { PartyMark } from '../../kit/PartyMark.tsx'
import { Skeleton } from '../../kit/Skeleton.tsx'
import { TextField } from '../../kit/TextField.tsx'
import { toast } from '../../kit/Toasts.tsx'
import { draftVersionWords } from '../../words/draftVersions.ts'
import { useRefusal } from '../../words/refusals.ts'
import { useLanguage, useWords } from '../../words/words.ts'
import { type ActorOf, useActors } from '../authors/actors.ts'
import styles from '../beside/beside.module.css'
import { useVersions, type Versions } from './useVersions.ts'
import { CompareDialog, RestoreDialog } from './VersionDialogs.tsx'
import { useVersionName } from './versionNames.ts'

type Kept = VersionView & { readonly versionId: string }
type Asking =
  | { readonly kind: 'compare'; readonly of: Kept }
  | { readonly kind: 'restore'; readonly of: Kept }

export interface VersionsPanelProps {
  draftId: string
  size: 'phone' | 'laptop'
}

export const VersionsPanel = ({ draftId, size }: VersionsPanelProps) => {
  const say = useWords(draftVersionWords)
  const refusal = useRefusal()
  const { view, trouble, retry, make, restore } = useVersions(draftId)
  const actorOf = useActors(view?.names ?? none)
  const [asking, ask] = useState<Asking | null>(null)
  if (view === null && trouble !== null) {
    return (
      <Banner tone="warn" action={<Button onPress={retry}>{say('retry')}</Button>}>
        {refusal(trouble)}
      </Banner>
    )
  }
  if (view === null) return <Skeleton lines={4} />
  const { versions, mayName, whyNoRestore } = view
  return (
    <>
      {mayName ? <NameForm make={make} /> : null}
      {versions.length === 0 ? (
        <EmptyState title={say('none')} hint={mayName ? say('noneHint') : null} />
      ) : null}
      {versions.length > 0 && whyNoRestore !== null ? (
        <p className={styles.note}>{say(`whyNo_${whyNoRestore}`)}</p>
      ) : null}
      <ul className={styles.threads}>
        {versions.map((version) => (
          <VersionLine
            key={version.pollId ?? version.versionId}
            version={version}
            actorOf={actorOf}
            mayRestore={whyNoRestore === null}
            onAsk={ask}
          />
        ))}
      </ul>
      {asking?.kind === 'compare' ? (
        <CompareDialog
          draftId={draftId}
          versions={versions}
          first={asking.of.versionId}
          size={size}
          onClose={() => ask(null)}
        />
      ) : null}
      {asking?.kind === 'restore' ? (
        <RestoreDialog
          draftId={draftId}
          version={asking.of}
          restore={restore}
          size={size}
          onClose={() => ask(null)}
        />
      ) : null}
    </>
  )
}

const none = {}

const NameForm = ({ make }: { make: Versions['make'] }) => {
  const say = useWords(draftVersionWords)
  const refusal = useRefusal()
  const [name, setName] = useState('')
  const [isSending, setSending] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const send = async () => {
    setSending(true)
    const refused = await make(name.trim())
    setSending(false)
    setError(refused === null ? null : refusal(refused))
    if (refused !== null) return
    toast(say('kept', { name: name.trim() }), { tone: 'good' })
    setName('')
  }
  return (
    <form
      className={styles.compose}
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() !== '') void send()
      }}
    >
      <TextField
        label={say('nameLabel')}
        value={name}
        onChange={setName}
        charsMax={limits.versionNameCharsMax}
        placeholder={say('namePlaceholder')}
        error={error}
      />
      <div className={styles.actions}>
        <Button kind="primary" type="submit" isDisabled={name.trim() === ''} isPending={isSending}>
          {say('keep')}
        </Button>
      </div>
    </form>
  )
}

const tones: Readonly<Record<VersionView['kind'], BadgeTone>> = {
  named: 'good',
  poll: 'live',
  itemStart: 'plain',
  beforeRestore: 'plain',
}

interface VersionLineProps {
  version: VersionView
  actorOf: ActorOf
  mayRestore: boolean
  onAsk: (asking: Asking) => void
}

const VersionLine = ({ version, actorOf, mayRestore, onAsk }: VersionLineProps) => {
  const say = useWords(draftVersionWords)
  const [language] = useLanguage()
  const name = useVersionName()(version)
  const by = actorOf(version.by)
  const at = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: hallTimeZone,
  }).format(version.at)
  const { versionId } = version
  const kept: Kept | null = versionId === null ? null : { ...version, versionId }
  return (
    <li className={styles.thread}>
      <p className={styles.versionName}>
        <span>{name}</span>
        <Badge tone={tones[version.kind]}>{say(`kind_${version.kind}`)}</Badge>
      </p>
      <p className={styles.by}>
        <span className={styles.authorName}>
          <PartyMark index={by.partyIndex} name={by.partyName} hidesName />
          {by.name}
        </span>
        <span className={styles.figure}>
          {at} · {say('chars', { count: version.chars })}
        </span>
      </p>
      {kept === null ? null : (
        <div className={styles.actions}>
          <Button kind="quiet" onPress={() => onAsk({ kind: 'compare', of: kept })}>
            {say('compareNow')}
          </Button>
          {mayRestore ? (
            <Button kind="quiet" onPress={() => onAsk({ kind: 'restore', of: kept })}>
              {say('restore')}
            </Button>
          ) : null}
        </div>
      )}
    </li>
  )
}
