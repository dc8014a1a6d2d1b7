// The first visit: the hall's name, its unit, its parties and the secretary's account.
import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { limits } from '../../shared/kernel/limits.ts'
import type { HallView } from '../../shared/wire/http.ts'
import { Banner } from '../kit/Banner.tsx'
import { Button } from '../kit/Button.tsx'
import { Card } from '../kit/Card.tsx'
import { Skeleton } from '../kit/Skeleton.tsx'
import { TextField } from '../kit/TextField.tsx'
import { toast } from '../kit/Toasts.tsx'
import { post } from '../link/api.ts'
import { useSession } from '../link/session.ts'
import { useRefusal } from '../words/refusals.ts'
import { townWords } from '../words/town.ts'
import { useWords } from '../words/words.ts'
import { paths } from './calls.ts'
import { goToFirstInvalid } from './firstInvalid.ts'
import { LinkButton } from './LinkButton.tsx'
import { useLoaded } from './loaded.tsx'
import { PartiesCard } from './PartiesCard.tsx'
import { askOf, errorsOf, firstForm, type SetupField, type SetupForm } from './setupForm.ts'
import styles from './Town.module.css'

export const SetupPage = ({ setupToken }: { setupToken: string }) => {
  const word = useWords(townWords)
  const [hall] = useLoaded<HallView>(paths.hall)
  return (
    <div className={`${styles.stack} ${styles.narrow}`} style={{ marginInline: 'auto' }}>
      <div className={styles.tight}>
        <h1 className={styles.title}>{word('setupTitle')}</h1>
        <p className={styles.lead}>{word('setupLead')}</p>
      </div>
      {hall.status === 'loaded' && hall.value.ready ? (
        <Banner tone="info" action={<LinkButton to="/sign-in">{word('signIn')}</LinkButton>}>
          {word('setupAlready')}
        </Banner>
      ) : setupToken === '' ? (
        <Banner tone="warn">{word('setupTokenMissing')}</Banner>
      ) : (
        <SetupWithLink setupToken={setupToken} />
      )}
    </div>
  )
}

/** A link of an earlier start is told before anything is filled in. */
const SetupWithLink = ({ setupToken }: { setupToken: string }) => {
  const refusalWord = useRefusal()
  const [link, setLink] = useState<'asking' | 'stale' | 'good'>('asking')
  useEffect(() => {
    let isCurrent = true
    void post(paths.firstRun, { setupToken }).then((answer) => {
      if (!isCurrent) return
      setLink(!answer.ok && answer.refusal.code === 'setupTokenWrong' ? 'stale' : 'good')
    })
    return () => {
      isCurrent = false
    }
  }, [setupToken])
  if (link === 'asking') return <Skeleton lines={6} />
  if (link === 'stale') return <Banner tone="warn">{refusalWord({ code: 'setupTokenWrong' })}</Banner>
  return <SetupSteps setupToken={setupToken} />
}

const SetupSteps = ({ setupToken }: { setupToken: string }) => {
  const word = useWords(townWords)
  const refusalWord = useRefusal()
  const { refresh } = useSession()
  const [, go] = useLocation()
  const [form, setForm] = useState<SetupForm>(firstForm)
  const [isTried, setTried] = useState(false)
  const [isPending, setPending] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)

  const errors = errorsOf(form)
  const change = (part: Partial<SetupForm>) => setForm((before) => ({ ...before, ...part }))
  const errorAt = (field: SetupField): string | null => {
    const error = isTried ? errors.get(field) : undefined
    return error === undefined ? null : word(error, { length: form.password.length })
  }

  const submit = async () => {
    setTried(true)
    setTrouble(null)
    if (errors.size > 0) {
      goToFirstInvalid()
      return
    }
    setPending(true)
    const made = await post(paths.hall, askOf(form, setupToken))
    if (!made.ok) {
      setPending(false)
      return setTrouble(refusalWord(made.refusal))
    }
    const session = await refresh()
    setPending(false)
    toast(word('setupGood'), { tone: 'good' })
    go(session === null ? '/sign-in' : '/hall')
  }

  return (
    <form
      className={styles.stack}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <Card title={word('setupHall')}>
        <TextField
          label={word('hallName')}
          description={word('hallNameHint')}
          value={form.hallName}
          onChange={(hallName) => change({ hallName })}
          error={errorAt('hallName')}
          charsMax={limits.titleCharsMax}
          isRequired
          autoFocus
        />
        <TextField
          label={word('unitNameZh')}
          description={word('unitNameZhHint')}
          value={form.unitZh}
          onChange={(unitZh) => change({ unitZh })}
          error={errorAt('unitZh')}
          charsMax={limits.nameCharsMax}
          isRequired
        />
        <TextField
          label={word('unitNameEn')}
          value={form.unitEn}
          onChange={(unitEn) => change({ unitEn })}
          charsMax={limits.nameCharsMax}
        />
      </Card>
      <PartiesCard form={form} onChange={(parties) => change({ parties })} errorAt={errorAt} />
      <AccountCard form={form} onChange={change} errorAt={errorAt} />
      <aside className={styles.notice}>
        <h3>{word('piplTitle')}</h3>
        <p>{word('piplFields')}</p>
        <p>{word('piplUse')}</p>
        <p>{word('piplErase')}</p>
      </aside>
      {trouble === null ? null : <Banner tone="warn">{trouble}</Banner>}
      {isTried && errors.size > 0 ? (
        <Banner tone="warn">{word('errorForm', { count: errors.size })}</Banner>
      ) : null}
      <Button kind="primary" size="large" type="submit" isPending={isPending}>
        {word('setupDone')}
      </Button>
    </form>
  )
}

interface AccountCardProps {
  form: SetupForm
  onChange: (part: Partial<SetupForm>) => void
  errorAt: (field: SetupField) => string | null
}

const AccountCard = ({ form, onChange, errorAt }: AccountCardProps) => {
  const word = useWords(townWords)
  return (
    <Card title={word('setupAccount')}>
      <p className={styles.soft}>{word('setupAccountHint')}</p>
      <div className={styles.columns}>
        <TextField
          label={word('accountName')}
          value={form.accountName}
          onChange={(accountName) => onChange({ accountName })}
          error={errorAt('accountName')}
          autoComplete="name"
          charsMax={limits.nameCharsMax}
          isRequired
        />
        <TextField
          label={word('login')}
          description={word('loginHint')}
          value={form.login}
          onChange={(login) => onChange({ login })}
          error={errorAt('login')}
          autoComplete="username"
          charsMax={limits.nameCharsMax}
          isRequired
        />
        <TextField
          label={word('password')}
          description={word('passwordHint')}
          type="password"
          value={form.password}
          onChange={(password) => onChange({ password })}
          error={errorAt('password')}
          autoComplete="new-password"
          isRequired
        />
        <TextField
          label={word('passwordRepeat')}
          type="password"
          value={form.repeat}
          onChange={(repeat) => onChange({ repeat })}
          error={errorAt('repeat')}
          autoComplete="new-password"
          isRequired
        />
      </div>
    </Card>
  )
}
