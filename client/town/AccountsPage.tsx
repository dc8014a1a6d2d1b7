// The accounts of the hall's staff, kept by the secretary.
import { useState } from 'react'
import { limits } from '../../shared/kernel/limits.ts'
import type { AccountAsk, AccountView } from '../../shared/wire/http.ts'
import { Badge } from '../kit/Badge.tsx'
import { Banner } from '../kit/Banner.tsx'
import { Button } from '../kit/Button.tsx'
import { Dialog } from '../kit/Dialog.tsx'
import { RadioGroup } from '../kit/RadioGroup.tsx'
import { TextField } from '../kit/TextField.tsx'
import { toast } from '../kit/Toasts.tsx'
import { post } from '../link/api.ts'
import { useSession } from '../link/session.ts'
import { useRefusal } from '../words/refusals.ts'
import { townWords } from '../words/town.ts'
import { useWords } from '../words/words.ts'
import { paths } from './calls.ts'
import { LoadedView, useLoaded } from './loaded.tsx'
import { loginCharsMin, passwordCharsMin } from './setupForm.ts'
import table from './Table.module.css'
import styles from './Town.module.css'

type StaffRole = AccountAsk['role']

const roleKeys = {
  secretary: { word: 'roleSecretary', hint: 'roleSecretaryHint' },
  facilitator: { word: 'roleFacilitator', hint: 'roleFacilitatorHint' },
  clerk: { word: 'roleClerk', hint: 'roleClerkHint' },
} as const satisfies Readonly<Record<StaffRole, unknown>>

const offered: readonly StaffRole[] = ['facilitator', 'clerk', 'secretary']

const isStaffRole = (role: string): role is StaffRole => Object.hasOwn(roleKeys, role)

export const AccountsPage = () => {
  const word = useWords(townWords)
  const { session } = useSession()
  const [accounts, again] = useLoaded<{ accounts: readonly AccountView[] }>(paths.accounts)
  const [isAdding, setAdding] = useState(false)
  const me = session === null || session === 'loading' ? null : session
  if (me !== null && me.role !== 'secretary')
    return <Banner tone="info">{word('accountsSecretaryOnly')}</Banner>
  return (
    <>
      <div className={styles.head}>
        <div className={styles.headText}>
          <h1 className={styles.title}>{word('accounts')}</h1>
          <p className={styles.lead}>{word('accountsLead')}</p>
        </div>
        <Button kind="primary" onPress={() => setAdding(true)}>
          {word('addAccount')}
        </Button>
      </div>
      <LoadedView loaded={accounts} again={again}>
        {(value) => (
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{word('accountName')}</th>
                <th scope="col">{word('login')}</th>
                <th scope="col">{word('accountRole')}</th>
              </tr>
            </thead>
            <tbody>
              {value.accounts.map((account) => (
                <tr key={account.accountId}>
                  <th scope="row">
                    {account.name}{' '}
                    {account.accountId === me?.actorId ? (
                      <Badge tone="good">{word('accountYou')}</Badge>
                    ) : null}
                  </th>
                  <td data-head={word('login')}>{account.login}</td>
                  <td data-head={word('accountRole')}>
                    {isStaffRole(account.role) ? word(roleKeys[account.role].word) : account.role}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </LoadedView>
      {isAdding ? <AddAccount onClose={() => setAdding(false)} onAdded={again} /> : null}
    </>
  )
}

const AddAccount = ({ onClose, onAdded }: { onClose: () => void; onAdded: () => void }) => {
  const word = useWords(townWords)
  const refusalWord = useRefusal()
  const [ask, setAsk] = useState<AccountAsk>({ login: '', name: '', role: 'facilitator', password: '' })
  const [isTried, setTried] = useState(false)
  const [isPending, setPending] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)
  const change = (part: Partial<AccountAsk>) => setAsk((before) => ({ ...before, ...part }))

  const nameError = ask.name.trim() === '' ? word('errorRequired') : null
  const loginError = ask.login.trim().length < loginCharsMin ? word('errorLoginShort') : null
  const passwordError =
    ask.password.length < passwordCharsMin
      ? word('errorPasswordShort', { length: ask.password.length })
      : null

  const add = async () => {
    setTried(true)
    if (nameError !== null || loginError !== null || passwordError !== null) return
    setPending(true)
    const answer = await post(paths.accounts, { ...ask, login: ask.login.trim(), name: ask.name.trim() })
    setPending(false)
    if (!answer.ok) return setTrouble(refusalWord(answer.refusal))
    toast(word('accountAdded', { name: ask.name.trim() }), { tone: 'good' })
    onAdded()
    onClose()
  }

  return (
    <Dialog
      title={word('addAccount')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{word('cancel')}</Button>
          <Button kind="primary" onPress={() => void add()} isPending={isPending}>
            {word('addAccount')}
          </Button>
        </>
      }
    >
      {trouble === null ? null : <Banner tone="warn">{trouble}</Banner>}
      <RadioGroup
        label={word('accountRole')}
        value={ask.role}
        onChange={(role) => isStaffRole(role) && change({ role })}
        options={offered.map((id) => ({
          id,
          label: word(roleKeys[id].word),
          description: word(roleKeys[id].hint),
        }))}
      />
      <TextField
        label={word('accountName')}
        value={ask.name}
        onChange={(name) => change({ name })}
        error={isTried ? nameError : null}
        charsMax={limits.nameCharsMax}
        isRequired
      />
      <TextField
        label={word('login')}
        description={word('loginHint')}
        value={ask.login}
        onChange={(login) => change({ login })}
        error={isTried ? loginError : null}
        charsMax={limits.nameCharsMax}
        autoComplete="off"
        isRequired
      />
      <TextField
        label={word('password')}
        description={word('passwordHint')}
        type="password"
        value={ask.password}
        onChange={(password) => change({ password })}
        error={isTried ? passwordError : null}
        autoComplete="new-password"
        isRequired
      />
    </Dialog>
  )
}
