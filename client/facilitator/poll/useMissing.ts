// Who has not voted in a poll, live.
import { useMemo } from 'react'
import type { Poll } from '../../../shared/meeting/state.ts'
import { useMeeting } from '../../link/meeting.ts'
import { useMeetingParts } from '../cockpit.ts'
import { type Missing, missingVotes } from './turnout.ts'

export const useMissing = (poll: Poll): Missing[] => {
  const state = useMeetingParts('attendance')
  const tally = useMeeting((it) => it.tally)
  const seats = useMeeting((it) => it.presence.seats)
  return useMemo(
    () => missingVotes(state, poll, tally?.pollId === poll.pollId ? tally : null, new Set(seats)),
    [state, poll, tally, seats],
  )
}
