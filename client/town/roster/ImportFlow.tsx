// Importing a roster: choose a file, see it sent and read, look at every row, and only then save.
import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import type { RosterImport } from '../../../shared/wire/http.ts'
import { Banner } from '../../kit/Banner.tsx'
import { Button } from '../../kit/Button.tsx'
import { Card } from '../../kit/Card.tsx'
import { Progress } from '../../kit/Progress.tsx'
import { Skeleton } from '../../kit/Skeleton.tsx'
import { get, remove, upload } from '../../link/api.ts'
import { useRefusal } from '../../words/refusals.ts'
import { rosterWords } from '../../words/townRoster.ts'
import { useWords } from '../../words/words.ts'
import { importPath, paths } from '../calls.ts'
import town from '../Town.module.css'
import { FileChooser } from './FileChooser.tsx'
import { ImportPreview } from './ImportPreview.tsx'
import type { Parties } from './RosterPage.tsx'

const pollMs = 400

/** A preview holds names: one that nobody will confirm need not stay. What could not be told is forgotten in time. */
const forget = (importId: string | null): void => {
  if (importId !== null) void remove(importPath(importId))
}

interface ImportFlowProps {
  /** Kept in the address, so that a reload comes back to the preview; `null` before a file was sent. */
  importId: string | null
  parties: Parties
  onSaved: () => void
}

export const ImportFlow = ({ importId, parties, onSaved }: ImportFlowProps) => {
  const word = useWords(rosterWords)
  const [, go] = useLocation()
  const leave = () => {
    forget(importId)
    go('/hall/roster')
  }
  return (
    <>
      <div className={town.head}>
        <div className={town.headText}>
          <h1 className={town.title}>{word('importTitle')}</h1>
          <p className={town.lead}>{word('importLead')}</p>
        </div>
        <Button kind="quiet" onPress={leave}>
          {word('leaveImport')}
        </Button>
      </div>
      {importId === null ? (
        <SendFile onSent={(id) => go(`/hall/roster?import=${encodeURIComponent(id)}`, { replace: true })} />
      ) : (
        <FollowImport key={importId} importId={importId} parties={parties} onSaved={onSaved} />
      )}
    </>
  )
}

const SendFile = ({ onSent }: { onSent: (importId: string) => void }) => {
  const word = useWords(rosterWords)
  const refusalWord = useRefusal()
  const [sending, setSending] = useState<{ name: string; share: number } | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)

  const send = async (file: File) => {
    setTrouble(null)
    setSending({ name: file.name, share: 0 })
    const answer = await upload<RosterImport>(paths.imports, file, (share) =>
      setSending({ name: file.name, share }),
    )
    if (answer.ok) return onSent(answer.value.importId)
    setSending(null)
    setTrouble(refusalWord(answer.refusal))
  }

  return (
    <Card>
      {trouble === null ? null : <Banner tone="warn">{trouble}</Banner>}
      {sending === null ? (
        <FileChooser onFile={(file) => void send(file)} onTrouble={setTrouble} />
      ) : (
        <Progress
          label={word('uploading', { name: sending.name })}
          value={Math.round(sending.share * 100)}
          max={100}
        />
      )}
    </Card>
  )
}

interface FollowProps {
  importId: string
  parties: Parties
  onSaved: () => void
}

/** Asks for the import until it is read. */
const FollowImport = ({ importId, parties, onSaved }: FollowProps) => {
  const word = useWords(rosterWords)
  const refusalWord = useRefusal()
  const [, go] = useLocation()
  const [read, setRead] = useState<RosterImport | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)
  useEffect(() => {
    let isCurrent = true
    let timer: ReturnType<typeof setTimeout> | undefined
    const ask = async () => {
      const answer = await get<RosterImport>(importPath(importId))
      if (!isCurrent) return
      if (answer.ok) {
        setTrouble(null)
        setRead(answer.value)
      } else setTrouble(refusalWord(answer.refusal))
      const isDone = answer.ok ? answer.value.state !== 'reading' : answer.refusal.code !== 'unreachable'
      if (!isDone) timer = setTimeout(() => void ask(), pollMs)
    }
    void ask()
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [importId, refusalWord])

  const chooseOther = () => {
    forget(importId)
    go('/hall/roster?import=new', { replace: true })
  }
  if (trouble !== null)
    return (
      <Banner tone="warn" action={<Button onPress={chooseOther}>{word('chooseOther')}</Button>}>
        {trouble}
      </Banner>
    )
  if (read === null) return <Skeleton lines={6} />
  if (read.state === 'reading')
    return (
      <Card>
        <Progress
          label={word('reading', { name: read.fileName })}
          value={read.rowsDone}
          max={read.rowsTotal}
        />
      </Card>
    )
  return <ImportPreview read={read} parties={parties} onSaved={onSaved} onChooseOther={chooseOther} />
}
