// Owns the lines in which amendments are told.
import { unreachable } from '../kernel/exhaustive.ts'
import type { EventOf } from '../meeting/events.ts'
import { type ChronicleLine, type Known, line } from './chronicleLines.ts'

type AmendmentEvent = EventOf<
  'amendmentProposed' | 'amendmentRebased' | 'amendmentWithdrawn' | 'amendmentAdopted' | 'amendmentRejected'
>

export const linesOfAmendments = (event: AmendmentEvent, known: Known): ChronicleLine[] => {
  const amendment = { text: known.titles.get(event.amendmentId) ?? event.amendmentId }
  switch (event.type) {
    case 'amendmentProposed': {
      const title = { text: known.titles.get(event.itemId) ?? event.itemId }
      return [
        line('amendmentProposed', { seat: { seat: event.seatId }, title, amendment: { text: event.title } }),
      ]
    }
    case 'amendmentAdopted':
      return [line(event.by === 'poll' ? 'amendmentAdoptedPoll' : 'amendmentAdoptedConsent', { amendment })]
    case 'amendmentRejected':
      if (event.reason === '') return [line('amendmentRejectedPlain', { amendment })]
      return [line('amendmentRejectedReason', { amendment, reason: { text: event.reason } })]
    case 'amendmentRebased':
    case 'amendmentWithdrawn':
      return [line(event.type, { amendment })]
    default:
      return unreachable(event)
  }
}
