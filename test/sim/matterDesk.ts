// The secretary's desk of a matter that the meeting's polls may decide links of: notices are hung and taken down through
// whichever node, each order sent again under its id until it is answered.
import { isDeepStrictEqual } from 'node:util'
import { type Step, type Store, step } from '../../server/ports.ts'
import { chain, recordedAs } from '../../server/record/encode.ts'
import { eventSteps } from '../../server/record/steps.ts'
import type { Schema } from '../../server/store/schema.ts'
import type { Result } from '../../shared/kernel/result.ts'
import {
  evolveMatter,
  type Matter,
  type MatterCommand,
  type MatterEvent,
} from '../../shared/matter/matter.ts'
import type { MeetingEvent, Recorded } from '../../shared/meeting/events.ts'
import { firstHash } from '../../shared/record/chain.ts'
import { dayAt } from '../../shared/rules/calendar.ts'
import { deliberationCodes, publicationCodes } from '../../shared/rules/fourDeliberations.ts'
import type { Dice } from '../random/dice.ts'
import { beginning } from './machine.ts'
import type { SimNode, Town } from './node.ts'

/** The one that random polls speak of. */
const matterId = 'ma_0001'
const secretary = { actorId: 'ac_secretary', unitId: 'un_0001' }
const orderEveryMs = 300
const patienceMs = 900
const dayMs = 24 * 3_600_000

/** The matter as it stands before the meeting: some of its links were decided elsewhere, sometimes all of them. */
export const matterSteps = (store: Store, dice: Dice): Step[] => {
  const { db } = store
  const { actorId: by, unitId } = secretary
  const event = { type: 'matterOpened', matterId, unitId, title: '停车' }
  const head = { seq: 0, hash: firstHash(matterId) }
  const opened = chain(matterId, head, [{ at: beginning, by, commandId: 'opening-1', event }])
  const decided = deliberationCodes.slice(0, dice.below(deliberationCodes.length + 1)).map((code) => {
    const times = { openedAt: beginning, closedAt: beginning }
    return { pollId: `po_${code.toLowerCase()}`, matterId, code, meetingId: 'mt_0000', ...times, passed: 1 }
  })
  return [
    ...eventSteps(store, matterId, opened),
    step(db.insertInto('matters').values({ matterId, unitId, openedAt: beginning })),
    ...decided.map((row) => step(db.insertInto('linkPolls').values(row))),
  ]
}

interface Pending {
  readonly commandId: string
  readonly command: MatterCommand
}

export class MatterDesk {
  private readonly town: Town
  private readonly accepted = new Set<string>()
  private readonly given: Pending[] = []
  private orders = 0

  constructor(town: Town) {
    this.town = town
  }

  /** Gives orders for as long as things go wrong. */
  work(): void {
    const { world } = this.town
    world.after(world.soon(orderEveryMs), () => {
      if (!world.isRough) return
      this.orders += 1
      const pending = { commandId: `matter-order-${this.orders}`, command: this.nextOrder() }
      this.given.push(pending)
      this.send(pending)
    })
  }

  private nextOrder(): MatterCommand {
    const { dice, now } = this.town.world
    const code = dice.pick(publicationCodes) ?? 'decisionNotice'
    const today = dayAt(beginning + now)
    if (dice.oneIn(3)) return { type: 'takeDownNotice', code, takenDownOn: today }
    const hungOn = dayAt(beginning + now - dice.of(0, 30) * dayMs)
    return { type: 'hangNotice', code, hungOn, days: dice.of(10, 15, 15), place: '公告栏' }
  }

