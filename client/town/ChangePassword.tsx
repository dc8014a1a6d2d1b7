// A new password for the account that is signed in. Its other devices are signed out, so that a password somebody else
// learnt is worth nothing from then on.
import { useState } from 'react'
import { AskDialog } from '../kit/AskDialog.tsx'
import { Banner } from '../kit/Banner.tsx'
import { TextField } from '../kit/TextField.tsx'
import { toast } from '../kit/Toasts.tsx'
import { post } from '../link/api.ts'
import { useRefusal } from '../words/refusals.ts'
import { townWords } from '../words/town.ts'
import { useWords } from '../words/words.ts'
import { paths } from './calls.ts'
import { passwordCharsMin } from './setupForm.ts'

export const ChangePassword = ({ onClose }: { onClose: () => void }) => {
  const word = useWords(townWords)
  const refusalWord = useRefusal()
  const [form, setForm] = useState({ password: '', next: '', repeat: '' })
  const [isTried, setTried] = useState(false)
  const [isPending, setPending] = useState(false)
  const [isWrong, setWrong] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)
  const change = (part: Partial<typeof form>) => setForm((before) => ({ ...before, ...part }))

  const required = form.password === '' ? word('errorRequired') : null
  const nowError = isWrong ? word('errorPasswordWrong') : required
  const nextError =
    form.next.length < passwordCharsMin ? word('errorPasswordShort', { length: form.next.length }) : null
  const repeatError = form.repeat === form.next ? null : word('errorPasswordDiffers')

  const save = async () => {
    setTried(true)
    if (required !== null || nextError !== null || repeatError !== null) return
    setPending(true)
    const answer = await post(paths.password, { password: form.password, next: form.next })
    setPending(false)
    if (answer.ok) {
      toast(word('passwordChanged'), { tone: 'good' })
      return onClose()
    }
    if (answer.refusal.code === 'passwordWrong') setWrong(true)
    else setTrouble(refusalWord(answer.refusal))
  }

  return (
    <AskDialog
      title={word('changePassword')}
      onClose={onClose}
      confirmLabel={word('changePassword')}
      onConfirm={() => void save()}
      isPending={isPending}
    >
      {trouble === null ? null : <Banner tone="warn">{trouble}</Banner>}
      <TextField
        label={word('passwordNow')}
        type="password"
        value={form.password}
        onChange={(password) => {
          setWrong(false)
          change({ password })
        }}
        error={isTried ? nowError : null}
        autoComplete="current-password"
        isRequired
      />
      <TextField
        label={word('passwordNext')}
        description={word('passwordHint')}
        type="password"
        value={form.next}
        onChange={(next) => change({ next })}
        error={isTried ? nextError : null}
        autoComplete="new-password"
        isRequired
      />
      <TextField
        label={word('passwordRepeat')}
        type="password"
        value={form.repeat}
        onChange={(repeat) => change({ repeat })}
        error={isTried ? repeatError : null}
        autoComplete="new-password"
        isRequired
      />
    </AskDialog>
  )
}
