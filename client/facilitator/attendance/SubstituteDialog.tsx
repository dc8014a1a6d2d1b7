// Somebody of the same household sits in for the one a seat was made for.
import { useEffect, useState } from 'react'
import type { HouseholdView } from '../../../shared/wire/http.ts'
import { AskDialog } from '../../kit/AskDialog.tsx'
import { RadioGroup } from '../../kit/RadioGroup.tsx'
import { toast } from '../../kit/Toasts.tsx'
import { get } from '../../link/api.ts'
import { papersWords } from '../../words/facilitatorPapers.ts'
import { useRefusal } from '../../words/refusals.ts'
import { useWords } from '../../words/words.ts'
import { useMeetingParts, useSeatName } from '../cockpit.ts'
import { closeDialog } from '../dialogs.ts'
import { Trouble } from '../Trouble.tsx'
import { useOrder } from '../useOrder.ts'

type Mates = HouseholdView['people'] | 'loading' | { readonly trouble: string }

const useHousehold = (seatId: string): Mates => {
  const { meetingId } = useMeetingParts('meetingId')
  const refusal = useRefusal()
  const [mates, setMates] = useState<Mates>('loading')
  useEffect(() => {
    let isCurrent = true
    void get<HouseholdView>(`/api/meetings/${meetingId}/seats/${seatId}/household`).then((answer) => {
      if (isCurrent) setMates(answer.ok ? answer.value.people : { trouble: refusal(answer.refusal) })
    })
    return () => {
      isCurrent = false
    }
  }, [meetingId, seatId, refusal])
  return mates
}

export const SubstituteDialog = ({ seatId }: { seatId: string }) => {
  const word = useWords(papersWords)
  const seatName = useSeatName()
  const { order, pending, trouble } = useOrder()
  const [personId, setPersonId] = useState<string | null>(null)
  const mates = useHousehold(seatId)
  const people = Array.isArray(mates) ? mates : []
  const substitute = async () => {
    if (personId === null) return
    if (!(await order({ type: 'substitute', seatId, personId }))) return
    const name = people.find((one) => one.personId === personId)?.name ?? ''
    toast(word('substituteDone', { name }), { tone: 'good' })
    closeDialog()
  }
  return (
    <AskDialog
      title={word('substituteTitle', { name: seatName(seatId) })}
      onClose={closeDialog}
      confirmLabel={word('substituteAction')}
      onConfirm={() => void substitute()}
      isPending={pending}
      isDisabled={personId === null}
    >
      <p>{word('substituteHint')}</p>
      {mates === 'loading' ? <p>{word('loading')}</p> : null}
      {'trouble' in Object(mates) ? <Trouble>{(mates as { trouble: string }).trouble}</Trouble> : null}
      {Array.isArray(mates) && people.length === 0 ? <p>{word('substituteNone')}</p> : null}
      {people.length > 0 ? (
        <RadioGroup
          label={word('substitute')}
          hidesLabel
          value={personId}
          onChange={setPersonId}
          options={people.map((person) => ({ id: person.personId, label: person.name }))}
        />
      ) : null}
      <Trouble>{trouble}</Trouble>
    </AskDialog>
  )
}
