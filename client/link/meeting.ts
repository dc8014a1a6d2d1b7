// Owns the meeting this page is in: one store that every face reads, fed by one connection.
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Command } from '../../shared/meeting/commands.ts'
import type { MeetingState } from '../../shared/meeting/state.ts'
import type {
  Answer,
  Desk,
  Done,
  Me,
  MyBallot,
  Names,
  Presence,
  Tally,
  Welcome,
} from '../../shared/wire/live.ts'
import { type Connection, type EndedCode, type Status, statusOf } from './connection.ts'
import { tellDraftNews } from './draftNews.ts'
import { type LiveLink, openLiveLink } from './liveLink.ts'
import type { AnsweredOrder, PendingOrder, TextStorage } from './orders.ts'
import { type Outbox, openOutbox } from './outbox.ts'
import { type MakeSocket, makeSocket } from './socket.ts'
import { watchWaking } from './waking.ts'

export interface MeetingView {
  readonly meetingId: string | null
  readonly status: Status
  /** Why `status` is `ended`. */
  readonly endedCode: EndedCode | null
  readonly me: Me | null
  readonly state: MeetingState | null
  readonly seq: number
  readonly names: Names
  readonly presence: Presence
  readonly tally: Tally | null
  readonly desk: Desk | null
  /** The own seat's ballots, and those of seats whose proxy it holds, as the hall acknowledged them. */
  readonly myBallots: readonly MyBallot[]
  /** Orders given and not yet answered. */
  readonly orders: readonly PendingOrder[]
  readonly pending: number
  /** The last answers, newest last, also to orders of an earlier life of this page. */
  readonly answered: readonly AnsweredOrder[]
  readonly serverNow: () => number
}

const answeredMax = 20

const blank = {
  meetingId: null,
  status: 'connecting',
  endedCode: null,
  me: null,
  state: null,
  seq: 0,
  names: {},
  presence: { seats: [], screens: 0 },
  tally: null,
  desk: null,
  myBallots: [],
  orders: [],
  pending: 0,
  answered: [],
  serverNow: Date.now,
} as const satisfies MeetingView

const isOpen = (state: MeetingState | null, pollId: string): boolean =>
  state?.polls[pollId]?.status === 'open'

/** A ballot that this seat cast: its own, or one by a proxy that it held in the poll. */
const isMine = (state: MeetingState | null, seatId: string | null, it: Pick<MyBallot, 'pollId' | 'seatId'>) =>
  seatId !== null &&
  (it.seatId === seatId ||
    state?.polls[it.pollId]?.electors.find((one) => one.seatId === it.seatId)?.heldBy === seatId)

const isSame = (one: Pick<MyBallot, 'pollId' | 'seatId'>, other: Pick<MyBallot, 'pollId' | 'seatId'>) =>
  one.pollId === other.pollId && one.seatId === other.seatId

/** Ballots that the hall tells of, and those known from before in polls that are over. */
const mergedBallots = (
  known: readonly MyBallot[],
  { state, me, myBallots }: Pick<MeetingView, 'state' | 'me' | 'myBallots'>,
): readonly MyBallot[] => [
  ...known.filter(
    (it) =>
      isMine(state, me?.seatId ?? null, it) &&
      !isOpen(state, it.pollId) &&
      !myBallots.some((told) => isSame(it, told)),
  ),
  ...myBallots,
]

const withBallot = ({ myBallots, state, me }: MeetingView, { order, answer }: AnsweredOrder) => {
  const { command } = order
  if (command.type !== 'castBallot' || !answer.ok || answer.value.receipt === undefined) return myBallots
  const { receipt } = answer.value
  if (!isMine(state, me?.seatId ?? null, receipt)) return myBallots
  return [...myBallots.filter((it) => !isSame(it, receipt)), { ...receipt, choice: command.choice }]
}

export interface MeetingLink {
  readonly store: StoreApi<MeetingView>
  send(command: Command): Promise<Answer<Done>>
  wake(hiddenMs: number): void
  close(): void
}

/** A connection with its store; faces use `openMeeting`, tests bring their own socket and storage. */
export const linkMeeting = (
  meetingId: string,
  parts: { makeSocket: MakeSocket; storage: TextStorage | null; store?: MeetingLink['store'] },
): MeetingLink => {
  const store = parts.store ?? createStore<MeetingView>(() => blank)
  const { setState, getState } = store
  setState({ ...blank, meetingId }, true)

  const outbox: Outbox = openOutbox({
    meetingId,
    storage: parts.storage,
    order: (commandId, command) => link.order(commandId, command),
    now: Date.now,
    changed: (orders) => setState({ orders, pending: orders.length }),
    answered: (it) =>
      setState((view) => ({
        answered: [...view.answered, it].slice(-answeredMax),
        myBallots: withBallot(view, it),
      })),
  })

  const changed = (connection: Connection): void => {
    const status = statusOf(connection)
    const state = connection.followed?.state ?? null
    setState((view) => ({
      status,
      endedCode: connection.endedCode,
      state,
      seq: connection.followed?.seq ?? 0,
      tally: view.tally !== null && isOpen(state, view.tally.pollId) ? view.tally : null,
    }))
    if (connection.phase === 'live') {
      const { me } = getState()
      if (me !== null) outbox.resume(me.actorId)
    } else if (status !== 'live') outbox.hold()
  }

  const welcomed = (welcome: Welcome, offsetMs: number): void =>
    setState((view) => ({
      me: welcome.me,
      names: welcome.names,
      presence: welcome.presence,
      tally: welcome.tally,
      myBallots: mergedBallots(view.myBallots, welcome),
      serverNow: () => Date.now() + offsetMs,
    }))

  const link: LiveLink = openLiveLink(
    meetingId,
    {
      changed,
      welcomed,
      tally: (tally) => setState({ tally }),
      myBallots: (myBallots) =>
        setState((view) => ({ myBallots: mergedBallots(view.myBallots, { ...view, myBallots }) })),
      presence: (presence) => setState({ presence }),
      names: (names) => setState({ names }),
      desk: (desk) => setState({ desk }),
      draftNews: tellDraftNews,
    },
    parts.makeSocket,
  )

  return {
    store,
    send: (command) => {
      const { me } = getState()
      // Before the hall has said who this is, no order can be given in anybody's name.
      if (me === null) return Promise.resolve({ ok: false, refusal: { code: 'unreachable' } })
      return outbox.give(command, me.actorId)
    },
    wake: link.wake,
    close: () => {
      outbox.close()
      link.close()
    },
  }
}

const pageStore = createStore<MeetingView>(() => blank)
let page: { readonly link: MeetingLink; readonly unwatch: () => void } | null = null

const tabStorage = (): TextStorage | null => {
  try {
    return window.sessionStorage
  } catch {
    return null
  }
}

/** Enters a meeting; an open one is left first. Entering the same again does nothing unless it has ended. */
export const openMeeting = (meetingId: string): void => {
  const { meetingId: current, status } = pageStore.getState()
  if (page !== null && current === meetingId && status !== 'ended') return
  closeMeeting()
  const link = linkMeeting(meetingId, { makeSocket, storage: tabStorage(), store: pageStore })
  page = { link, unwatch: watchWaking(link.wake) }
}

export const closeMeeting = (): void => {
  page?.unwatch()
  page?.link.close()
  page = null
  pageStore.setState(blank, true)
}

export const pageLink = (): MeetingLink | null => page?.link ?? null

export const useMeeting = <T>(selector: (view: MeetingView) => T): T => useStore(pageStore, selector)
