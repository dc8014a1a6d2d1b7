// What each shortcut of the cockpit does.
import { openPoll } from '../../shared/views/polls.ts'
import { speakingOrder } from '../../shared/views/speakingOrder.ts'
import { useMay, useMeetingState } from './cockpit.ts'
import { openDialog } from './dialogs.ts'
import { showPanel } from './panels.ts'
import { useSpeechSeconds } from './speechSeconds.ts'
import type { StepButton } from './useNextStep.ts'
import { useOrder } from './useOrder.ts'
import { useShortcuts } from './useShortcuts.ts'

/** Focuses what a panel marks with `data-first`, once React has drawn it. */
const focusFirstOf = (panel: string): void => {
  requestAnimationFrame(() => {
    document
      .querySelector<HTMLElement>(`[data-panel="${panel}"] [data-first], [data-panel="${panel}"] input`)
      ?.focus()
  })
}

export const useCockpitShortcuts = (step: StepButton): void => {
  const state = useMeetingState()
  const may = useMay()
  const { order, pending } = useOrder()
  const seconds = useSpeechSeconds((it) => it.seconds)
  const extend = (by: number) => {
    if (state.floor.speech !== null && may('extendSpeech')) void order({ type: 'extendSpeech', seconds: by })
  }
  useShortcuts({
    next: step.run,
    giveFloor: () => {
      const next = speakingOrder(state)[0]
      if (next === undefined || pending || !may('giveFloor')) return
      void order({ type: 'giveFloor', seatId: next.seatId, seconds })
    },
    extend: () => extend(30),
    extendMore: () => extend(60),
    endSpeech: () => {
      if (state.floor.speech !== null && !pending) void order({ type: 'endSpeech' })
    },
    poll: () => {
      showPanel('poll')
      if (!may('openPoll')) return
      const poll = openPoll(state)
      if (poll !== null) openDialog({ kind: 'closePoll', pollId: poll.pollId })
      else if (state.phase === 'inSession' && state.currentItemId !== null) {
        openDialog({ kind: 'composePoll', itemId: state.currentItemId })
      }
    },
    agenda: () => {
      showPanel('agenda')
      focusFirstOf('agenda')
    },
    attendance: () => {
      showPanel('attendance')
      focusFirstOf('attendance')
    },
    desk: () => showPanel('desk'),
    stage: () => showPanel('stage'),
    help: () => openDialog({ kind: 'shortcuts' }),
  })
}
