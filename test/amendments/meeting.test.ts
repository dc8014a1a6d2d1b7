import { describe, expect, test } from 'vitest'
import { mayEditAmendment } from '../../shared/meeting/amendments.ts'
import type { Command, CommandOf } from '../../shared/meeting/commands.ts'
import type { Facts } from '../../shared/meeting/deciding.ts'
import { amendmentStanding } from '../../shared/views/amendmentStanding.ts'
import { clerk, facilitator, MeetingOnPaper, outcome, seatActor, text } from '../meeting/given.ts'

const [proposer, other] = [seatActor('st_v001'), seatActor('st_v002')]
const base = { ...text, draftId: 'dr_base0' }
const forked: Facts = { text: base, fork: { draftId: 'dr_fork0' } }
const forkText = { draftId: 'dr_fork0', sha256: 'f'.repeat(64), chars: 20 }

const asked = (meeting: MeetingOnPaper): CommandOf<'proposeAmendment'> => ({
  type: 'proposeAmendment',
  itemId: meeting.item(0),
  title: '车位改为八十个',
  purpose: '',
  passage: '车位六十个',
})

const proposed = () => {
  const meeting = new MeetingOnPaper(undefined, 'simple').inSession()
  meeting.given(asked(meeting), proposer, forked)
  const amendment = meeting.state.amendments[0]
  if (!amendment) throw new Error('no amendment')
  const { amendmentId } = amendment
  const now = () => {
    const found = meeting.state.amendments[0]
    if (!found) throw new Error('no amendment')
    return found
  }
  const openPoll = () => {
    const order: Command = { ...meeting.poll(), amendmentId }
    meeting.given(order, facilitator, { text: forkText })
    return meeting.state.pollOrder.at(-1) ?? ''
  }
  const close = (pollId: string, choice: 'yes' | 'no') => {
    const ballots = Object.keys(meeting.state.seats).map((seatId) => ({
      seatId,
      source: 'device' as const,
      choice: { choice },
      receipt: '',
    }))
    meeting.given({ type: 'closePoll', pollId }, facilitator, { urn: { ballots, hands: [], papers: [] } })
  }
  return { meeting, amendmentId, now, openPoll, close }
}

describe('proposing', () => {
  test('keeps what it is about, and the draft that it was made from', () => {
    const { now } = proposed()
    expect(now()).toMatchObject({
      draftId: 'dr_fork0',
      seatId: 'st_v001',
      passage: '车位六十个',
      base,
      status: 'open',
    })
  })

  test('is for members who are present, from the opening of the doors to the end', () => {
    const meeting = new MeetingOnPaper()
    const itemId = meeting.addItem('停车')
    const order = { ...asked(meeting), itemId }
    const asks = (by = proposer, change: Partial<typeof order> = {}) =>
      outcome(meeting.when({ ...order, ...change }, by, forked))
    expect(asks()).toBe('meetingNotOpen')
    meeting.given({ type: 'openDoors' })
    expect(asks()).toBe('seatNotPresent')
    meeting.given({ type: 'checkIn' }, proposer)
    expect(asks()).toBe('accepted')
    expect(asks(other, { seatId: 'st_v001' })).toBe('notAllowed')
    expect(asks(clerk, { seatId: 'st_v001' })).toBe('accepted')
    expect(asks(clerk)).toBe('seatUnknown')
    meeting.given({ type: 'admitObserver', seatId: 'st_guest1' })
    expect(asks(seatActor('st_guest1'))).toBe('observerCannot')
    expect(asks(proposer, { itemId: 'it_nowhere' })).toBe('itemUnknown')
    expect(outcome(meeting.when(order, proposer, { text: base }))).toBe('textMissing')
    meeting.given({ type: 'openMeeting' })
    meeting.given({ type: 'closeMeeting' })
    expect(asks()).toBe('meetingEnded')
  })

  test('is bounded for each seat, withdrawn ones counted', () => {
    const { meeting, amendmentId } = proposed()
    meeting.given({ type: 'withdrawAmendment', amendmentId }, proposer)
    for (let i = 0; i < 4; i += 1) meeting.given(asked(meeting), proposer, forked)
    expect(outcome(meeting.when(asked(meeting), proposer, forked))).toBe('tooMany')
    expect(outcome(meeting.when(asked(meeting), other, forked))).toBe('accepted')
  })

  test('keeps its item on the agenda', () => {
    const { meeting } = proposed()
    const itemId = meeting.item(0)
    meeting.given({ type: 'moveAgendaTo', itemId: meeting.addItem('下一项') })
    expect(outcome(meeting.when({ type: 'removeAgendaItem', itemId }))).toBe('itemHasAmendments')
  })
})

describe('an open amendment', () => {
  test('is reworded, brought up to date and withdrawn by its proposer and by staff', () => {
    const { meeting, amendmentId, now } = proposed()
    expect([proposer, other, clerk].map((by) => mayEditAmendment(meeting.state, now(), by))).toEqual([
      true,
      false,
      true,
    ])
    const rebase = { type: 'rebaseAmendment', amendmentId } as const
    expect(outcome(meeting.when(rebase, other, { text: base }))).toBe('notAllowed')
    expect(outcome(meeting.when(rebase, proposer, {}))).toBe('textMissing')
    const newer = { ...base, sha256: 'b'.repeat(64) }
    meeting.given(rebase, proposer, { text: newer })
    expect(now().base).toEqual(newer)
    meeting.given({ type: 'withdrawAmendment', amendmentId }, clerk)
    expect(now().status).toBe('withdrawn')
    expect(outcome(meeting.when(rebase, proposer, { text: base }))).toBe('amendmentSettled')
    expect(mayEditAmendment(meeting.state, now(), proposer)).toBe(false)
  })

  test('is unknown, and settles nothing, under another id', () => {
    const { meeting } = proposed()
    const amendmentId = 'am_nowhere'
    for (const type of ['rebaseAmendment', 'withdrawAmendment'] as const)
      expect(outcome(meeting.when({ type, amendmentId }))).toBe('amendmentUnknown')
    expect(outcome(meeting.when({ type: 'adoptAmendment', amendmentId, pollId: null }))).toBe(
      'amendmentUnknown',
    )
    const order: Command = { ...meeting.poll(), amendmentId }
    expect(outcome(meeting.when(order))).toBe('amendmentUnknown')
  })
})

