// What every picture of the big screen is drawn from.
import type { ReactNode } from 'react'
import type { MeetingState, Poll } from '../../../shared/meeting/state.ts'
import type { Names, Tally } from '../../../shared/wire/live.ts'

export interface StageProps {
  state: MeetingState
  names: Names
  /** Running figures of the open poll. */
  tally: Tally | null
  /** The hall's clock, milliseconds since the epoch. */
  now: () => number
  /** The address that the welcome picture shows as QR code; `null` leaves it out. */
  doorUrl: string | null
  roomCode: string | null
  /** Draws an item's live text; the kit does not know the editor. */
  drawText?: ((draftId: string) => ReactNode) | undefined
  /** Draws the difference that a poll on an amendment is about. */
  drawAmendment?: ((meetingId: string, poll: Poll) => ReactNode) | undefined
  /** A preview: nothing moves in it. */
  isStill?: boolean
}
