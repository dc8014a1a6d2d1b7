// Signing in with an account of the hall's staff.
import { useState } from 'react'
import { Redirect, useLocation, useSearch } from 'wouter'
import { Banner } from '../kit/Banner.tsx'
import { Button } from '../kit/Button.tsx'
import { TextField } from '../kit/TextField.tsx'
import { useSession } from '../link/session.ts'
import { useRefusal } from '../words/refusals.ts'
import { townWords } from '../words/town.ts'
import { useWords } from '../words/words.ts'
import { isStaff } from './Frames.tsx'
import styles from './Town.module.css'

/** Only ever a page of this hall. */
const nextOf = (search: string): string | null => {
  const next = new URLSearchParams(search).get('next')
  return next !== null && /^\/(?![/\\])/.test(next) ? next : null
}

export const SignInPage = () => {
  const word = useWords(townWords)
  const refusalWord = useRefusal()
  const { session, signIn } = useSession()
  const [, go] = useLocation()
  const next = nextOf(useSearch())
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [trouble, setTrouble] = useState<string | null>(null)
  const [isPending, setPending] = useState(false)

  if (session !== null && session !== 'loading' && isStaff(session))
    return <Redirect to={next ?? '/hall'} replace />

  const submit = async () => {
    setPending(true)
    const answer = await signIn({ login: login.trim(), password })
    setPending(false)
    if (answer.ok) go(next ?? '/hall')
    else setTrouble(refusalWord(answer.refusal))
  }
  const isSeat = session !== null && session !== 'loading' && session.seatId !== null
  return (
    <form
      className={`${styles.stack} ${styles.slim}`}
      style={{ marginInline: 'auto' }}
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <h1 className={styles.title}>{word('signInTitle')}</h1>
      {next === null ? null : <p className={styles.lead}>{word('staffOnly')}</p>}
      {isSeat ? <Banner tone="warn">{word('seatSession', { name: session.name })}</Banner> : null}
      {trouble === null ? null : <Banner tone="warn">{trouble}</Banner>}
      <TextField
        label={word('login')}
        value={login}
        onChange={setLogin}
        autoComplete="username"
        isRequired
        autoFocus
      />
      <TextField
        label={word('password')}
        type="password"
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
        isRequired
      />
      <Button
        kind="primary"
        size="large"
        type="submit"
        isPending={isPending}
        isDisabled={login.trim() === '' || password === ''}
      >
        {word('signIn')}
      </Button>
      <p className={styles.small}>{word('signInHint')}</p>
    </form>
  )
}
