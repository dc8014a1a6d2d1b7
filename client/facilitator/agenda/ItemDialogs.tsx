// The questions about an agenda item: add, change, remove.
import { type ReactNode, useId, useState } from 'react'
import { limits } from '../../../shared/kernel/limits.ts'
import { AskDialog } from '../../kit/AskDialog.tsx'
import { Confirm } from '../../kit/Confirm.tsx'
import { Select } from '../../kit/Select.tsx'
import { TextField } from '../../kit/TextField.tsx'
import { facilitatorWords } from '../../words/facilitator.ts'
import { useWords } from '../../words/words.ts'
import { useMeetingState } from '../cockpit.ts'
import { closeDialog } from '../dialogs.ts'
import { Trouble } from '../Trouble.tsx'
import { useOrder } from '../useOrder.ts'

const firstLevel = 'first'

interface Answer {
  readonly title: string
  readonly minutes: number
}

const minutesOf = (text: string): number | null => {
  const minutes = Number(text)
  if (text.trim() === '' || !Number.isInteger(minutes)) return null
  return minutes >= 0 && minutes <= limits.itemMinutesMax ? minutes : null
}

interface FormProps {
  heading: string
  first: Answer
  pending: boolean
  trouble: string | null
  onSave: (answer: Answer) => void
  children?: ReactNode
}

const ItemForm = ({ heading, first, pending, trouble, onSave, children }: FormProps) => {
  const word = useWords(facilitatorWords)
  const formId = useId()
  const [title, setTitle] = useState(first.title)
  const [minutesText, setMinutesText] = useState(String(first.minutes))
  const [tried, setTried] = useState(false)
  const minutes = minutesOf(minutesText)
  const save = () => {
    setTried(true)
    if (title.trim() !== '' && minutes !== null) onSave({ title: title.trim(), minutes })
  }
  return (
    <AskDialog
      title={heading}
      onClose={closeDialog}
      confirmLabel={word('save')}
      onConfirm={save}
      isPending={pending}
    >
      <form
        id={formId}
        style={{ display: 'contents' }}
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <TextField
          label={word('itemTitle')}
          value={title}
          onChange={setTitle}
          charsMax={limits.titleCharsMax}
          error={tried && title.trim() === '' ? word('titleMissing') : null}
          isRequired
          autoFocus
          onEnter={save}
        />
        <TextField
          label={word('itemMinutes')}
          value={minutesText}
          onChange={setMinutesText}
          inputMode="numeric"
          error={minutes === null ? word('minutesWrong', { max: limits.itemMinutesMax }) : null}
          onEnter={save}
        />
        {children}
        <Trouble>{trouble}</Trouble>
      </form>
    </AskDialog>
  )
}

export const AddItemDialog = ({ parentId }: { parentId: string | null }) => {
  const { agenda } = useMeetingState()
  const word = useWords(facilitatorWords)
  const { order, pending, trouble } = useOrder()
  const [parent, setParent] = useState(parentId ?? firstLevel)
  const parents = agenda.filter((item) => item.parentId === null)
  const save = async ({ title, minutes }: Answer) => {
    const under = parent === firstLevel ? null : parent
    const done = await order({ type: 'addAgendaItem', title, minutes, parentId: under, matterId: null })
    if (done) closeDialog()
  }
  return (
    <ItemForm
      heading={word('addTitle')}
      first={{ title: '', minutes: 10 }}
      pending={pending}
      trouble={trouble}
      onSave={(answer) => void save(answer)}
    >
      <Select
        label={word('itemParent')}
        value={parent}
        onChange={setParent}
        options={[
          { id: firstLevel, label: word('topLevel') },
          ...parents.map((item) => ({ id: item.itemId, label: word('under', { title: item.title }) })),
        ]}
      />
    </ItemForm>
  )
}

export const EditItemDialog = ({ itemId }: { itemId: string }) => {
  const { agenda } = useMeetingState()
  const word = useWords(facilitatorWords)
  const { order, pending, trouble } = useOrder()
  const item = agenda.find((one) => one.itemId === itemId)
  if (item === undefined) return null
  const save = async ({ title, minutes }: Answer) => {
    const changes = {
      ...(title === item.title ? {} : { title }),
      ...(minutes === item.minutes ? {} : { minutes }),
    }
    const nothing = Object.keys(changes).length === 0
    if (nothing || (await order({ type: 'reviseAgendaItem', itemId, ...changes }))) closeDialog()
  }
  return (
    <ItemForm
      heading={word('editTitle')}
      first={item}
      pending={pending}
      trouble={trouble}
      onSave={(answer) => void save(answer)}
    />
  )
}

export const RemoveItemDialog = ({ itemId }: { itemId: string }) => {
  const { agenda } = useMeetingState()
  const word = useWords(facilitatorWords)
  const { order, pending, trouble } = useOrder()
  const item = agenda.find((one) => one.itemId === itemId)
  if (item === undefined) return null
  const children = agenda.filter((one) => one.parentId === itemId).length
  const remove = async () => {
    if (await order({ type: 'removeAgendaItem', itemId })) closeDialog()
  }
  return (
    <Confirm
      title={word('removeTitle', { title: item.title })}
      body={
        <>
          <p>{word('removeBody')}</p>
          {children === 0 ? null : <p>{word('removeChildren', { count: children })}</p>}
          <Trouble>{trouble}</Trouble>
        </>
      }
      confirmLabel={word('removeAction')}
      danger
      isOpen
      isPending={pending}
      onConfirm={() => void remove()}
      onClose={closeDialog}
    />
  )
}