describe('a poll on an amendment', () => {
  test('freezes the amendment’s text, and what it is a difference from', () => {
    const { meeting, amendmentId, openPoll } = proposed()
    const pollId = openPoll()
    expect(meeting.state.polls[pollId]).toMatchObject({ text: forkText, amendment: { amendmentId, base } })
  })

  test('asks for yes or no, about an open amendment of its own item', () => {
    const { meeting, amendmentId } = proposed()
    const order: Command = { ...meeting.poll(), amendmentId }
    const options = [{ optionId: 'op_1', label: '甲' }]
    expect(outcome(meeting.when({ ...order, method: { kind: 'chooseOne' }, options }))).toBe('malformed')
    const elsewhere = meeting.addItem('另一项')
    expect(outcome(meeting.when({ ...order, itemId: elsewhere }))).toBe('amendmentUnknown')
    meeting.given({ type: 'withdrawAmendment', amendmentId }, proposer)
    expect(outcome(meeting.when(order))).toBe('amendmentSettled')
  })

  test('holds the text fast while it runs and once it is carried, not when it is lost or cancelled', () => {
    const { meeting, amendmentId, now, openPoll, close } = proposed()
    const mayTouch = () => [
      mayEditAmendment(meeting.state, now(), proposer),
      outcome(meeting.when({ type: 'withdrawAmendment', amendmentId }, proposer)),
      amendmentStanding(meeting.state, now()),
    ]
    expect(mayTouch()).toEqual([true, 'accepted', 'open'])
    const first = openPoll()
    expect(mayTouch()).toEqual([false, 'amendmentPolled', 'voting'])
    meeting.given({ type: 'cancelPoll', pollId: first, reason: '' })
    expect(mayTouch()).toEqual([true, 'accepted', 'open'])
    close(openPoll(), 'no')
    expect(mayTouch()).toEqual([true, 'accepted', 'lost'])
    close(openPoll(), 'yes')
    expect(mayTouch()).toEqual([false, 'amendmentPolled', 'carried'])
    const again: Command = { ...meeting.poll(), amendmentId }
    expect(outcome(meeting.when(again))).toBe('amendmentPolled')
  })
})

describe('settling', () => {
  test('by a poll that carried it takes the very text that was voted on', () => {
    const { meeting, amendmentId, now, openPoll, close } = proposed()
    const pollId = openPoll()
    const adopt = { type: 'adoptAmendment', amendmentId, pollId } as const
    expect(outcome(meeting.when(adopt))).toBe('pollStillOpen')
    close(pollId, 'yes')
    const later = { ...forkText, sha256: 'e'.repeat(64) }
    expect(meeting.given(adopt, facilitator, { text: later })).toEqual([
      { type: 'amendmentAdopted', amendmentId, by: 'poll', pollId, text: forkText },
    ])
    expect(now()).toMatchObject({ status: 'adopted', pollId })
    expect(outcome(meeting.when(adopt))).toBe('amendmentSettled')
  })

  test('a poll that did not carry it can only reject it', () => {
    const { meeting, amendmentId, now, openPoll, close } = proposed()
    const pollId = openPoll()
    close(pollId, 'no')
    const adopt = { type: 'adoptAmendment', amendmentId } as const
    expect(outcome(meeting.when({ ...adopt, pollId }))).toBe('amendmentNotPassed')
    expect(outcome(meeting.when({ ...adopt, pollId: 'po_nowhere' }))).toBe('pollUnknown')
    expect(outcome(meeting.when({ ...adopt, pollId: null }))).toBe('amendmentPolled')
    const reject = { type: 'rejectAmendment', amendmentId, reason: '费用过高' } as const
    expect(outcome(meeting.when({ ...reject, pollId: 'po_nowhere' }))).toBe('pollUnknown')
    meeting.given({ ...reject, pollId })
    expect(now()).toMatchObject({ status: 'rejected', pollId, reason: '费用过高' })
  })

  test('by general consent takes its text as it is, given by who leads the meeting', () => {
    const { meeting, amendmentId, now } = proposed()
    const adopt = { type: 'adoptAmendment', amendmentId, pollId: null } as const
    expect(outcome(meeting.when(adopt, proposer, { text: forkText }))).toBe('notAllowed')
    expect(outcome(meeting.when(adopt, clerk, { text: forkText }))).toBe('notAllowed')
    expect(outcome(meeting.when(adopt, facilitator, {}))).toBe('textMissing')
    meeting.given(adopt, facilitator, { text: forkText })
    expect(now()).toMatchObject({ status: 'adopted', pollId: null })
  })

  test('waits until the meeting is in session, and for an open poll on its item', () => {
    const { meeting, amendmentId } = proposed()
    const reject = { type: 'rejectAmendment', amendmentId, pollId: null, reason: '' } as const
    meeting.openPoll()
    expect(outcome(meeting.when(reject))).toBe('pollStillOpen')
    meeting.given({ type: 'cancelPoll', pollId: meeting.state.pollOrder[0] ?? '', reason: '' })
    meeting.given({ type: 'recessMeeting' })
    expect(outcome(meeting.when(reject))).toBe('meetingNotOpen')
  })
})
