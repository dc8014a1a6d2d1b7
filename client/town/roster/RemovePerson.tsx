// Asks once more before a person is erased from the roster.
import { useState } from 'react'
import type { Person } from '../../../shared/wire/http.ts'
import { Confirm } from '../../kit/Confirm.tsx'
import { toast } from '../../kit/Toasts.tsx'
import { remove } from '../../link/api.ts'
import { useRefusal } from '../../words/refusals.ts'
import { townWords } from '../../words/town.ts'
import { rosterWords } from '../../words/townRoster.ts'
import { useWords } from '../../words/words.ts'
import { personPath } from '../calls.ts'

export const RemovePerson = ({
  person,
  onClose,
  onDone,
}: {
  person: Person
  onClose: () => void
  onDone: () => void
}) => {
  const word = useWords(rosterWords)
  const townWord = useWords(townWords)
  const refusalWord = useRefusal()
  const [isPending, setPending] = useState(false)
  const confirm = async () => {
    setPending(true)
    const answer = await remove(personPath(person.personId))
    setPending(false)
    if (!answer.ok) return toast(refusalWord(answer.refusal), { tone: 'warn' })
    toast(word('removed', { name: person.name }), { tone: 'good' })
    onDone()
    onClose()
  }
  return (
    <Confirm
      title={word('removeTitle', { name: person.name })}
      body={word('removeBody')}
      confirmLabel={townWord('remove')}
      danger
      isOpen
      onClose={onClose}
      onConfirm={() => void confirm()}
      isPending={isPending}
    />
  )
}
