// Polls: opened on an agenda item with its frozen text and a quorum, closed with one counted result.
// Ballots themselves go to the urn and never contend here; checkBallotFor says which the urn may take.
import { checkBallot } from '../counting/ballot.ts'
import { yesNoOptions } from '../counting/method.ts'
import { limits } from '../kernel/limits.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { checkQuorum } from '../rules/judge.ts'
import { countsMoreThanSeats } from '../rules/pollable.ts'
import type { CommandOf } from './commands.ts'
import {
  type Actor,
  actsForOther,
  type Context,
  type Deciders,
  type Decision,
  decided,
  type Evolvers,
  isPresent,
  isStaff,
  notInSession,
  refused,
} from './deciding.ts'
import { countPoll } from './pollCount.ts'
import type { Elector, MeetingState, Poll } from './state.ts'

export const pollDeciders: Deciders<'openPoll' | 'closePoll' | 'cancelPoll' | 'castBallot' | 'countHands'> = {
  openPoll: (state, command, context) => decideOpening(state, command, context),
  closePoll: (state, { pollId }, { facts }) => {
    const poll = state.polls[pollId]
    if (!poll) return refused('pollUnknown')
    if (poll.status !== 'open') return refused('pollClosed')
    if (!facts.urn) throw new Error('a poll is closed only with the contents of its sealed urn')
    const result = countPoll(state, poll, facts.urn)
    return decided({ type: 'pollClosed', pollId, result, ...facts.urn })
  },
  cancelPoll: (state, { pollId, reason }) => {
    const poll = state.polls[pollId]
    if (!poll) return refused('pollUnknown')
    if (poll.status !== 'open') return refused('pollClosed')
    return decided({ type: 'pollCancelled', pollId, reason })
  },
  /**
   * Reached only when the urn would not take the ballot because the poll is over, or sealed and about to be. What comes
   * after closing is put on record.
   */
  castBallot: (state, { pollId, seatId }, { by }) => {
    const poll = state.polls[pollId]
    if (!poll) return refused('pollUnknown')
    const voter = seatId ?? by.seatId
    if (poll.status === 'open') return refused('pollClosed')
    if (voter === null || !state.seats[voter]) return refused('pollClosed')
    if ((poll.late[voter] ?? 0) >= limits.lateBallotsRecordedPerSeatMax) return refused('pollClosed')
    return refused('pollClosed', undefined, [
      { type: 'ballotRefused', pollId, seatId: voter, reason: 'pollClosed' },
    ])
  },
  countHands: () => refused('pollClosed'),
}

const decideOpening = (state: MeetingState, command: CommandOf<'openPoll'>, context: Context): Decision => {
  const closed = notInSession(state)
  if (closed) return refused(closed)
  const item = state.agenda.find((one) => one.itemId === command.itemId)
  if (!item) return refused('itemUnknown')
  if (Object.values(state.polls).some((poll) => poll.status === 'open')) return refused('pollAlreadyOpen')
  if (state.pollOrder.length >= limits.pollsPerMeetingMax) {
    return refused('tooMany', { max: limits.pollsPerMeetingMax })
  }
  const preset = command.presetCode === undefined ? state.preset : context.presetByCode(command.presetCode)
  if (!preset) return refused('presetUnknown', { code: command.presetCode ?? '' })
  if (command.secrecy === 'secret' || preset.recordOnly) return refused('secretByDevice')
  if (countsMoreThanSeats(preset)) return refused('presetNeedsFigures')
  const odd = checkOptions(command)
  if (odd) return odd
  if (!context.facts.text) return refused('textMissing')

  const present = membersPresent(state)
  const recusedIds = present.filter((seat) => item.recused[seat.seatId]).map((seat) => seat.seatId)
  const roll = rollOf(state, recusedIds)
  const quorum = checkQuorum(preset, { parties: roll })
  if (!quorum.met) {
    return refused('quorumNotMet', { have: quorum.have, need: quorum.need, short: quorum.short })
  }
  return decided({
    type: 'pollOpened',
    pollId: context.newId('poll'),
    itemId: item.itemId,
    question: command.question,
    method: command.method,
    options: command.options,
    preset,
    secrecy: command.secrecy,
    show: command.show,
    changeable: preset.ballotChange && (command.changeable ?? true),
    text: context.facts.text,
    quorum,
    electors: present.filter((seat) => !recusedIds.includes(seat.seatId)),
    recused: recusedIds,
    roll,
  })
}

const checkOptions = ({ method, options }: CommandOf<'openPoll'>): Decision | undefined => {
  if (method.kind === 'yesNo') return options.length > 0 ? refused('optionUnknown') : undefined
  if (options.length === 0) return refused('noOptions')
  if (new Set(options.map((option) => option.optionId)).size !== options.length) return refused('malformed')
  return method.kind === 'chooseUpTo' && method.max > options.length ? refused('tooManyChoices') : undefined
}

