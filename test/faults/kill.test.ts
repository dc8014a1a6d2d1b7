// The power goes: the real server is killed again and again under load, and nothing that it acknowledged is missing
// or there twice.
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Seeded } from '../../server/cli/seedMeeting.ts'
import { fold } from '../../shared/meeting/meeting.ts'
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
import { checkEvents, checkPolls } from './verdict.ts'
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
})
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

test(`${kills} kills under load lose nothing that was acknowledged, and double nothing`, {
  timeout: 900_000,
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
      const kept = KeptStore.ofFile(join(dataDir, 'hall.db'))
      const lost = await kept.missing(ledger.entries.values(), seeded.meetingId)
      expect([...lost, ...(await kept.missingBallots(ledger))], `after kill ${kill + 1}`).toEqual([])
      const marks = new Set(await kept.draftMarks(seeded.draftId))
      expect(
        seen.filter((mark) => !marks.has(mark)),
        `of the draft, after kill ${kill + 1}`,
      ).toEqual([])
      await kept.close()
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
    expect(checkEvents(file, ledger)).toEqual([])
    const state = fold(file.events)
    if (!state) throw new Error('the record is empty')
    const polls = checkPolls(state, file, ledger)
    expect(polls.problems).toEqual([])
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

    const settled = KeptStore.ofFile(join(dataDir, 'hall.db'))
    const isWhole = async (): Promise<boolean> =>
      new Set(await settled.draftMarks(seeded.draftId)).size === written.length
    while (!(await isWhole())) await new Promise((resolve) => witness.doc.once('update', resolve))
    expect((await settled.draftMarks(seeded.draftId)).sort()).toEqual([...written].sort())
    await settled.close()

    expect(ledger.size).toBeGreaterThan(kills * 15)
    expect(polls.ballots).toBeGreaterThan(0)
    expect([chair, ...seats].flatMap(({ complaints }) => complaints)).toEqual([])
    expect(Math.max(...seenAtKill)).toBeGreaterThan(10)
  } catch (fault) {
    over = true
    throw new Error(`KILL_SEED="${seed}" after ${ledger.size} acknowledgements`, { cause: fault })
  } finally {
    for (const person of [chair, ...seats]) person.leave()
    for (const hand of hands) hand.leave()
  }
})
