// What people in a simulation order: mostly what a meeting needs, so that polls open, fill and close; else anything.
import { type Command, command } from '../../shared/meeting/commands.ts'
import type { Actor } from '../../shared/meeting/deciding.ts'
import type { MeetingEvent } from '../../shared/meeting/events.ts'
import { decide, evolve } from '../../shared/meeting/meeting.ts'
import { optionIds } from '../../shared/meeting/pollOptions.ts'
import { mayOrder } from '../../shared/meeting/roles.ts'
import type { MeetingState } from '../../shared/meeting/state.ts'
import type { Preset } from '../../shared/rules/preset.ts'
import { openPoll } from '../../shared/views/polls.ts'
import { facilitator, parties, seatsOf } from '../meeting/given.ts'
import type { Dice } from '../random/dice.ts'
import { presetByCode, randomOrder } from '../random/randomOrders.ts'

/** @param ends whether the meeting may be ended by now */
export const nextOrder = (state: MeetingState, actor: Actor, dice: Dice, ends: boolean): Command => {
  const usual = dice.oneIn(3) ? null : usualOrder(state, actor, dice)
  if (usual) return command.parse(usual)
  for (;;) {
    const order = randomOrder(state, dice)
    if (order.type === 'closeMeeting' && !ends) continue
    const isForOther = actor.seatId !== null && 'seatId' in order && order.seatId !== actor.seatId
    if ((mayOrder(actor.role, order.type) && !isForOther) || dice.oneIn(30)) return order
  }
}

const usualOrder = (state: MeetingState, actor: Actor, dice: Dice): Record<string, unknown> | null => {
  const poll = openPoll(state)
  if (actor.seatId !== null) {
    if (state.attendance[actor.seatId]?.status !== 'present') return { type: 'checkIn', channel: 'device' }
    if (poll?.method.kind !== 'yesNo') return dice.oneIn(3) ? { type: 'raiseHand' } : null
    return { type: 'castBallot', pollId: poll.pollId, choice: { choice: dice.pick(optionIds(poll)) } }
  }
  if (state.phase === 'recess') return { type: 'resumeMeeting' }
  if (poll) return dice.oneIn(3) ? { type: 'closePoll', pollId: poll.pollId } : null
  const itemId = dice.pick(state.agenda)?.itemId
  if (state.phase !== 'inSession' || !itemId || !dice.oneIn(2)) return null
  return { type: 'openPoll', itemId, question: '是否同意？', changeable: dice.oneIn(2) }
}

const beginning: readonly Record<string, unknown>[] = [
  { type: 'addAgendaItem', title: '停车', parentId: null, minutes: 10, matterId: null },
  { type: 'openDoors' },
  { type: 'openMeeting' },
]

/** Under `ownSimple` the chair breaks ties; under the last two seats weigh differently. */
const presetOf = (kind: 'simple' | 'ownSimple' | 'bySeat' | 'byHousehold'): Preset => {
  const preset = presetByCode(kind === 'ownSimple' ? kind : 'simple')
  if (!preset) throw new Error('no preset')
  if (kind === 'bySeat') return { ...preset, weights: 'seat' }
  const { pass } = preset
  if (kind !== 'byHousehold' || pass.form !== 'share') return preset
  return { ...preset, weights: 'household', pass: { ...pass, of: 'household' } }
}

/** A meeting in session with some people there: what it is convened with. */
export const begun = (meetingId: string, at: number, seats: number, dice: Dice): MeetingEvent[] => {
  const preset = presetOf(dice.of('simple', 'ownSimple', 'bySeat', 'byHousehold'))
  const sat = seatsOf(1, 1, seats - 2).map((seat, i) => ({
    ...seat,
    ...dice.of({}, { weight: 2 + i }, { households: 2 }),
  }))
  const events: MeetingEvent[] = [
    {
      type: 'meetingConvened',
      meetingId,
      unitId: 'un_0001',
      template: 'tripartiteCouncil',
      title: '例会',
      place: '',
      startsAt: at,
      preset,
      parties,
    },
    { type: 'seatsAdded', seats: sat },
  ]
  let state: MeetingState | null = null
  const append = (event: MeetingEvent, seq: number) => {
    state = evolve(state, { seq, at, by: facilitator.actorId, commandId: 'convening', event })
  }
  for (const [i, event] of events.entries()) append(event, i + 1)
  let ids = 0
  for (const order of beginning) {
    if (!state) break
    const decision = decide(state, command.parse(order), {
      now: at,
      by: facilitator,
      newId: (kind) => {
        ids += 1
        return `${{ item: 'it', draft: 'dr' }[kind as 'item'] ?? 'xx'}_first${ids}`
      },
      presetByCode,
      facts: {},
    })
    for (const event of decision.events) {
      events.push(event)
      append(event, events.length)
    }
  }
  return events
}