  private send(pending: Pending): void {
    const { world, nodes } = this.town
    const { commandId, command } = pending
    let isAnswered = false
    const hear = (answer: Result<undefined>): void => {
      if (answer.ok) this.accepted.add(commandId)
      if (isAnswered || (!answer.ok && answer.refusal.code === 'busy')) return
      isAnswered = true
      world.note(`the desk is answered ${commandId} ${answer.ok ? 'yes' : answer.refusal.code}`)
      this.work()
    }
    const ask = (node: SimNode): void =>
      node.on(world.soon(world.roadMs), () => {
        // When the store fails it, it is sent again.
        node.matters?.order(secretary, matterId, pending).then(hear, () => {})
      })
    world.note(`the desk orders ${commandId} ${JSON.stringify(command)}`)
    const up = nodes.filter(({ isUp }) => isUp)
    const node = world.dice.pick(up)
    if (node) ask(node)
    if (node && world.strikes('orderSentTwice', 12, 'the desk')) ask(world.dice.pick(up) ?? node)
    world.after(patienceMs, () => {
      if (isAnswered) return
      isAnswered = true
      if (world.isRough) this.send(pending)
    })
  }

  /** What was done comes again, and is answered as before. */
  async sendAgain(answerOf: <T>(asked: Promise<T>) => Promise<T>): Promise<void> {
    const [node] = this.town.nodes
    const done = new Set(this.events().map(({ commandId }) => commandId))
    for (const pending of this.given) {
      if (!node?.matters || !done.has(pending.commandId)) continue
      const answer = await answerOf(node.matters.order(secretary, matterId, pending))
      if (!answer.ok)
        throw new Error(`${pending.commandId} was done, and then answered ${answer.refusal.code}`)
    }
  }

  private events() {
    return this.town.disk
      .rows<Schema['events']>('select * from events where stream = ? order by seq', matterId)
      .map((row) => recordedAs<MatterEvent>(row))
  }

  /** What was accepted stands in the matter's record once; the polls beside it are those of the meeting's record. */
  check(meeting: readonly Recorded[]): readonly MatterEvent['type'][] {
    const { disk } = this.town
    const events = this.events()
    const bare = events.map(({ at, by, commandId, event }) => ({ at, by, commandId, event }))
    if (!isDeepStrictEqual(chain(matterId, { seq: 0, hash: firstHash(matterId) }, bare), events))
      throw new Error('the chain of the matter is broken')
    events.reduce<Matter | null>(evolveMatter, null)
    const ids = events.map(({ commandId }) => commandId)
    if (new Set(ids).size !== ids.length) throw new Error('an order of the desk was done twice')
    for (const commandId of this.accepted)
      if (!ids.includes(commandId)) throw new Error(`${commandId} of the desk is lost`)
    const kept = disk.rows<Schema['linkPolls']>(
      'select * from "linkPolls" where "meetingId" = ? order by "pollId"',
      this.town.meetingId,
    )
    const told = linkPollsOf(meeting, this.town.meetingId)
    if (!isDeepStrictEqual(kept, told)) throw new Error('the polls beside the matter are others')
    return events.map(({ event }) => event.type)
  }
}

/** The rows that the record calls for. */
const linkPollsOf = (meeting: readonly Recorded[], meetingId: string): Schema['linkPolls'][] => {
  const rows = new Map<string, Schema['linkPolls']>()
  const decide = (pollId: string, at: number, isPassed: boolean): void => {
    const row = rows.get(pollId)
    if (row) rows.set(pollId, { ...row, closedAt: at, passed: isPassed ? 1 : 0 })
  }
  for (const { at, event } of meeting as readonly Recorded<MeetingEvent>[]) {
    if (event.type === 'pollOpened' && event.link) {
      const { pollId, link } = event
      const { matterId: decides, code } = link
      rows.set(pollId, {
        pollId,
        matterId: decides,
        code,
        meetingId,
        openedAt: at,
        closedAt: null,
        passed: 0,
      })
    }
    if (event.type === 'pollClosed')
      decide(event.pollId, at, event.result.outcome === 'passed' || event.result.outcome === 'elected')
    if (event.type === 'tieBroken') decide(event.pollId, at, event.winners[0] !== 'no')
  }
  return [...rows.values()].sort((a, b) => (a.pollId < b.pollId ? -1 : 1))
}
