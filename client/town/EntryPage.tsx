// The first page: sends whoever is known to where they belong, and shows everybody else the two ways in.
import { useState } from 'react'
import { Redirect, useLocation } from 'wouter'
import type { HallView, SessionView } from '../../shared/wire/http.ts'
import { Button } from '../kit/Button.tsx'
import { Card } from '../kit/Card.tsx'
import { EmptyState } from '../kit/EmptyState.tsx'
import { Skeleton } from '../kit/Skeleton.tsx'
import { TextField } from '../kit/TextField.tsx'
import { useSession } from '../link/session.ts'
import { townWords } from '../words/town.ts'
import { pick, useLanguage, useWords } from '../words/words.ts'
import { paths } from './calls.ts'
import { isStaff } from './Frames.tsx'
import { LinkButton } from './LinkButton.tsx'
import { LoadedView, useLoaded } from './loaded.tsx'
import styles from './Town.module.css'

/**
 * Where this browser's session belongs. A link for one meeting leads to that meeting's cockpit; a screen that was opened
 * by mistake, and is paired with none, belongs nowhere yet.
 */
const homeOf = (session: SessionView): string | null => {
  if (isStaff(session)) return session.meetingId === null ? '/hall' : `/cockpit/${session.meetingId}`
  if (session.role === 'screen') return session.meetingId === null ? null : '/screen'
  if (session.role === 'waiting') return '/r'
  return session.meetingId === null ? '/sign-in' : `/m/${session.meetingId}`
}

export const EntryPage = () => {
  const [hall, again] = useLoaded<HallView>(paths.hall)
  const { session } = useSession()
  return (
    <div className={`${styles.stack} ${styles.narrow}`} style={{ marginInline: 'auto' }}>
      <LoadedView loaded={hall} again={again}>
        {(value) => {
          if (!value.ready) return <NotReady />
          if (session === 'loading') return <Skeleton lines={4} />
          const home = session === null ? null : homeOf(session)
          return home === null ? <Ways hall={value} /> : <Redirect to={home} replace />
        }}
      </LoadedView>
    </div>
  )
}

const NotReady = () => {
  const word = useWords(townWords)
  return <EmptyState title={word('notReadyTitle')} hint={word('notReadyHint')} />
}

/** What people type, without the spaces and dashes they put in. */
const cleanCode = (typed: string): string => typed.replace(/[^0-9a-z]/gi, '').toUpperCase()

const Ways = ({ hall }: { hall: HallView }) => {
  const word = useWords(townWords)
  const [language] = useLanguage()
  const [, go] = useLocation()
  const [code, setCode] = useState('')
  const [error, setError] = useState<string | null>(null)
  const enter = () => {
    const clean = cleanCode(code)
    if (clean.length !== 8) setError(word('roomCodeWrong'))
    else go(`/r/${clean}`)
  }
  return (
    <>
      <div className={styles.tight}>
        <h1 className={styles.title}>{hall.name}</h1>
        <p className={styles.lead}>
          {hall.unit === null ? null : `${pick(hall.unit.name, language)} · `}
          {word('entryLead')}
        </p>
      </div>
      <Card title={word('entryCardTitle')}>
        <p className={styles.soft}>{word('entryCardHint')}</p>
        <form
          className={styles.stack}
          onSubmit={(event) => {
            event.preventDefault()
            enter()
          }}
        >
          <TextField
            label={word('roomCode')}
            value={code}
            onChange={(typed) => {
              setCode(typed)
              setError(null)
            }}
            error={error}
            autoComplete="off"
            charsMax={20}
          />
          <Button kind="primary" size="large" type="submit" isDisabled={code.trim() === ''}>
            {word('enterRoom')}
          </Button>
        </form>
      </Card>
      <div className={styles.row}>
        <LinkButton to="/sign-in">{word('staffEntry')}</LinkButton>
        <LinkButton to="/screen" kind="quiet">
          {word('screenEntry')}
        </LinkButton>
      </div>
    </>
  )
}
