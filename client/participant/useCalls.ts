// Owns calling the participant: the phone shakes when a poll opens, when they are next and when they have the floor;
// who was writing learns where the words are; and what happened to their own hand or to an order of an earlier life of the page is said in passing.
import { useEffect, useRef } from 'react'
import type { MeetingState } from '../../shared/meeting/state.ts'
import { openPoll } from '../../shared/views/polls.ts'
import type { Me } from '../../shared/wire/live.ts'
import { toast } from '../kit/Toasts.tsx'
import { useMeeting } from '../link/meeting.ts'
import { participantWords } from '../words/participant.ts'
import { useRefusal } from '../words/refusals.ts'
import { useWords } from '../words/words.ts'
import { placeInQueue } from './doing.ts'

const patterns = { poll: [180, 90, 180], next: [120], floor: [250, 100, 250, 100, 250] } as const

const shake = (pattern: readonly number[]): void => {
  // Missing on iPhones, and refused before the first touch: the screen says it all the same.
  const isTouched = navigator.userActivation?.hasBeenActive ?? true
  if (isTouched && 'vibrate' in navigator) navigator.vibrate([...pattern])
}

/** Runs when `key` changes to something, not at first sight: a reload is no news. */
const useNews = (key: string | null, tell: () => void): void => {
  const before = useRef(key)
  useEffect(() => {
    if (before.current === key) return
    before.current = key
    if (key !== null) tell()
  })
}

/** On a narrow screen what calls takes the draft's place: keys pressed from then on go nowhere. */
const useCalledAway = (isWide: boolean): (() => void) => {
  const word = useWords(participantWords)
  return () => {
    if (!isWide && document.activeElement?.closest('.draft-text')) toast(word('calledAway'))
  }
}

export const useCalls = (state: MeetingState, { seatId }: Me, isWide: boolean): void => {
  const { speech } = state.floor
  const place = placeInQueue(state, seatId)
  const tellWhereWordsAre = useCalledAway(isWide)
  useNews(openPoll(state)?.pollId ?? null, () => {
    shake(patterns.poll)
    tellWhereWordsAre()
  })
  useNews(speech !== null && speech.seatId === seatId ? speech.speechId : null, () => {
    shake(patterns.floor)
    tellWhereWordsAre()
  })
  useNews(place?.place === 1 && speech !== null ? `next-${speech.speechId}` : null, () =>
    shake(patterns.next),
  )
  useHandNotice(state, seatId)
  useLateRefusals()
}

interface HandBefore {
  readonly isUp: boolean
  readonly itemId: string | null
}

/** The own hand went down and neither its owner nor the floor took it: says so, and why. */
const useHandNotice = (state: MeetingState, seatId: string | null): void => {
  const word = useWords(participantWords)
  const orders = useMeeting((it) => it.orders)
  const answered = useMeeting((it) => it.answered)
  const isUp = state.floor.hands.some((hand) => hand.seatId === seatId)
  const before = useRef<HandBefore>({ isUp, itemId: state.currentItemId })
  useEffect(() => {
    const was = before.current
    before.current = { isUp, itemId: state.currentItemId }
    const isHere = seatId !== null && state.attendance[seatId]?.status === 'present'
    if (!was.isUp || isUp || !isHere || state.floor.speech?.seatId === seatId) return
    const last = orders[0]?.command ?? answered[answered.length - 1]?.order.command
    if (last?.type === 'lowerHand') return
    const moved = was.itemId !== state.currentItemId ? 'itemMoved' : 'byFacilitator'
    const reason = state.phase === 'inSession' ? moved : 'recess'
    toast(word(`handLowered_${reason}`))
  }, [isUp, state, seatId, orders, answered, word])
}

/** Orders that the page gave before it was reloaded have nobody waiting for their answer. */
const useLateRefusals = (): void => {
  const answered = useMeeting((it) => it.answered)
  const inWords = useRefusal()
  const openedAt = useRef(Date.now())
  const told = useRef(new Set<string>())
  useEffect(() => {
    for (const { order, answer } of answered) {
      if (answer.ok || order.givenAt >= openedAt.current || told.current.has(order.commandId)) continue
      told.current.add(order.commandId)
      toast(inWords(answer.refusal), { tone: 'warn' })
    }
  }, [answered, inWords])
}
