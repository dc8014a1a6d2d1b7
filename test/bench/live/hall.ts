// People of a meeting on their light connections, as the measurements need them.
import type { Command } from '../../../shared/meeting/commands.ts'
import { type Answer, type Done, protocolVersion, type Welcome } from '../../../shared/wire/live.ts'
import type { Arena } from './arenas.ts'
import { Seat } from './seat.ts'
import { type BenchMeeting, eachOf } from './seeding.ts'

export interface Member {
  readonly seat: Seat
  order(command: Command, commandId?: string): Promise<Answer<Done>>
  /** Like `order`, for who needs no more of the answer than whether it is yes. */
  isObeyed(command: Command): Promise<boolean>
}

const entersAtOnce = 20
let orders = 0

const memberOf = (seat: Seat, meetingId: string): Member => {
  const envelope = (command: Command, commandId?: string) => {
    orders += 1
    return { meetingId, commandId: commandId ?? `bench-order-${orders}`, command }
  }
  return {
    seat,
    order: (command, commandId) => seat.ask('command', envelope(command, commandId)),
    isObeyed: (command) => seat.isGranted('command', envelope(command)),
  }
}

/** Everybody of the list, in the order of their cookies. */
export const enterSeats = async (
  arena: Arena,
  { meetingId, seats }: BenchMeeting,
  count: number,
  hear: (message: Buffer) => void,
  port = arena.ports[0] ?? 0,
): Promise<Member[]> => {
  const cookies = Array.from({ length: count }, (_, i) => seats[i % seats.length] ?? '')
  return eachOf(cookies, entersAtOnce, async (cookie) => {
    const seat = await Seat.enter({ port, speaks: 'socketIo', cookie }, hear)
    const isIn = await seat.isGranted('join', { meetingId, protocol: protocolVersion })
    if (!isIn) throw new Error('a seat was not let in')
    return memberOf(seat, meetingId)
  })
}

export interface Chair extends Member {
  /** Opens a poll on the item at hand; resolves with its id. */
  openPoll(): Promise<string>
}

export const enterChair = async (
  arena: Arena,
  { meetingId, chair }: BenchMeeting,
  port = arena.ports[0] ?? 0,
): Promise<Chair> => {
  let pollId = ''
  const seat = await Seat.enter({ port, speaks: 'socketIo', cookie: chair }, (message) => {
    const text = message.toString()
    if (text.includes('"pollOpened"')) pollId = /"pollId":"(po_[0-9a-z]+)"/.exec(text)?.[1] ?? pollId
  })
  const welcome = await seat.ask<Answer<Welcome>>('join', { meetingId, protocol: protocolVersion })
  if (!welcome.ok) throw new Error(`the chair was not let in: ${welcome.refusal.code}`)
  const itemId = welcome.value.state.currentItemId ?? ''
  const member = memberOf(seat, meetingId)
  return {
    ...member,
    openPoll: async () => {
      const answer = await member.order({
        type: 'openPoll',
        itemId,
        question: '是否同意？',
        method: { kind: 'yesNo' },
        options: [],
        secrecy: 'named',
        show: 'hidden',
        changeable: true,
      })
      // What an order did is shown before it is answered.
      if (!answer.ok || !pollId) throw new Error('no poll was opened')
      return pollId
    },
  }
}
