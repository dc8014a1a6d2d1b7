// A matter is opened: its chain begins with the first link.
import { useState } from 'react'
import { limits } from '../../../shared/kernel/limits.ts'
import { AskDialog } from '../../kit/AskDialog.tsx'
import { Banner } from '../../kit/Banner.tsx'
import { TextField } from '../../kit/TextField.tsx'
import { toast } from '../../kit/Toasts.tsx'
import { post } from '../../link/api.ts'
import { newCommandId } from '../../link/orders.ts'
import { useRefusal } from '../../words/refusals.ts'
import { townWords } from '../../words/town.ts'
import { mattersWords } from '../../words/townMatters.ts'
import { useWords } from '../../words/words.ts'
import { paths } from '../calls.ts'

export const OpenMatterDialog = ({ onClose, onOpened }: { onClose: () => void; onOpened: () => void }) => {
  const word = useWords(mattersWords)
  const townWord = useWords(townWords)
  const refusalWord = useRefusal()
  const [title, setTitle] = useState('')
  const [isTried, setTried] = useState(false)
  const [isPending, setPending] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)
  const [commandId] = useState(newCommandId)
  const isMissing = title.trim() === ''
  const open = async () => {
    setTried(true)
    if (isMissing) return
    setPending(true)
    const answer = await post(paths.matters, { commandId, title: title.trim() })
    setPending(false)
    if (!answer.ok) return setTrouble(refusalWord(answer.refusal))
    toast(word('opened', { title: title.trim() }), { tone: 'good' })
    onOpened()
    onClose()
  }
  return (
    <AskDialog
      title={word('open')}
      onClose={onClose}
      confirmLabel={word('open')}
      onConfirm={() => void open()}
      isPending={isPending}
    >
      {trouble === null ? null : <Banner tone="warn">{trouble}</Banner>}
      <TextField
        label={word('matterTitle')}
        description={word('matterTitleHint')}
        value={title}
        onChange={setTitle}
        error={isTried && isMissing ? townWord('errorRequired') : null}
        charsMax={limits.titleCharsMax}
        isRequired
        autoFocus
      />
    </AskDialog>
  )
}
