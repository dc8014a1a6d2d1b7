// The next step as a button: its words, what it does, and whether it is under way.
import { useRef } from 'react'
import { useLocation } from 'wouter'
import { unreachable } from '../../shared/kernel/exhaustive.ts'
import type { MeetingState } from '../../shared/meeting/state.ts'
import { openPoll } from '../../shared/views/polls.ts'
import { speakingOrder } from '../../shared/views/speakingOrder.ts'
import { useMeeting } from '../link/meeting.ts'
import { facilitatorWords } from '../words/facilitator.ts'
import { floorWords } from '../words/facilitatorFloor.ts'
import { useWords } from '../words/words.ts'
import { useAttendance, useMay, useMeetingState, usePartyName, useSeatName } from './cockpit.ts'
import { openDialog } from './dialogs.ts'
import { type NextStep, nextStep } from './nextStep.ts'
import { useShortWords } from './quorumWords.ts'
import { useSpeechSeconds } from './speechSeconds.ts'
import { useOrder } from './useOrder.ts'

export interface StepButton {
  readonly step: NextStep
  readonly label: string
  readonly hint: string
  readonly pending: boolean
  readonly isAllowed: boolean
  readonly run: () => void
}

const titleOf = (state: MeetingState, itemId: string): string =>
  state.agenda.find((item) => item.itemId === itemId)?.title ?? ''

const useStepLabel = (): ((step: NextStep) => string) => {
  const word = useWords(facilitatorWords)
  const seatName = useSeatName()
  return (step) => {
    if (step.kind === 'giveFloor') return word('step_giveFloor', { name: seatName(step.seatId) })
    if (step.kind === 'goToItem') return word(step.first ? 'step_firstItem' : 'step_nextItem')
    return word(`step_${step.kind}`)
  }
}

const usePollHint = (): (() => string) => {
  const word = useWords(facilitatorWords)
  const state = useMeetingState()
  const tally = useMeeting((it) => it.tally)
  return () => {
    const cast = tally?.cast ?? 0
    const electors = tally?.electors ?? openPoll(state)?.electors.length ?? 0
    if (electors > 0 && cast >= electors) return word('hint_closePollAll', { electors })
    return word('hint_closePoll', { cast, electors, left: Math.max(0, electors - cast) })
  }
}

const useFloorHint = (): ((step: NextStep & { kind: 'giveFloor' }) => string) => {
  const state = useMeetingState()
  const word = useWords(facilitatorWords)
  const floorWord = useWords(floorWords)
  const partyName = usePartyName()
  const seatName = useSeatName()
  return (step) => {
    const party = partyName(state.seats[step.seatId]?.partyId ?? null) || floorWord('observers')
    const waiting = speakingOrder(state)[0]
    const reason = waiting === undefined ? '' : floorWord(`reason_${waiting.reason}`)
    const { speech } = state.floor
    if (speech !== null)
      return word('hint_giveFloorReplaces', { party, reason, name: seatName(speech.seatId) })
    return word('hint_giveFloor', { party, reason, count: step.waiting })
  }
}

const useStepHint = (): ((step: NextStep) => string) => {
  const state = useMeetingState()
  const word = useWords(facilitatorWords)
  const shortWords = useShortWords()
  const pollHint = usePollHint()
  const floorHint = useFloorHint()
  const { quorum, present } = useAttendance()
  return (step) => {
    const short = shortWords(quorum)
    switch (step.kind) {
      case 'openMeeting':
        if (quorum === null) return word('hint_openMeetingFree', { present })
        return quorum.met ? word('hint_openMeeting', { present }) : word('hint_openMeetingShort', { short })
      case 'goToItem':
        return word('hint_goToItem', { title: titleOf(state, step.itemId) })
      case 'giveFloor':
        return floorHint(step)
      case 'openPoll':
        return short === '' ? word('hint_openPoll') : word('hint_openPollShort', { short })
      case 'closePoll':
        return pollHint()
      default:
        return word(`hint_${step.kind}`)
    }
  }
}

/** A second press this soon was meant for the step before, which has been taken meanwhile. */
const settleMs = 700

/** What pressing a step does: an order at once, or the dialog that leads to it. */
const useStepRun = () => {
  const { meetingId } = useMeetingState()
  const { order, pending } = useOrder()
  const [, goTo] = useLocation()
  const seconds = useSpeechSeconds((it) => it.seconds)
  const takenAt = useRef(Number.NEGATIVE_INFINITY)
  const run = (step: NextStep): void => {
    if (performance.now() - takenAt.current < settleMs) return
    takenAt.current = performance.now()
    switch (step.kind) {
      case 'openDoors':
      case 'openMeeting':
      case 'resumeMeeting':
      case 'endSpeech':
        void order({ type: step.kind })
        return
      case 'goToItem':
        void order({ type: 'moveAgendaTo', itemId: step.itemId })
        return
      case 'giveFloor':
        void order({ type: 'giveFloor', seatId: step.seatId, seconds })
        return
      case 'addItem':
        openDialog({ kind: 'addItem', parentId: null })
        return
      case 'openPoll':
        openDialog({ kind: 'composePoll', itemId: step.itemId })
        return
      case 'closePoll':
        openDialog({ kind: 'closePoll', pollId: step.pollId })
        return
      case 'closeMeeting':
        openDialog({ kind: 'closeMeeting' })
        return
      case 'readRecord':
        goTo(`/m/${meetingId}/record`)
        return
      default:
        unreachable(step)
    }
  }
  return { run, pending }
}

export const useStepButton = (): StepButton => {
  const state = useMeetingState()
  const may = useMay()
  const label = useStepLabel()
  const hint = useStepHint()
  const { run, pending } = useStepRun()
  const word = useWords(facilitatorWords)
  const step = nextStep(state)
  // A clerk may not move the meeting on; whoever may open it, may.
  const isAllowed = step.kind === 'readRecord' || may('openMeeting')
  return {
    step,
    label: label(step),
    hint: isAllowed ? hint(step) : word('hint_waitRunner'),
    pending,
    isAllowed,
    run: () => {
      if (isAllowed && !pending) run(step)
    },
  }
}
