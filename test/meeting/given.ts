// Given some orders that were obeyed, when an order is given, then these events happen, or this refusal.
import type { IdKind } from '../../shared/kernel/ids.ts'
import type { Command } from '../../shared/meeting/commands.ts'
import type { Actor, Decision, Facts } from '../../shared/meeting/deciding.ts'
import type { MeetingEvent, Recorded } from '../../shared/meeting/events.ts'
import { decide, evolve } from '../../shared/meeting/meeting.ts'
import type { MeetingState, Seat } from '../../shared/meeting/state.ts'
import type { Preset } from '../../shared/rules/preset.ts'
import { presetByCode } from '../../shared/rules/presets.ts'

export const facilitator: Actor = { actorId: 'ac_facilitator', role: 'facilitator', seatId: null }
export const clerk: Actor = { actorId: 'ac_clerk0000', role: 'clerk', seatId: null }
export const seatActor = (seatId: string): Actor => ({ actorId: seatId, role: 'participant', seatId })

export const parties = [
  { partyId: 'pt_village', name: { zh: '村集体', en: 'Village' } },
  { partyId: 'pt_enterprise', name: { zh: '企业', en: 'Enterprises' } },
  { partyId: 'pt_resident', name: { zh: '居民', en: 'Residents' } },
] as const

/** Seats named `st_v001…`, `st_e001…`, `st_r001…`. */
export const seatsOf = (village: number, enterprise: number, resident: number): Seat[] => {
  const some = (letter: string, partyId: string, n: number): Seat[] =>
    Array.from({ length: n }, (_, i) => ({
      seatId: `st_${letter}${String(i + 1).padStart(3, '0')}`,
      partyId,
      role: 'member',
    }))
  return [
    ...some('v', 'pt_village', village),
    ...some('e', 'pt_enterprise', enterprise),
    ...some('r', 'pt_resident', resident),
  ]
}

export const text = { draftId: 'dr_0001', sha256: 'a'.repeat(64), chars: 12 }

/** A meeting in memory that can be given orders; time moves only when it is told to. */
export class MeetingOnPaper {
  state: MeetingState
  readonly events: Recorded[] = []
  now = 1_750_000_000_000
  private ids = 0
  private readonly presetByCode: (code: string) => Preset | undefined

  constructor(
    seats: readonly Seat[] = seatsOf(2, 2, 2),
    presetCode = 'tripartite',
    own: readonly Preset[] = [],
  ) {
    this.presetByCode = (code) => own.find((one) => one.code === code) ?? presetByCode(code)
    const preset = presetByCode(presetCode)
    if (!preset) throw new Error(`no preset ${presetCode}`)
    const first: MeetingEvent = {
      type: 'meetingConvened',
      meetingId: 'mt_0001',
      unitId: 'un_0001',
      template: 'tripartiteCouncil',
      title: '六月例会',
      place: '村礼堂',
      startsAt: this.now,
      preset,
      parties,
    }
    this.state = this.record(first, facilitator, null)
    this.record({ type: 'seatsAdded', seats }, facilitator, this.state)
  }

  private record(event: MeetingEvent, by: Actor, before: MeetingState | null): MeetingState {
    const seq = this.events.length + 1
    const recorded = { seq, at: this.now, by: by.actorId, commandId: `command-${seq}`, event }
    this.events.push(recorded)
    this.state = evolve(before, recorded)
    return this.state
  }

  newId = (kind: IdKind): string => {
    this.ids += 1
    const prefix = { item: 'it', draft: 'dr', poll: 'po', speech: 'sp' }[kind as 'item'] ?? 'xx'
    return `${prefix}_${String(this.ids).padStart(4, '0')}`
  }

  /** Decides without changing anything. */
  when(command: Command, by: Actor = facilitator, facts: Facts = { text }): Decision {
    return decide(this.state, command, {
      now: this.now,
      by,
      newId: this.newId,
      presetByCode: this.presetByCode,
      facts,
    })
  }

  /** Gives an order that must be obeyed, and returns its events. */
  given(command: Command, by: Actor = facilitator, facts: Facts = { text }): readonly MeetingEvent[] {
    const decision = this.when(command, by, facts)
    if (!decision.ok) throw new Error(`${command.type} was refused: ${JSON.stringify(decision.refusal)}`)
    for (const event of decision.events) this.record(event, by, this.state)
    return decision.events
  }

  /** Orders that may be refused leave their trace too. */
  tried(command: Command, by: Actor = facilitator, facts: Facts = { text }): Decision {
    const decision = this.when(command, by, facts)
    for (const event of decision.events) this.record(event, by, this.state)
    return decision
  }

  /** Doors open, everybody in `seatIds` (all when left out) present, in session, on the first item. */
  inSession(seatIds: readonly string[] = Object.keys(this.state.seats)): this {
    this.given({ type: 'openDoors' })
    for (const seatId of seatIds) this.given({ type: 'checkIn' }, seatActor(seatId))
    this.given({ type: 'openMeeting' })
    this.addItem('停车收费方案')
    this.given({ type: 'moveAgendaTo', itemId: this.item(0) })
    return this
  }

  addItem(title: string, parentId: string | null = null): string {
    this.given({ type: 'addAgendaItem', title, parentId, minutes: 10, matterId: null })
    const added = this.events.at(-1)?.event
    if (added?.type !== 'agendaItemAdded') throw new Error('no item was added')
    return added.itemId
  }

  item(index: number): string {
    const item = this.state.agenda[index]
    if (!item) throw new Error(`no item ${index}`)
    return item.itemId
  }

  openPoll(changes: Partial<Extract<Command, { type: 'openPoll' }>> = {}): string {
    this.given({ ...this.poll(), ...changes })
    const pollId = this.state.pollOrder.at(-1)
    if (!pollId) throw new Error('no poll was opened')
    return pollId
  }

  poll(): Extract<Command, { type: 'openPoll' }> {
    return {
      type: 'openPoll',
      itemId: this.item(0),
      question: '是否同意?',
      method: { kind: 'yesNo' },
      options: [],
      secrecy: 'named',
      show: 'hidden',
    }
  }
}

/** The refusal's code, or `accepted`. */
export const outcome = (decision: Decision): string => (decision.ok ? 'accepted' : decision.refusal.code)