const membersPresent = (state: MeetingState): Elector[] =>
  Object.values(state.seats).flatMap(({ seatId, partyId, role }) =>
    role === 'member' && partyId !== null && isPresent(state, seatId)
      ? [{ seatId, partyId, channel: state.attendance[seatId]?.channel ?? 'device' }]
      : [],
  )

const rollOf = (state: MeetingState, recused: readonly string[]): Poll['roll'] =>
  state.parties.map(({ partyId }) => {
    const seats = Object.values(state.seats).filter(
      (seat) => seat.partyId === partyId && seat.role === 'member',
    )
    return {
      partyId,
      due: seats.length,
      present: seats.filter((seat) => isPresent(state, seat.seatId)).length,
      recused: seats.filter((seat) => recused.includes(seat.seatId)).length,
    }
  })

export const optionIds = (poll: Poll): readonly string[] =>
  poll.method.kind === 'yesNo' ? yesNoOptions : poll.options.map((option) => option.optionId)

/**
 * Who casts, for which seat and through which channel, checked against the state. The urn then checks again what
 * may have changed meanwhile (still open, not yet cast), in the transaction that stores the ballot.
 */
export const checkBallotFor = (
  state: MeetingState,
  command: CommandOf<'castBallot'>,
  by: Actor,
): Result<{ poll: Poll; elector: Elector; source: 'device' | 'clerk' }> => {
  const poll = state.polls[command.pollId]
  if (!poll) return refuse('pollUnknown')
  if (poll.status !== 'open') return refuse('pollClosed')
  const onBehalf = actsForOther(command.seatId, by)
  if (onBehalf && !isStaff(by.role)) return refuse('notAllowed')
  const seatId = command.seatId ?? by.seatId
  if (seatId === null) return refuse('seatUnknown')
  const seat = state.seats[seatId]
  if (!seat) return refuse('seatUnknown')
  if (seat.role === 'observer') return refuse('observerCannot')
  if (poll.recused.includes(seatId)) return refuse('recused')
  const elector = poll.electors.find((one) => one.seatId === seatId)
  if (!elector) return refuse('notAnElector')
  const fits = checkBallot(poll.method, optionIds(poll), command.choice)
  if (!fits.ok) return fits
  return accept({ poll, elector, source: onBehalf ? 'clerk' : 'device' })
}

/** Hands are counted for a party's electors whose channel is the clerk; only for yes, no and abstain. */
export const checkHandsFor = (
  state: MeetingState,
  command: CommandOf<'countHands'>,
): Result<{ poll: Poll; hands: number }> => {
  const poll = state.polls[command.pollId]
  if (!poll) return refuse('pollUnknown')
  if (poll.status !== 'open') return refuse('pollClosed')
  if (!state.parties.some((party) => party.partyId === command.partyId)) return refuse('partyUnknown')
  const known = optionIds(poll)
  if (poll.method.kind !== 'yesNo' && poll.method.kind !== 'chooseOne') return refuse('otherSource')
  if (Object.keys(command.counts).some((option) => !known.includes(option))) return refuse('optionUnknown')
  return accept({ poll, hands: Object.values(command.counts).reduce((sum, count) => sum + count, 0) })
}

const onPoll = (state: MeetingState, pollId: string, change: (poll: Poll) => Partial<Poll>): MeetingState => {
  const poll = state.polls[pollId]
  if (!poll) return state
  return { ...state, polls: { ...state.polls, [pollId]: { ...poll, ...change(poll) } } }
}

export const pollEvolvers: Evolvers<'pollOpened' | 'pollClosed' | 'pollCancelled' | 'ballotRefused'> = {
  pollOpened: (state, { type: _, ...opened }, { at, by }) => ({
    ...state,
    polls: {
      ...state.polls,
      [opened.pollId]: {
        ...opened,
        openedAt: at,
        openedBy: by,
        closedAt: null,
        status: 'open',
        result: null,
        ballots: [],
        hands: [],
        late: {},
      },
    },
    pollOrder: [...state.pollOrder, opened.pollId],
    stage: { ...state.stage, scene: null, since: at, showsResult: false },
  }),
  pollClosed: (state, { pollId, result, ballots, hands }, { at }) => ({
    ...onPoll(state, pollId, () => ({ status: 'closed', closedAt: at, result, ballots, hands })),
    stage: { scene: null, since: at, shownPollId: pollId, showsResult: true },
  }),
  pollCancelled: (state, { pollId, reason }, { at }) => ({
    ...onPoll(state, pollId, () => ({ status: 'cancelled', closedAt: at, cancelReason: reason })),
    stage: { ...state.stage, scene: null, since: at },
  }),
  ballotRefused: (state, { pollId, seatId }) =>
    onPoll(state, pollId, ({ late }) => ({ late: { ...late, [seatId]: (late[seatId] ?? 0) + 1 } })),
}
