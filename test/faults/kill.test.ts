// The power goes: the real server is killed again and again under load, and nothing that it acknowledged is missing
// or there twice.
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Seeded } from '../../server/cli/seedMeeting.ts'
import { fold } from '../../shared/meeting/meeting.ts'
import type { MeetingState } from '../../shared/meeting/state.ts'
import { type RecordFile, verifyRecord } from '../../shared/record/verify.ts'
import { openPoll } from '../../shared/views/polls.ts'
import { cookieFor } from '../live/hall.ts'
import { diceOf } from '../random/dice.ts'
import { KeptStore } from './keptStore.ts'
import { Ledger } from './ledger.ts'
import { makeChair, seatOrder } from './load.ts'
import { Person } from './person.ts'
import { seedInto } from './seedInto.ts'
import { type BuiltServer, buildServer, freePort, type RunningServer, startServer } from './serverProcess.ts'
import { type Hand, marksIn, openHand, writeMark } from './writers.ts'

const kills = Number(process.env.KILLS ?? 22)
const seed = process.env.KILL_SEED ?? randomUUID()
const seatsInHall = 10
const acksBetweenKillsMost = 160
const acksPerMark = 4

let built: BuiltServer
let dataDir: string
let server: RunningServer
let url: string
let port: number
let seeded: Seeded
const start = () => startServer(built.main, { DATA_DIR: dataDir, PORT: String(port) })

beforeAll(async () => {
  built = await buildServer()
  dataDir = await mkdtemp(join(tmpdir(), 'yishiting-kill-'))
  port = await freePort()
  url = `http://127.0.0.1:${port}`
  seeded = await seedInto(dataDir, { seats: seatsInHall, presetCode: 'simple', baseUrl: url })
  server = await start()
}, 120_000)
afterAll(async () => {
  await server?.kill()
  await built?.remove()
  await rm(dataDir, { recursive: true, force: true })
})

const ledger = new Ledger()

const comeIn = async (): Promise<{ chair: Person; seats: Person[]; hands: Hand[]; cookie: string }> => {
  const { meetingId, draftId } = seeded
  const cookie = await cookieFor(url, seeded.facilitator.token)
  const chair = new Person(url, { meetingId, cookie, name: 'chair', seatId: null, ledger })
  const seats: Person[] = []
  const hands: Hand[] = []
  for (const [i, { seatId, token }] of seeded.seats.entries()) {
    const own = await cookieFor(url, token)
    seats.push(new Person(url, { meetingId, cookie: own, name: `seat${i}`, seatId, ledger }))
    if (i < 3) hands.push(openHand(url, draftId, own))
  }
  await Promise.all([chair, ...seats].map((person) => person.until(({ seq }) => seq > 0)))
  return { chair, seats, hands, cookie }
}

/** Resolves after so many more acknowledgements; every few of them somebody writes into the draft. */
const acknowledged = (count: number, write: () => void): Promise<void> =>
  new Promise((resolve) => {
    const enough = ledger.size + count
    ledger.onWrite(() => {
      if (ledger.size % acksPerMark === 0) write()
      if (ledger.size >= enough) resolve()
    })
  })

const exportRecord = async (cookie: string): Promise<RecordFile> => {
  const answer = await fetch(`${url}/api/meetings/${seeded.meetingId}/record/export`, { headers: { cookie } })
  return (await answer.json()) as RecordFile
}

/** Each order's events stand together, once, and end where its answer said. */
const checkEvents = ({ events }: RecordFile): string[] => {
  const problems: string[] = []
  const spans = new Map<string, { first: number; last: number; count: number }>()
  for (const { commandId, seq } of events) {
    const span = spans.get(commandId)
    if (span) Object.assign(span, { last: seq, count: span.count + 1 })
    else spans.set(commandId, { first: seq, last: seq, count: 1 })
  }
  for (const [commandId, { first, last, count }] of spans) {
    if (last - first + 1 !== count) problems.push(`${commandId} has events in two places`)
    const entry = ledger.entries.get(commandId)
    if (entry?.answer.ok && entry.answer.value.seq !== last)
      problems.push(`${commandId} was answered wrongly`)
    if (!entry && /-order-/.test(commandId)) problems.push(`${commandId} was never answered`)
  }
  const alwaysDo = new Set(['raiseHand', 'lowerHand', 'leave', 'openPoll', 'giveFloor', 'addAgendaItem'])
  for (const { commandId, command, answer } of ledger.entries.values()) {
    if (answer.ok && alwaysDo.has(command.type) && !spans.has(commandId))
      problems.push(`${commandId} is lost`)
  }
  return problems
}

