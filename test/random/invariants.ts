// What holds of a meeting after every event, whoever ordered what.
import { isBlank } from '../../shared/counting/ballot.ts'
import { scene } from '../../shared/meeting/commands.ts'
import type { MeetingState, Poll } from '../../shared/meeting/state.ts'
import { agendaTree, currentItem, nextItem } from '../../shared/views/agendaTree.ts'
import { attendance } from '../../shared/views/attendance.ts'
import { partyTimes } from '../../shared/views/floorTime.ts'
import { shownPoll } from '../../shared/views/polls.ts'
import { sceneOf } from '../../shared/views/sceneOf.ts'
import { speakingOrder } from '../../shared/views/speakingOrder.ts'
import { checkAmendments } from '../amendments/randomAmendments.ts'

const holds = (claim: string, isTrue: boolean): void => {
  if (!isTrue) throw new Error(`does not hold: ${claim}`)
}

const isPresent = (state: MeetingState, seatId: string): boolean =>
  state.attendance[seatId]?.status === 'present'

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && new Set([...a, ...b]).size === a.length

const checkAttendance = (state: MeetingState): void => {
  const view = attendance(state)
  holds('present ≤ due', view.present <= view.due)
  for (const party of view.parties) holds('present ≤ due in each party', party.present <= party.due)
  holds('every seat has an attendance', sameSet(Object.keys(state.seats), Object.keys(state.attendance)))
  for (const seat of Object.values(state.seats)) {
    const known = seat.partyId !== null && state.parties.some(({ partyId }) => partyId === seat.partyId)
    holds('an observer has no party and a member has one', seat.role === 'observer' ? !known : known)
  }
}

const checkFloor = (state: MeetingState, now: number): void => {
  const { hands, arranged, speech, spoken } = state.floor
  const raised = hands.map(({ seatId }) => seatId)
  holds('one hand a seat', new Set(raised).size === raised.length)
  holds(
    'no hand of an absent seat',
    raised.every((seatId) => isPresent(state, seatId)),
  )
  holds(
    'the arranged have raised their hand',
    arranged.every((seatId) => raised.includes(seatId)),
  )
  const order = speakingOrder(state).map(({ seatId }) => seatId)
  holds('the speaking order is a permutation of the hands', sameSet(order, raised))
  holds('the speaker is present', speech === null || isPresent(state, speech.seatId))
  holds('hands and speech only in session', state.phase === 'inSession' || (!speech && raised.length === 0))
  for (const { ms, turns } of Object.values(spoken)) holds('speaking time ≥ 0', ms >= 0 && turns > 0)
  for (const { ms } of partyTimes(state, now)) holds('a party’s time ≥ 0', ms >= 0)
}

const checkAgenda = (state: MeetingState): void => {
  const { agenda, currentItemId } = state
  const tree = agendaTree(state).flatMap(({ item, children }) => [
    item,
    ...children.map((child) => child.item),
  ])
  holds('items stand right behind their parent', sameOrder(tree, agenda))
  const current = agenda.filter(({ status }) => status === 'current').map(({ itemId }) => itemId)
  holds('one item is current', sameSet(current, currentItemId === null ? [] : [currentItemId]))
  holds('the current item is on the agenda', (currentItem(state)?.itemId ?? null) === currentItemId)
  holds('the next item is not the current one', nextItem(state)?.itemId !== (currentItemId ?? ''))
  for (const item of agenda) {
    holds('time spent ≥ 0', item.spentMs >= 0)
    holds('only the current item’s clock runs', item.startedAt === null || item.status === 'current')
    for (const seatId of Object.keys(item.recused)) holds('the recused have a seat', !!state.seats[seatId])
  }
}

const sameOrder = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((one, i) => one === b[i])

/** Each seat once, over devices, the clerk and counted hands. */
const checkCount = (poll: Poll): void => {
  const voters = poll.ballots.map(({ seatId }) => seatId)
  const electors = poll.electors.map(({ seatId }) => seatId)
  holds('one ballot a seat', new Set(voters).size === voters.length)
  holds(
    'only electors vote',
    voters.every((seatId) => electors.includes(seatId)),
  )
  const hands = poll.hands.flatMap(({ counts }) => Object.values(counts)).reduce((sum, n) => sum + n, 0)
  const papers = poll.papers.reduce((sum, { box }) => sum + box, 0)
  holds('no more ballots, hands and papers than electors', voters.length + hands + papers <= electors.length)
  for (const { partyId } of poll.roll) {
    const due = poll.electors.filter((elector) => elector.partyId === partyId).length
    const ballots = poll.electors.filter(
      (elector) => elector.partyId === partyId && voters.includes(elector.seatId),
    ).length
    const counted = poll.hands.filter((one) => one.partyId === partyId)
    const raised = counted.flatMap(({ counts }) => Object.values(counts)).reduce((sum, n) => sum + n, 0)
    const inBox = poll.papers.find((one) => one.partyId === partyId)?.box ?? 0
    holds('no more than its electors in a party', ballots + raised + inBox <= due)
  }
  if (poll.method.kind === 'yesNo' && poll.result) {
    const { totals } = poll.result
    const sum = Object.values(totals).reduce((all, n) => all + n, 0)
    const blank = poll.ballots.filter(({ choice }) => isBlank(choice)).length
    const marked = poll.papers.flatMap(({ lines }) => lines).reduce((all, { count }) => all + count, 0)
    const extra = poll.ballots
      .filter(({ choice }) => !isBlank(choice))
      .reduce((all, { seatId }) => all + weightOf(poll, seatId) - 1, 0)
    holds('the totals are what was cast', sum === voters.length - blank + hands + marked + extra)
  }
}

const weightOf = (poll: Poll, seatId: string): number =>
  poll.electors.find((elector) => elector.seatId === seatId)?.weight ?? 1

const checkPolls = (state: MeetingState): void => {
  const polls = Object.values(state.polls)
  const open = polls.filter(({ status }) => status === 'open')
  holds('at most one poll is open', open.length <= 1)
  holds('a poll is open only in session', open.length === 0 || state.phase === 'inSession')
  holds('polls are listed once', sameSet(state.pollOrder, Object.keys(state.polls)))
  for (const poll of polls) {
    holds(
      'a poll’s item stays',
      state.agenda.some(({ itemId }) => itemId === poll.itemId),
    )
    holds('a result follows closing', (poll.status === 'closed') === (poll.result !== null))
    holds('the recused do not vote', !poll.electors.some(({ seatId }) => poll.recused.includes(seatId)))
    holds('the quorum was met', poll.quorum.met)
    checkCount(poll)
  }
}

const checkStage = (state: MeetingState): void => {
  const shown = sceneOf(state)
  holds('the scene is one of the scenes', scene.safeParse(shown).success)
  holds(
    'a result is shown only of a closed poll',
    shown !== 'result' || shownPoll(state)?.status === 'closed',
  )
}

export const checkMeeting = (state: MeetingState, now: number): void => {
  checkAttendance(state)
  checkFloor(state, now)
  checkAgenda(state)
  checkAmendments(state)
  checkPolls(state)
  checkStage(state)
}
