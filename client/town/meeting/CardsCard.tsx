// Making seat cards: for every seat, or again for some.
import { useState } from 'react'
import type { MeetingState } from '../../../shared/meeting/state.ts'
import { Button } from '../../kit/Button.tsx'
import { Card } from '../../kit/Card.tsx'
import { Confirm } from '../../kit/Confirm.tsx'
import { EmptyState } from '../../kit/EmptyState.tsx'
import { RadioGroup } from '../../kit/RadioGroup.tsx'
import { toast } from '../../kit/Toasts.tsx'
import { useRefusal } from '../../words/refusals.ts'
import { meetingWords } from '../../words/townMeeting.ts'
import { useWords } from '../../words/words.ts'
import { makeCards } from '../calls.ts'
import town from '../Town.module.css'
import type { Cards } from './MeetingPage.tsx'
import { SeatChooser } from './SeatChooser.tsx'

export const CardsCard = ({ state, onCards }: { state: MeetingState; onCards: (cards: Cards) => void }) => {
  const word = useWords(meetingWords)
  const refusalWord = useRefusal()
  const [whose, setWhose] = useState<'all' | 'chosen'>('all')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [isAsking, setAsking] = useState(false)
  const [isPending, setPending] = useState(false)
  const members = Object.values(state.seats).filter(({ role }) => role === 'member').length
  const count = whose === 'all' ? members : chosen.size

  const make = async () => {
    setAsking(false)
    setPending(true)
    const answer = await makeCards(state.meetingId, whose === 'all' ? null : [...chosen])
    setPending(false)
    if (answer.ok) onCards(answer.value.cards)
    else toast(refusalWord(answer.refusal), { tone: 'warn' })
  }

  if (members === 0)
    return (
      <Card title={word('cards')}>
        <EmptyState title={word('noSeatsTitle')} hint={word('noSeatsHint')} />
      </Card>
    )
  return (
    <Card title={word('cards')}>
      <p className={town.soft}>{word('cardsLead')}</p>
      <RadioGroup
        label={word('cardsFor')}
        value={whose}
        onChange={(id) => setWhose(id === 'chosen' ? 'chosen' : 'all')}
        options={[
          { id: 'all', label: word('cardsForAll') },
          { id: 'chosen', label: word('cardsForChosen') },
        ]}
      />
      {whose === 'chosen' ? <SeatChooser state={state} chosen={chosen} onChange={setChosen} /> : null}
      <div className={town.row}>
        <Button
          // before the day the cards come first, once people arrive the cockpit does
          kind={state.phase === 'convened' ? 'primary' : 'plain'}
          isPending={isPending}
          isDisabled={count === 0}
          onPress={() => setAsking(true)}
        >
          {word(whose === 'all' ? 'cardsMakeAll' : 'cardsMakeChosen', { count })}
        </Button>
      </div>
      <Confirm
        title={word(whose === 'all' ? 'cardsMakeAll' : 'cardsMakeChosen', { count })}
        body={word('cardsAgainBody')}
        confirmLabel={word('cardsMake')}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => void make()}
      />
    </Card>
  )
}
