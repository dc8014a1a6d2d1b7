// The accounts of the hall's staff, kept by the secretary.
import { useState } from 'react'
import type { AccountView } from '../../shared/wire/http.ts'
import { Badge } from '../kit/Badge.tsx'
import { Banner } from '../kit/Banner.tsx'
import { Button } from '../kit/Button.tsx'
import { Confirm } from '../kit/Confirm.tsx'
import { toast } from '../kit/Toasts.tsx'
import { remove } from '../link/api.ts'
import { useSession } from '../link/session.ts'
import { useRefusal } from '../words/refusals.ts'
import { townWords } from '../words/town.ts'
import { useWords } from '../words/words.ts'
import { AddAccount } from './AddAccount.tsx'
import { accountPath, paths } from './calls.ts'
import { LoadedView, useLoaded } from './loaded.tsx'
import { isStaffRole, roleKeys } from './staffRoles.ts'
import table from './Table.module.css'
import styles from './Town.module.css'

export const AccountsPage = () => {
  const word = useWords(townWords)
  const { session } = useSession()
  const [accounts, again] = useLoaded<{ accounts: readonly AccountView[] }>(paths.accounts)
  const [isAdding, setAdding] = useState(false)
  const [ending, setEnding] = useState<AccountView | null>(null)
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
          <table className={`${table.table} ${table.stacks}`}>
            <thead>
              <tr>
                <th scope="col">{word('accountName')}</th>
                <th scope="col">{word('login')}</th>
                <th scope="col">{word('accountRole')}</th>
                <th scope="col" className={table.end}>
                  {word('end')}
                </th>
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
                  <td className={table.end}>
                    {account.accountId === me?.actorId ? null : (
                      <Button
                        kind="quiet"
                        label={word('endAccount', { name: account.name })}
                        onPress={() => setEnding(account)}
                      >
                        {word('end')}
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </LoadedView>
      {isAdding ? <AddAccount onClose={() => setAdding(false)} onAdded={again} /> : null}
      {ending === null ? null : (
        <EndAccount account={ending} onClose={() => setEnding(null)} onEnded={again} />
      )}
    </>
  )
}

interface EndAccountProps {
  account: AccountView
  onClose: () => void
  onEnded: () => void
}

const EndAccount = ({ account, onClose, onEnded }: EndAccountProps) => {
  const word = useWords(townWords)
  const refusalWord = useRefusal()
  const [isPending, setPending] = useState(false)
  const end = async () => {
    setPending(true)
    const answer = await remove(accountPath(account.accountId))
    setPending(false)
    if (!answer.ok) return toast(refusalWord(answer.refusal), { tone: 'warn' })
    toast(word('accountEnded', { name: account.name }), { tone: 'good' })
    onEnded()
    onClose()
  }
  return (
    <Confirm
      title={word('endAccountTitle', { name: account.name })}
      body={word('endAccountBody')}
      confirmLabel={word('end')}
      danger
      isOpen
      onClose={onClose}
      onConfirm={() => void end()}
      isPending={isPending}
    />
  )
}