/** The counted ballots are, seat by seat, the last ones that were acknowledged. */
const checkPolls = (state: MeetingState): number => {
  let counted = 0
  for (const poll of Object.values(state.polls)) {
    const last = ledger.lastBallots(poll.pollId)
    const expected = [...last.entries()].map(([seatId, { command, answer }]) => ({
      seatId,
      source: 'device',
      choice: command.type === 'castBallot' ? command.choice : null,
      receipt: answer.ok ? answer.value.receipt?.receipt : null,
    }))
    expect(poll.ballots).toEqual(expected.sort((a, b) => (a.seatId < b.seatId ? -1 : 1)))
    const totals = Object.values(poll.result?.totals ?? {}).reduce((sum, n) => sum + n, 0)
    expect(totals).toBe(last.size)
    counted += totals
  }
  return counted
}

test(`${kills} kills under load lose nothing that was acknowledged, and double nothing`, {
  timeout: 400_000,
}, async () => {
  const dice = diceOf(seed)
  const { chair, seats, hands, cookie } = await comeIn()
  const [witness, ...writers] = hands
  if (!witness) throw new Error('nobody watches the draft')
  const written: string[] = []
  const write = (): void => {
    const mark = `w${dice.below(writers.length)}.${written.length}`
    const writer = writers[Number(mark.slice(1, 2))]
    if (!writer) return
    written.push(mark)
    writeMark(writer.doc, mark, dice.below(20))
  }

  let over = false
  const chairOrder = makeChair(diceOf(`${seed} chair`))
  const working = [
    (async () => {
      while (!over) await chair.give(chairOrder(chair))
    })(),
    ...seats.map(async (seat, i) => {
      const own = diceOf(`${seed} seat ${i}`)
      while (!over) await seat.give(seatOrder(seat, own))
    }),
  ]
  const seenAtKill: number[] = []
  try {
    for (let kill = 0; kill < kills; kill += 1) {
      await acknowledged(dice.oneIn(5) ? 1 : 5 + dice.below(acksBetweenKillsMost), write)
      await server.kill()
      const seen = marksIn(witness.doc)
      seenAtKill.push(seen.length)
      const kept = new KeptStore(join(dataDir, 'hall.db'))
      expect(kept.missing(ledger, seeded.meetingId), `missing after kill ${kill + 1}`).toEqual([])
      const marks = new Set(kept.draftMarks(seeded.draftId))
      expect(
        seen.filter((mark) => !marks.has(mark)),
        `of the draft, after kill ${kill + 1}`,
      ).toEqual([])
      kept.close()
      server = await start()
    }
    await acknowledged(60, write)
    over = true
    ledger.onWrite(null)
    await Promise.all(working)
    const poll = openPoll(chair.state)
    if (poll) await chair.give({ type: 'closePoll', pollId: poll.pollId })

    const file = await exportRecord(cookie)
    expect(verifyRecord(file)).toMatchObject({ ok: true, events: file.events.length })
    expect(checkEvents(file)).toEqual([])
    const state = fold(file.events)
    if (!state) throw new Error('the record is empty')
    const counted = checkPolls(state)
    await Promise.all([chair, ...seats].map((person) => person.until(({ seq }) => seq >= file.events.length)))
    for (const person of [chair, ...seats]) expect(person.state).toEqual(state)

    for (const person of [chair, ...seats]) {
      const own = [...ledger.entries.values()].filter(({ by }) => by === person.name)
      for (const entry of Array.from({ length: 8 }, () => dice.pick(own))) {
        if (!entry) continue
        const { commandId, command, answer } = entry
        expect(await person.send(commandId, command), `${commandId} sent again`).toEqual(answer)
      }
    }
    expect((await exportRecord(cookie)).events).toHaveLength(file.events.length)

    const settled = new KeptStore(join(dataDir, 'hall.db'))
    const isWhole = (): boolean => new Set(settled.draftMarks(seeded.draftId)).size === written.length
    while (!isWhole()) await new Promise((resolve) => witness.doc.once('update', resolve))
    expect(settled.draftMarks(seeded.draftId).sort()).toEqual([...written].sort())
    settled.close()

    expect(ledger.size).toBeGreaterThan(kills * 15)
    expect(counted).toBeGreaterThan(0)
    expect(Math.max(...seenAtKill)).toBeGreaterThan(10)
  } catch (fault) {
    over = true
    throw new Error(`KILL_SEED="${seed}" after ${ledger.size} acknowledgements`, { cause: fault })
  } finally {
    for (const person of [chair, ...seats]) person.leave()
    for (const hand of hands) hand.leave()
  }
})
