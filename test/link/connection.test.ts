import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Connection,
  type Effect,
  type Signal,
  startConnection,
  statusOf,
  step,
  trustedHiddenMs,
} from '../../client/link/connection.ts'
import type { Recorded } from '../../shared/meeting/events.ts'
import { protocolVersion, type Welcome } from '../../shared/wire/live.ts'
import { firstEvents, handEvent, meetingId, seatId, stateAfter } from './meetingFixture.ts'

const eventsTo = (seq: number): Recorded[] => {
  const events = firstEvents()
  for (let next = events.length + 1; next <= seq; next += 1) events.push(handEvent(next))
  return events
}

const welcomeAt = (seq: number, protocol = protocolVersion): Welcome => ({
  protocol,
  me: { role: 'participant', actorId: seatId, seatId, name: '安娜' },
  now: 0,
  seq,
  hash: '',
  state: stateAfter(eventsTo(seq)),
  names: {},
  presence: { seats: [], screens: 0 },
  tally: null,
  myBallots: [],
})

const frame = (...seqs: number[]) => ({ meetingId, events: seqs.map(handEvent) })

/** Runs signals; rounds of answers are filled in with the current round unless given. */
const reached = (...signals: (Signal | ((it: Connection) => Signal))[]) => {
  let [it, effects] = startConnection()
  for (const signal of signals) [it, effects] = step(it, typeof signal === 'function' ? signal(it) : signal)
  return { it, effects: effects as readonly Effect[] }
}

const up: Signal = { type: 'socketUp' }
const welcomed =
  (seq: number) =>
  (it: Connection): Signal => ({ type: 'welcomed', round: it.round, welcome: welcomeAt(seq) })
const refilled =
  (...seqs: number[]) =>
  (it: Connection): Signal => ({ type: 'refilled', round: it.round, frame: frame(...seqs) })
const told = (...seqs: number[]): Signal => ({ type: 'frame', frame: frame(...seqs) })

