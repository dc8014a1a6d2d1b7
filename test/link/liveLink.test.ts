import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { linkMeeting, type MeetingLink, type MeetingView } from '../../client/link/meeting.ts'
import type { TextStorage } from '../../client/link/orders.ts'
import type { Command } from '../../shared/meeting/commands.ts'
import type { Answer, Done } from '../../shared/wire/live.ts'
import { type LittleHall, openLittleHall } from './littleHall.ts'
import { handEvent, meetingId, pollOpened, recorded, seatId, stateAfter } from './meetingFixture.ts'

const ballot: Command = { type: 'castBallot', pollId: 'po_road00000', choice: { choice: 'yes' } }
const receipt = { pollId: 'po_road00000', seatId, receipt: 'R-1', castAt: 5 }

const keepInMemory = (): TextStorage & { readonly kept: Map<string, string> } => {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }
}

describe('the link to a meeting, over real sockets', () => {
  let little: LittleHall
  let storage: ReturnType<typeof keepInMemory>
  const open: MeetingLink[] = []

  const enter = (): MeetingLink => {
    const link = linkMeeting(meetingId, { makeSocket: little.makeSocket, storage })
    open.push(link)
    return link
  }
  const until = (link: MeetingLink, holds: (view: MeetingView) => boolean): Promise<MeetingView> =>
    new Promise((settle) => {
      const now = link.store.getState()
      if (holds(now)) return settle(now)
      const stop = link.store.subscribe((view) => {
        if (!holds(view)) return
        stop()
        settle(view)
      })
    })
  const live = (link: MeetingLink) => until(link, (view) => view.status === 'live')

  beforeEach(async () => {
    little = await openLittleHall()
    storage = keepInMemory()
  })
  afterEach(async () => {
    for (const link of open.splice(0)) link.close()
    await little.close()
  })

  it('has everything after one join, on the server’s clock', async () => {
    little.hall.now = () => Date.now() + 3_600_000
    const view = await live(enter())
    expect(view.state).toEqual(stateAfter(little.events))
    expect(view.me?.name).toBe('安娜')
    expect(Math.abs(view.serverNow() - Date.now() - 3_600_000)).toBeLessThan(1_000)
    expect(little.hall.joins).toBe(1)
  })

  it('follows frames and fetches those that were lost', async () => {
    const link = enter()
    await live(link)
    little.append(handEvent(7), handEvent(8), handEvent(9))
    little.tell(handEvent(9))
    const view = await until(link, ({ seq }) => seq === 9)
    expect(view.state).toEqual(stateAfter(little.events))
    expect(little.hall.refills).toEqual([6])
  })

  it('comes back by itself after a cut with what happened meanwhile', async () => {
    const link = enter()
    await live(link)
    little.cut()
    await until(link, ({ status }) => status === 'offline')
    little.append(handEvent(7))
    const view = await until(link, ({ status, seq }) => status === 'live' && seq === 7)
    expect(view.state).toEqual(stateAfter(little.events))
  })

  it('comes back after the server itself hung up', async () => {
    const link = enter()
    await live(link)
    little.server.disconnectSockets(true)
    await until(link, ({ status }) => status === 'offline')
    await live(link)
  })

  it('opens another socket at once when the page wakes after a long time', async () => {
    const link = enter()
    await live(link)
    link.wake(60_000)
    await until(link, () => little.hall.joins === 2)
    await live(link)
  })

  it('ends on a bye and does not return', async () => {
    const link = enter()
    await live(link)
    little.server.emit('bye', { code: 'movedToOtherDevice' })
    const view = await until(link, ({ status }) => status === 'ended')
    expect(view.endedCode).toBe('movedToOtherDevice')
  })

  it('ends with the code when the server will not let the socket in', async () => {
    little.server.use((_socket, next) => next(new Error('notSignedIn')))
    const view = await until(enter(), ({ status }) => status === 'ended')
    expect(view.endedCode).toBe('notSignedIn')
  })

  it('asks to reload when the server speaks a newer protocol', async () => {
    little.hall.protocol += 1
    const view = await until(enter(), ({ status }) => status === 'ended')
    expect(view.endedCode).toBe('outdated')
  })

  describe('orders', () => {
    it('are answered, and pending until then', async () => {
      const link = enter()
      await live(link)
      let reply: ((it: Answer<Done>) => void) | undefined
      little.hall.onOrder = (_ask, answer) => {
        reply = answer
      }
      const answered = link.send({ type: 'raiseHand', kind: 'speak' })
      expect(link.store.getState().pending).toBe(1)
      await vi.waitUntil(() => reply !== undefined)
      reply?.({ ok: true, value: { seq: 6 } })
      expect(await answered).toEqual({ ok: true, value: { seq: 6 } })
      expect(link.store.getState().pending).toBe(0)
      expect(storage.kept.size).toBe(0)
    })

    it('keep their id across a cut until an answer comes', async () => {
      const link = enter()
      await live(link)
      little.hall.onOrder = (_ask, answer) => {
        if (little.hall.asks.length === 1) little.cut()
        else answer({ ok: true, value: { seq: 6, receipt } })
      }
      expect(await link.send(ballot)).toMatchObject({ ok: true, value: { receipt } })
      const ids = little.hall.asks.map((ask) => ask.commandId)
      expect(ids.length).toBe(2)
      expect(new Set(ids).size).toBe(1)
      expect(link.store.getState().myBallots).toEqual([{ ...receipt, choice: { choice: 'yes' } }])
    })

    it('are sent again with the same id by the page’s next life', async () => {
      const first = enter()
      await live(first)
      little.hall.onOrder = () => {}
      void first.send(ballot)
      await vi.waitUntil(() => little.hall.asks.length === 1)
      first.close()

      little.hall.onOrder = (_ask, answer) => answer({ ok: true, value: { seq: 6, receipt } })
      const second = enter()
      const view = await until(second, ({ answered }) => answered.length === 1)
      expect(view.answered[0]?.order.command).toEqual(ballot)
      expect(view.myBallots[0]?.receipt).toBe('R-1')
      const ids = little.hall.asks.map((ask) => ask.commandId)
      expect(ids[1]).toBe(ids[0])
      expect(storage.kept.size).toBe(0)
    })

    it('of another person on the same device are never sent', async () => {
      const order = {
        commandId: 'someone-elses',
        meetingId,
        actorId: 'st_other000',
        command: ballot,
        givenAt: Date.now(),
      }
      storage.setItem(`yishiting.orders.${meetingId}`, JSON.stringify([order]))
      const link = enter()
      await live(link)
      await link.send({ type: 'raiseHand', kind: 'speak' })
      expect(little.hall.asks.map((ask) => ask.command.type)).toEqual(['raiseHand'])
    })

    it('older than the moment they were meant for are given up, ballots never', async () => {
      const old = { meetingId, actorId: seatId, givenAt: Date.now() - 600_000 }
      const hand = { ...old, commandId: 'old-hand', command: { type: 'raiseHand', kind: 'speak' } }
      storage.setItem(
        `yishiting.orders.${meetingId}`,
        JSON.stringify([hand, { ...old, commandId: 'old-ballot', command: ballot }]),
      )
      const view = await until(enter(), ({ answered }) => answered.length === 2)
      expect(little.hall.asks.map((ask) => ask.commandId)).toEqual(['old-ballot'])
      expect(view.answered[0]?.answer).toEqual({ ok: false, refusal: { code: 'unreachable' } })
    })

    it('that come too fast are sent again after a pause, in the order given', async () => {
      const link = enter()
      await live(link)
      little.hall.onOrder = (_ask, answer) =>
        answer(
          little.hall.asks.length === 1
            ? { ok: false, refusal: { code: 'tooFast' } }
            : { ok: true, value: { seq: 6 } },
        )
      const no: Command = { ...ballot, choice: { choice: 'no' } }
      const answers = await Promise.all([link.send(ballot), link.send(no)])
      expect(answers.every((answer) => answer.ok)).toBe(true)
      expect(little.hall.asks.map((ask) => ask.command)).toEqual([ballot, ballot, no])
    })

    it('that are refused say why', async () => {
      const link = enter()
      await live(link)
      little.hall.onOrder = (_ask, answer) => answer({ ok: false, refusal: { code: 'pollClosed' } })
      expect(await link.send(ballot)).toEqual({ ok: false, refusal: { code: 'pollClosed' } })
      expect(link.store.getState().myBallots).toEqual([])
    })
  })

  it('shows what another line of the same seat cast, instead of its own earlier ballot', async () => {
    const link = enter()
    await live(link)
    const opened = recorded(7, pollOpened('po_road00000'))
    little.append(opened)
    little.tell(opened)
    await until(link, ({ seq }) => seq === 7)
    const ballot = (receipt: string, choice: string) => ({
      pollId: 'po_road00000',
      seatId,
      castAt: 1,
      receipt,
      choice: { choice },
    })
    for (const told of [[ballot('0000000001', 'yes')], [ballot('0000000002', 'no')]]) {
      little.server.emit('myBallots', told)
      expect(
        (await until(link, (view) => view.myBallots[0]?.receipt === told[0]?.receipt)).myBallots,
      ).toEqual(told)
    }
  })

  it('forgets a running tally when its poll closes', async () => {
    const link = enter()
    await live(link)
    const opened = recorded(7, pollOpened('po_road00000'))
    little.append(opened)
    little.tell(opened)
    await until(link, ({ seq }) => seq === 7)
    const figures = {
      cast: 1,
      electors: 2,
      byParty: [],
      byOption: null,
      seats: [seatId],
      hands: {},
      papers: [],
      castWeight: 0,
    }
    little.server.emit('tally', { pollId: 'po_road00000', ...figures })
    await until(link, ({ tally }) => tally?.cast === 1)
    const cancelled = recorded(8, { type: 'pollCancelled', pollId: 'po_road00000', reason: '' })
    little.append(cancelled)
    little.tell(cancelled)
    await until(link, ({ seq, tally }) => seq === 8 && tally === null)
  })
})
