// Somebody who only listens, at one node and no other.
import { io } from 'socket.io-client'
import { type Answer, protocolVersion, type Welcome } from '../../../shared/wire/live.ts'
import type { Stage } from './stage.ts'

const patienceMs = 30

interface Ear {
  /** The event that the welcome ended with. */
  readonly firstSeq: number
  /** Resolves with the time at which this node had told of the event. */
  until(seq: number): Promise<number>
  leave(): void
}

/** Comes in at this very node, however long that takes. */
export const hear = async (
  url: string,
  { meetingId, chairCookie }: Pick<Stage, 'meetingId' | 'chairCookie'>,
): Promise<Ear> => {
  const socket = io(url, { transports: ['websocket'], extraHeaders: { cookie: chairCookie }, forceNew: true })
  let seq = 0
  const waiting = new Set<() => void>()
  const learn = (newest: number): void => {
    seq = Math.max(seq, newest)
    for (const check of waiting) check()
  }
  socket.on('frame', ({ events }) => learn(events.at(-1)?.seq ?? 0))
  const firstSeq = await new Promise<number>((resolve) => {
    const join = async (): Promise<void> => {
      const asked = { meetingId, protocol: protocolVersion }
      const welcome: Answer<Welcome> | null = await socket.emitWithAck('join', asked).catch(() => null)
      if (!welcome) return
      if (!welcome.ok) return void setTimeout(join, patienceMs)
      learn(welcome.value.seq)
      resolve(welcome.value.seq)
    }
    socket.on('connect', join)
    socket.on('connect_error', () => {
      if (!socket.active) setTimeout(() => socket.connect(), patienceMs)
    })
  })
  return {
    firstSeq,
    until: (asked) =>
      new Promise((resolve) => {
        const check = (): void => {
          if (seq < asked) return
          waiting.delete(check)
          resolve(performance.now())
        }
        waiting.add(check)
        check()
      }),
    leave: () => socket.disconnect(),
  }
}

/** The chair orders something on one node; how long, in milliseconds, until each node has told of it. */
export const untilHeard = async (stage: Stage): Promise<number> => {
  const ears = await Promise.all(stage.topology.nodes.map(({ url }) => hear(url, stage)))
  const answer = await stage.chair.give({ type: 'lowerAllHands' })
  const answeredAt = performance.now()
  const seq = answer.ok ? answer.value.seq : 0
  const heardAt = await Promise.all(ears.map((ear) => ear.until(seq)))
  for (const ear of ears) ear.leave()
  return Math.max(0, ...heardAt.map((at) => at - answeredAt))
}