describe('a connection', () => {
  it('joins on every connect and is live with the welcome, one round trip', () => {
    expect(reached(up).effects).toEqual([{ do: 'join', round: 1 }])
    const { it: live } = reached(up, welcomed(8))
    expect(statusOf(live)).toBe('live')
    expect(live.followed?.seq).toBe(8)
  })

  it('folds frames that follow on and ignores what it has', () => {
    const { it: live } = reached(up, welcomed(8), told(7, 8), told(8, 9), told(10))
    expect(live.followed?.seq).toBe(10)
    expect(live.followed?.state).toEqual(stateAfter(eventsTo(10)))
  })

  it('asks for what is missing, keeps what came meanwhile, and stays live to the eye', () => {
    const gap = reached(up, welcomed(8), told(10))
    expect(gap.effects).toEqual([{ do: 'refill', round: 2, since: 8, probe: false }])
    expect(statusOf(gap.it)).toBe('live')
    const { it: live } = reached(up, welcomed(8), told(10), told(11), refilled(9, 10))
    expect(live.phase).toBe('live')
    expect(live.followed?.seq).toBe(11)
  })

  it('joins anew when a refill is refused', () => {
    const { effects } = reached(up, welcomed(8), told(20), (it) => ({
      type: 'refillRefused',
      round: it.round,
    }))
    expect(effects).toEqual([{ do: 'join', round: 3 }])
  })

  it('pauses and joins anew when a refill does not close the gap', () => {
    const { it, effects } = reached(up, welcomed(8), told(20), refilled())
    expect(it.phase).toBe('joining')
    expect(effects).toMatchObject([{ do: 'pause' }])
  })

  it('holds frames that overtake the welcome', () => {
    const { it: live } = reached(up, told(9), told(10), welcomed(9))
    expect(live.followed?.seq).toBe(10)
  })

  it('drops answers to older questions', () => {
    const { it } = reached(up, { type: 'socketDown' }, up, {
      type: 'welcomed',
      round: 1,
      welcome: welcomeAt(8),
    })
    expect(it.phase).toBe('joining')
  })

  it('moves to another node without looking offline, unless that takes long', () => {
    const moved = reached(up, welcomed(8), { type: 'moved' })
    expect(moved.effects).toEqual([{ do: 'reconnect' }])
    expect(statusOf(moved.it)).toBe('live')
    const gone = reached(up, welcomed(8), { type: 'moved' }, { type: 'socketDown' })
    expect(statusOf(gone.it)).toBe('live')
    const late = reached(up, welcomed(8), { type: 'moved' }, { type: 'socketDown' }, { type: 'moveOverdue' })
    expect(statusOf(late.it)).toBe('offline')
    const back = reached(up, welcomed(8), { type: 'moved' }, { type: 'socketDown' }, up, welcomed(9))
    expect(back.it).toMatchObject({ phase: 'live', isMoving: false })
    const lost = reached(up, welcomed(8), { type: 'moved' }, up, welcomed(9), { type: 'socketDown' })
    expect(statusOf(lost.it)).toBe('offline')
  })

  it('joins anew when an event cannot be folded', () => {
    const odd = {
      seq: 9,
      at: 0,
      by: seatId,
      commandId: 'x',
      event: { type: 'neverHeardOf' },
    } as unknown as Recorded
    const { it, effects } = reached(up, welcomed(8), { type: 'frame', frame: { meetingId, events: [odd] } })
    expect(it.followed?.seq).toBe(8)
    expect(effects).toMatchObject([{ do: 'pause' }])
  })

  it('is offline, not connecting, once it was live, and keeps the last state in sight', () => {
    const { it } = reached(up, welcomed(8), { type: 'socketDown' })
    expect(statusOf(it)).toBe('offline')
    expect(it.followed?.seq).toBe(8)
    expect(statusOf(startConnection()[0])).toBe('connecting')
  })

  it('after a short look away probes the socket, after a long one opens another at once', () => {
    expect(reached(up, welcomed(8), { type: 'woke', hiddenMs: 1_000 }).effects).toMatchObject([
      { do: 'refill', probe: true },
    ])
    expect(reached(up, welcomed(8), { type: 'woke', hiddenMs: trustedHiddenMs }).effects).toEqual([
      { do: 'reconnect' },
    ])
    expect(reached({ type: 'woke', hiddenMs: 0 }).effects).toEqual([{ do: 'reconnect' }])
  })

  it('opens another socket when the probe or an order stays unanswered', () => {
    const probe = reached(up, welcomed(8), { type: 'woke', hiddenMs: 0 }, (it) => ({
      type: 'unanswered',
      round: it.round,
    }))
    expect(probe.effects).toEqual([{ do: 'reconnect' }])
    expect(reached(up, welcomed(8), { type: 'doubted' }).effects).toEqual([{ do: 'reconnect' }])
  })

  it('retries a join that a busy server refuses, with growing pauses, and ends on one that stays refused', () => {
    const busy = (it: Connection): Signal => ({ type: 'joinRefused', round: it.round, code: 'busy' })
    const over = (it: Connection): Signal => ({ type: 'pauseOver', round: it.round })
    const once = reached(up, busy).effects
    const twice = reached(up, busy, over, busy).effects
    expect(once).toMatchObject([{ do: 'pause', forMs: 500 }])
    expect(twice).toMatchObject([{ do: 'pause', forMs: 1_000 }])
    const { it } = reached(up, (at) => ({ type: 'joinRefused', round: at.round, code: 'wrongMeeting' }))
    expect(it).toMatchObject({ phase: 'ended', endedCode: 'wrongMeeting' })
  })

  it('ends on a bye and on a protocol of another age, and then hears nothing more', () => {
    const bye = reached(up, welcomed(8), { type: 'bye', code: 'movedToOtherDevice' }, up, {
      type: 'woke',
      hiddenMs: 0,
    })
    expect(bye.it).toMatchObject({ phase: 'ended', endedCode: 'movedToOtherDevice' })
    const old = reached(up, (it) => ({
      type: 'welcomed',
      round: it.round,
      welcome: welcomeAt(8, protocolVersion + 1),
    }))
    expect(old.it.endedCode).toBe('outdated')
  })

  it('reaches the server state whatever is lost, repeated or overtaken on the way', () => {
    const truth = 40
    const loss = fc.record({
      from: fc.integer({ min: 7, max: truth }),
      length: fc.integer({ min: 1, max: 5 }),
    })
    const happening = fc.oneof(
      loss.map((frames) => ({ ...frames, kind: 'frame' as const })),
      fc.constant({ kind: 'cut' as const }),
      fc.constant({ kind: 'answer' as const }),
      fc.integer({ min: 0, max: 20_000 }).map((hiddenMs) => ({ kind: 'woke' as const, hiddenMs })),
    )
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 60 }), (happenings) => {
        let [it, effects] = startConnection()
        const take = (signal: Signal): void => {
          const [next, more] = step(it, signal)
          it = next
          effects = more.length > 0 ? more : effects
        }
        const answer = (): void => {
          const [effect] = effects
          effects = []
          if (effect?.do === 'join') take({ type: 'welcomed', round: effect.round, welcome: welcomeAt(20) })
          else if (effect?.do === 'refill')
            take({
              type: 'refilled',
              round: effect.round,
              frame: { meetingId, events: eventsTo(truth).slice(effect.since) },
            })
          else if (effect?.do === 'pause') take({ type: 'pauseOver', round: effect.round })
          else if (effect !== undefined) take(up)
        }
        for (const one of happenings) {
          if (one.kind === 'frame') {
            const seqs = Array.from({ length: one.length }, (_, i) => one.from + i).filter(
              (seq) => seq <= truth,
            )
            take(told(...seqs))
          } else if (one.kind === 'cut') {
            take({ type: 'socketDown' })
            effects = [{ do: 'connect' }]
          } else if (one.kind === 'woke') take({ type: 'woke', hiddenMs: one.hiddenMs })
          else answer()
        }
        for (let tries = 0; tries < 10 && it.phase !== 'live'; tries += 1) answer()
        expect(it.phase).toBe('live')
        take(told(truth))
        for (let tries = 0; tries < 10 && it.phase !== 'live'; tries += 1) answer()
        expect(it.followed?.state).toEqual(stateAfter(eventsTo(truth)))
      }),
      { numRuns: 200 },
    )
  })
})
