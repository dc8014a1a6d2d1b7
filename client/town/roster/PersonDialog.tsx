// One person of the roster: added, or corrected.
import { useState } from 'react'
import { limits } from '../../../shared/kernel/limits.ts'
import type { Person, PersonAsk } from '../../../shared/wire/http.ts'
import { AskDialog } from '../../kit/AskDialog.tsx'
import { Banner } from '../../kit/Banner.tsx'
import { RadioGroup } from '../../kit/RadioGroup.tsx'
import { TextField } from '../../kit/TextField.tsx'
import { toast } from '../../kit/Toasts.tsx'
import { post } from '../../link/api.ts'
import { useRefusal } from '../../words/refusals.ts'
import { townWords } from '../../words/town.ts'
import { rosterWords } from '../../words/townRoster.ts'
import { pick, useLanguage, useWords } from '../../words/words.ts'
import { paths, personPath } from '../calls.ts'
import type { Parties } from './RosterPage.tsx'

interface PersonDialogProps {
  /** `null` adds somebody. */
  person: Person | null
  parties: Parties
  onClose: () => void
  onDone: () => void
}

type PersonForm = Readonly<Record<keyof PersonAsk, string>>

const isFigure = (text: string): boolean => {
  const figure = Number(text)
  return Number.isInteger(figure) && figure >= 1 && figure <= limits.seatWeightMax
}

/** The phone number comes masked; sent back as it came, it keeps what is stored. */
const firstAsk = (person: Person | null, parties: Parties): PersonForm => ({
  name: person?.name ?? '',
  partyId: person?.partyId ?? parties[0]?.partyId ?? '',
  bodyRole: person?.bodyRole ?? '',
  household: person?.household ?? '',
  phone: person?.phone ?? '',
  households: String(person?.households ?? 1),
  weight: String(person?.weight ?? 1),
})

export const PersonDialog = ({ person, parties, onClose, onDone }: PersonDialogProps) => {
  const word = useWords(rosterWords)
  const townWord = useWords(townWords)
  const refusalWord = useRefusal()
  const [language] = useLanguage()
  const [ask, setAsk] = useState<PersonForm>(() => firstAsk(person, parties))
  const [isTried, setTried] = useState(false)
  const [isPending, setPending] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)
  const change = (part: Partial<PersonForm>) => setAsk((before) => ({ ...before, ...part }))
  const isNameMissing = ask.name.trim() === ''

  const save = async () => {
    setTried(true)
    if (isNameMissing || !isFigure(ask.households) || !isFigure(ask.weight)) return
    setPending(true)
    const answer = await post(person === null ? paths.roster : personPath(person.personId), {
      ...ask,
      households: Number(ask.households),
      weight: Number(ask.weight),
    })
    setPending(false)
    if (!answer.ok) return setTrouble(refusalWord(answer.refusal))
    toast(word(person === null ? 'added' : 'changed', { name: ask.name.trim() }), { tone: 'good' })
    onDone()
    onClose()
  }

  const hasPhone = person !== null && person.phone !== ''
  return (
    <AskDialog
      title={word(person === null ? 'addPerson' : 'editPersonTitle')}
      onClose={onClose}
      confirmLabel={person === null ? word('addPerson') : townWord('save')}
      onConfirm={() => void save()}
      isPending={isPending}
    >
      {trouble === null ? null : <Banner tone="warn">{trouble}</Banner>}
      <TextField
        label={word('name')}
        value={ask.name}
        onChange={(name) => change({ name })}
        error={isTried && isNameMissing ? townWord('errorRequired') : null}
        charsMax={limits.nameCharsMax}
        isRequired
        autoFocus
      />
      <RadioGroup
        label={word('party')}
        value={ask.partyId}
        onChange={(partyId) => change({ partyId })}
        options={parties.map((party) => ({ id: party.partyId, label: pick(party.name, language) }))}
      />
      <TextField
        label={word('bodyRole')}
        description={word('bodyRoleHint')}
        value={ask.bodyRole}
        onChange={(bodyRole) => change({ bodyRole })}
        charsMax={limits.nameCharsMax}
      />
      <TextField
        label={word('household')}
        description={word('householdHint')}
        value={ask.household}
        onChange={(household) => change({ household })}
        charsMax={limits.nameCharsMax}
      />
      {(['households', 'weight'] as const).map((field) => (
        <TextField
          key={field}
          label={word(field)}
          type="number"
          description={word(`${field}Hint`)}
          value={ask[field]}
          onChange={(figure) => change({ [field]: figure })}
          error={isTried && !isFigure(ask[field]) ? word('figureWrong', { max: limits.seatWeightMax }) : null}
        />
      ))}
      <TextField
        label={word('phone')}
        type="tel"
        description={hasPhone ? word('phoneKeepHint') : word('phoneHint')}
        value={ask.phone}
        onChange={(phone) => change({ phone })}
        charsMax={20}
        autoComplete="off"
      />
    </AskDialog>
  )
}
