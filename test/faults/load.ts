// A meeting under load: what a seat and a facilitator do next, from the state they see and from dice.
import type { Command } from '../../shared/meeting/commands.ts'
import { openPoll } from '../../shared/views/polls.ts'
import type { Dice } from '../random/dice.ts'
import type { Person } from './person.ts'

const agendaItemsMost = 30
const ordersPerPollMost = 25

export const seatOrder = ({ state, seatId }: Person, dice: Dice): Command => {
  const id = seatId ?? ''
  if (state.attendance[id]?.status !== 'present') return { type: 'checkIn' }
  const poll = openPoll(state)
  const throwOf = dice.below(20)
  if (throwOf === 0) return { type: 'leave' }
  if (throwOf < 12 && poll) {
    return { type: 'castBallot', pollId: poll.pollId, choice: { choice: dice.of('yes', 'no', 'abstain') } }
  }
  // Now and then a ballot for a poll that is over, which must be refused and may be recorded as refused.
  const over = dice.pick(state.pollOrder)
  if (throwOf === 12 && over) return { type: 'castBallot', pollId: over, choice: { choice: 'yes' } }
  const raised = state.floor.hands.some((hand) => hand.seatId === id)
  return raised ? { type: 'lowerHand' } : { type: 'raiseHand', kind: dice.of('speak', 'answer') }
}

/** Opens a poll, lets it run for some orders, closes it, moves on. */
export const makeChair = (dice: Dice): ((chair: Person) => Command) => {
  let left = 0
  const quieter = (chair: Person): Command =>
    dice.of<Command>(
      { type: 'setScene', scene: dice.of(null, 'agenda', 'text', 'speaker') },
      { type: 'giveFloor', seconds: 60 },
      { type: 'endSpeech' },
      { type: 'lowerAllHands' },
      chair.state.agenda.length < agendaItemsMost
        ? { type: 'addAgendaItem', title: '再议', parentId: null, minutes: 5, matterId: null }
        : { type: 'endSpeech' },
    )
  return (chair) => {
    const { state } = chair
    const poll = openPoll(state)
    left -= 1
    if (poll) return left <= 0 ? { type: 'closePoll', pollId: poll.pollId } : quieter(chair)
    if (dice.oneIn(3)) {
      return { type: 'moveAgendaTo', itemId: dice.pick(state.agenda)?.itemId ?? state.currentItemId ?? '' }
    }
    left = 2 + dice.below(ordersPerPollMost)
    return {
      type: 'openPoll',
      itemId: state.currentItemId ?? '',
      question: '是否同意?',
      method: { kind: 'yesNo' },
      options: [],
      secrecy: 'named',
      show: 'hidden',
    }
  }
}
