// A record as it is exported: a small meeting with a poll, chained, with its frozen text.
import type { NamedBallot } from '../../shared/meeting/state.ts'
import { firstHash, linkHash } from '../../shared/record/chain.ts'
import { sha256 } from '../../shared/record/sha256.ts'
import type { RecordFile } from '../../shared/record/verify.ts'
import { clerk, facilitator, MeetingOnPaper, seatActor } from '../meeting/given.ts'

const words = '一、村口停车场共设车位六十个。\n二、每日封顶三十元。'

export const exported = (): RecordFile => {
  const meeting = new MeetingOnPaper().inSession()
  meeting.given({ type: 'raiseHand', kind: 'speak' }, seatActor('st_r001'))
  meeting.given({ type: 'giveFloor', seconds: 60 })
  meeting.given({ type: 'setChannel', seatId: 'st_v002', channel: 'clerk' }, clerk)
  const text = { draftId: 'dr_0001', sha256: sha256(words), chars: words.length }
  meeting.given(meeting.poll(), facilitator, { text })
  const pollId = meeting.state.pollOrder[0] ?? ''
  const ballot = (seatId: string, choice: string): NamedBallot => ({
    seatId,
    source: 'device',
    choice: { choice },
    receipt: 'R',
  })
  const ballots = ['st_e001', 'st_e002', 'st_r001', 'st_v001'].map((seatId) => ballot(seatId, 'yes'))
  const hands = [{ partyId: 'pt_village', counts: { no: 1 }, countedBy: 'ac_clerk0000', witness: '' }]
  const urn = { ballots: [...ballots, ballot('st_r002', 'abstain')], hands }
  meeting.given({ type: 'closePoll', pollId }, facilitator, { urn })
  meeting.given({ type: 'closeMeeting' })
  return {
    format: 'yishiting-record',
    version: 1,
    stream: 'mt_0001',
    events: chained('mt_0001', meeting.events),
    texts: { [text.sha256]: words },
  }
}

/** Hashes the events anew, as somebody would who wants a changed record to look whole. */
export const chained = (
  stream: string,
  events: readonly Omit<RecordFile['events'][number], 'hash'>[],
): RecordFile['events'] => {
  let hash = firstHash(stream)
  return events.map(({ seq, at, by, commandId, event }) => {
    hash = linkHash(hash, { stream, seq, at, by, commandId, event })
    return { seq, at, by, commandId, event, hash }
  })
}
