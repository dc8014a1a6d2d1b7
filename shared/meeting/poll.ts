// Polls: opened on an agenda item with its frozen text and a quorum, closed with one counted result.
// Ballots themselves go to the urn and never contend here; pollChecks.ts says which the urn may take.
import { limits } from '../kernel/limits.ts'
import type { CommandOf } from './commands.ts'
import { type Deciders, type Decision, decided, type Evolvers, refused } from './deciding.ts'
import { countPoll } from './pollCount.ts'
import { decideOpening } from './pollOpening.ts'
import type { MeetingState, Poll } from './state.ts'

export const pollDeciders: Deciders<
  | 'openPoll'
  | 'closePoll'
  | 'cancelPoll'
  | 'breakTie'
  | 'castBallot'
  | 'countHands'
  | 'enterPaper'
  | 'discardPaper'
> = {
  openPoll: decideOpening,
  closePoll: (state, { pollId }, { facts }) => {
    const poll = state.polls[pollId]
    if (!poll) return refused('pollUnknown')
    if (poll.status !== 'open') return refused('pollClosed')
    if (!facts.urn) throw new Error('a poll is closed only with the contents of its sealed urn')
    if (facts.urn === 'unsettled') return refused('paperUnsettled')
    const { ballots, hands, papers = [] } = facts.urn
    const result = countPoll(state, poll, facts.urn)
    const kept = papers.length === 0 ? {} : { papers }
    return decided({ type: 'pollClosed', pollId, result, ballots, hands, ...kept })
  },
  cancelPoll: (state, { pollId, reason }) => {
    const poll = state.polls[pollId]
    if (!poll) return refused('pollUnknown')
    if (poll.status !== 'open') return refused('pollClosed')
    return decided({ type: 'pollCancelled', pollId, reason })
  },
  breakTie: (state, command) => decideTie(state, command),
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
  enterPaper: () => refused('pollClosed'),
  discardPaper: () => refused('pollClosed'),
}

/** A tie that the rule leaves to the chair: of those who tied, as many win as there are places left. */
const decideTie = (state: MeetingState, { pollId, winners }: CommandOf<'breakTie'>): Decision => {
  const poll = state.polls[pollId]
  if (!poll) return refused('pollUnknown')
  const { result } = poll
  if (result?.outcome !== 'tied' || poll.preset.ties !== 'chair' || poll.broken) {
    return refused('noTie')
  }
  const tied = poll.method.kind === 'yesNo' ? ['yes', 'no'] : (result.tied ?? [])
  const places = poll.method.kind === 'yesNo' ? 1 : (poll.winners ?? 1) - result.winners.length
  if (winners.some((id) => !tied.includes(id)) || new Set(winners).size !== winners.length) {
    return refused('optionUnknown')
  }
  if (winners.length !== Math.min(places, tied.length)) return refused('tooManyChoices', { max: places })
  return decided({ type: 'tieBroken', pollId, winners })
}

const onPoll = (state: MeetingState, pollId: string, change: (poll: Poll) => Partial<Poll>): MeetingState => {
  const poll = state.polls[pollId]
  if (!poll) return state
  return { ...state, polls: { ...state.polls, [pollId]: { ...poll, ...change(poll) } } }
}

export const pollEvolvers: Evolvers<
  'pollOpened' | 'pollClosed' | 'pollCancelled' | 'tieBroken' | 'ballotRefused'
> = {
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
        papers: [],
        late: {},
      },
    },
    pollOrder: [...state.pollOrder, opened.pollId],
    stage: { ...state.stage, scene: null, since: at, showsResult: false },
  }),
  pollClosed: (state, { pollId, result, ballots, hands, papers = [] }, { at }) => ({
    ...onPoll(state, pollId, () => ({ status: 'closed', closedAt: at, result, ballots, hands, papers })),
    stage: { scene: null, since: at, shownPollId: pollId, showsResult: true },
  }),
  pollCancelled: (state, { pollId, reason }, { at }) => ({
    ...onPoll(state, pollId, () => ({ status: 'cancelled', closedAt: at, cancelReason: reason })),
    stage: { ...state.stage, scene: null, since: at },
  }),
  tieBroken: (state, { pollId, winners }, { at, by }) => ({
    ...onPoll(state, pollId, () => ({ broken: { winners, by, at } })),
    stage: { scene: null, since: at, shownPollId: pollId, showsResult: true },
  }),
  ballotRefused: (state, { pollId, seatId }) =>
    onPoll(state, pollId, ({ late }) => ({ late: { ...late, [seatId]: (late[seatId] ?? 0) + 1 } })),
}
