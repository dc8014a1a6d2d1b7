// Another account for the hall's staff.
import { useState } from 'react'
import { limits } from '../../shared/kernel/limits.ts'
import type { AccountAsk } from '../../shared/wire/http.ts'
import { AskDialog } from '../kit/AskDialog.tsx'
import { Banner } from '../kit/Banner.tsx'
import { RadioGroup } from '../kit/RadioGroup.tsx'
import { TextField } from '../kit/TextField.tsx'
import { toast } from '../kit/Toasts.tsx'
import { post } from '../link/api.ts'
import { useRefusal } from '../words/refusals.ts'
import { townWords } from '../words/town.ts'
import { useWords } from '../words/words.ts'
import { paths } from './calls.ts'
import { loginCharsMin, passwordCharsMin } from './setupForm.ts'
import { isStaffRole, offeredRoles, roleKeys } from './staffRoles.ts'

export const AddAccount = ({ onClose, onAdded }: { onClose: () => void; onAdded: () => void }) => {
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
    <AskDialog
      title={word('addAccount')}
      onClose={onClose}
      confirmLabel={word('addAccount')}
      onConfirm={() => void add()}
      isPending={isPending}
    >
      {trouble === null ? null : <Banner tone="warn">{trouble}</Banner>}
      <RadioGroup
        label={word('accountRole')}
        value={ask.role}
        onChange={(role) => isStaffRole(role) && change({ role })}
        options={offeredRoles.map((id) => ({
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
    </AskDialog>
  )
}
