// `npm run bench`: a full hall on this machine. The real server in a process of its own on a real store; everybody
// connects, then moves, raises hands and votes within the same ten seconds. Prints figures and asserts no times.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { optionsOf, wholeNumber } from '../../server/cli/options.ts'
import type { Command } from '../../shared/meeting/commands.ts'
import { evolve } from '../../shared/meeting/meeting.ts'
import type { Answer, Done } from '../../shared/wire/live.ts'
import { seedInto } from '../faults/seedInto.ts'
import { buildServer, freePort, startServer } from '../faults/serverProcess.ts'
import { cookieFor } from '../live/hall.ts'
import { crowd } from './crowd.ts'
import { machine, serverFigures, spreadHead, spreadLine } from './figures.ts'
import { LiveLine } from './liveLine.ts'

const usage = `npm run bench -- [--seats N] [--seed SEED]
  measures a meeting and the counting methods on this machine`
const { values, refuse } = optionsOf(usage, {
  seats: { type: 'string', default: '300' },
  seed: { type: 'string', default: 'bench' },
})
const seatCount = wholeNumber('seats', values.seats, 1, refuse)
const joinsAtOnce = 20
const scenesEveryMs = 250
const settleMs = 1_500
const foldingLines = 3

const say = (line: string): boolean => process.stdout.write(`${line}\n`)
const mib = (bytes: number): string => (bytes / 2 ** 20).toFixed(1)

/** Runs the work for every entry, so many at a time, and keeps the order of the results. */
const eachOf = async <T, R>(list: readonly T[], atOnce: number, work: (one: T, i: number) => Promise<R>) => {
  const results: R[] = []
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < list.length) {
      const i = next
      next += 1
      results[i] = await work(list[i] as T, i)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return results
}

const built = await buildServer()
const dataDir = await mkdtemp(join(tmpdir(), 'yishiting-bench-'))
const port = await freePort()
const url = `http://127.0.0.1:${port}`
const seeded = await seedInto(dataDir, { seats: seatCount, presetCode: 'simple', baseUrl: url })
const server = await startServer(built.main, { DATA_DIR: dataDir, PORT: String(port) })

const latencies = new Map<string, number[]>()
const refusals = new Map<string, number>()
const note = (kind: string, ms: number): void => {
  const known = latencies.get(kind)
  if (known) known.push(ms)
  else latencies.set(kind, [ms])
}
const timed = async (kind: string, line: LiveLine, command: Command): Promise<Answer<Done>> => {
  const from = performance.now()
  const answer = await line.order(command)
  note(kind, performance.now() - from)
  if (!answer.ok) refusals.set(answer.refusal.code, (refusals.get(answer.refusal.code) ?? 0) + 1)
  return answer
}

const arrive = async (): Promise<{ chair: LiveLine; lines: LiveLine[]; cookie: string }> => {
  const { meetingId, facilitator, seats } = seeded
  const cookies = await eachOf(seats, joinsAtOnce, async ({ token }) => {
    const from = performance.now()
    const cookie = await cookieFor(url, token)
    note('card scanned', performance.now() - from)
    return cookie
  })
  const cookie = await cookieFor(url, facilitator.token)
  const chair = await LiveLine.enter(url, { meetingId, cookie, name: 'chair' })
  const began = performance.now()
  const lines = await eachOf(cookies, joinsAtOnce, async (own, i) => {
    const from = performance.now()
    const me = { meetingId, cookie: own, name: `seat${i}`, keeps: i < foldingLines }
    const line = await LiveLine.enter(url, me)
    note('connected and joined', performance.now() - from)
    return line
  })
  say(`\n${lines.length} joined, ${joinsAtOnce} at a time, in ${(performance.now() - began).toFixed(0)} ms`)
  return { chair, lines, cookie }
}

const openPoll = async (chair: LiveLine): Promise<string> => {
  const opened = await timed('openPoll', chair, {
    type: 'openPoll',
    itemId: chair.welcome?.state.currentItemId ?? '',
    question: '是否同意?',
    method: { kind: 'yesNo' },
    options: [],
    secrecy: 'named',
    show: 'hidden',
  })
  if (!opened.ok) throw new Error(`no poll was opened: ${opened.refusal.code}`)
  const again = await LiveLine.enter(url, { meetingId: seeded.meetingId, cookie: chairCookie, name: 'late' })
  const pollId = again.welcome?.state.pollOrder.at(-1) ?? ''
  again.close()
  return pollId
}

interface SceneSet {
  readonly sentAt: number
  readonly seq: number
}

/** The facilitator moves the screen at a steady pace; how long each takes to reach the last client is the lag. */
const moveScreen = async (chair: LiveLine, isOver: () => boolean): Promise<SceneSet[]> => {
  const set: SceneSet[] = []
  for (let i = 0; !isOver(); i += 1) {
    const sentAt = Date.now()
    const scene = i % 2 === 0 ? 'agenda' : 'text'
    const answer = await timed('setScene (facilitator)', chair, { type: 'setScene', scene })
    if (answer.ok) set.push({ sentAt, seq: answer.value.seq })
    await pause(scenesEveryMs)
  }
  return set
}

const tenSeconds = async (chair: LiveLine, lines: readonly LiveLine[], pollId: string) => {
  const began = performance.now()
  let isOver = false
  const screen = moveScreen(chair, () => isOver)
  const given = crowd(lines.length, pollId, values.seed).map(async ({ atMs, seat, command }) => {
    await pause(Math.max(0, atMs - (performance.now() - began)))
    const line = lines[seat]
    if (line) await timed(command.type, line, command)
  })
  await Promise.all(given)
  const seconds = (performance.now() - began) / 1_000
  isOver = true
  say(`${given.length} orders by ${lines.length} seats in ${seconds.toFixed(1)} s, every one answered`)
  return screen
}

const atOnce = async (lines: readonly LiveLine[], pollId: string): Promise<void> => {
  const began = performance.now()
  await Promise.all(
    lines.flatMap((line) => [
      timed('all at once: castBallot', line, { type: 'castBallot', pollId, choice: { choice: 'yes' } }),
      timed('all at once: raiseHand', line, { type: 'raiseHand', kind: 'speak' }),
    ]),
  )
  const ms = performance.now() - began
  say(`${2 * lines.length} orders in the same instant, every one answered within ${ms.toFixed(0)} ms`)
}

const report = (scenes: readonly SceneSet[], lines: readonly LiveLine[]): void => {
  const lag = scenes.map(({ sentAt, seq }) =>
    Math.max(...lines.map((l) => (l.heardAt(seq) ?? Infinity) - sentAt)),
  )
  const behind = lines.flatMap(({ heard }) => heard.map(({ decidedAt, heardAt }) => heardAt - decidedAt))
  say(`\n${spreadHead}`)
  for (const [kind, all] of latencies) say(spreadLine(kind, all))
  say(spreadLine('order → last client heard', lag))
  say(spreadLine('a client behind the record', behind))
}

const checkTogether = async (lines: readonly LiveLine[], pollId: string): Promise<void> => {
  const me = { meetingId: seeded.meetingId, cookie: chairCookie, name: 'check' }
  const fresh = await LiveLine.enter(url, me)
  const { state, seq } = fresh.welcome ?? {}
  fresh.close()
  const behind = lines.filter((line) => line.seq !== seq).length
  const folded = lines.slice(0, foldingLines).filter(({ welcome, frames }) => {
    if (!welcome) return false
    const events = frames.flatMap((frame) => frame.events).filter((event) => event.seq > welcome.seq)
    return isDeepStrictEqual(events.reduce(evolve, welcome.state), state)
  }).length
  const cast = state?.polls[pollId]?.ballots.length ?? 0
  say(`\nevent ${seq}; clients not there yet: ${behind}; folded and equal: ${folded} of ${foldingLines}`)
  say(`ballots counted: ${cast} of ${lines.length} seats; refused: ${JSON.stringify([...refusals])}`)
  if (behind > 0 || cast !== lines.length) process.exitCode = 1
}

say(`a hall of ${seatCount} seats on ${machine()}`)
const atRest = await serverFigures(url)
const { chair, lines, cookie: chairCookie } = await arrive()
const joined = await serverFigures(url)
const ownDelay = monitorEventLoopDelay({ resolution: 10 })
ownDelay.enable()
const pollId = await openPoll(chair)
const scenes = await tenSeconds(chair, lines, pollId)
const afterTen = await serverFigures(url)
await chair.order({ type: 'lowerAllHands' })
await pause(settleMs)
await atOnce(lines, pollId)
await timed('closePoll', chair, { type: 'closePoll', pollId })
await pause(settleMs)
report(await scenes, lines)
await checkTogether(lines, pollId)
const loaded = await serverFigures(url)
const perSeat = (joined.rssBytes - atRest.rssBytes) / Math.max(1, lines.length) / 1024
say(
  `\nserver memory: ${mib(atRest.rssBytes)} MiB at rest, ${mib(joined.rssBytes)} joined (${perSeat.toFixed(0)}`,
)
say(
  `  KiB a seat), ${mib(loaded.rssBytes)} in the end; CPU ${(loaded.cpuSeconds - joined.cpuSeconds).toFixed(1)} s`,
)
say(`  under load, ${(afterTen.cpuSeconds - joined.cpuSeconds).toFixed(1)} s of it in the ten seconds`)
say(
  `event loop p99: server ${afterTen.loopP99Ms.toFixed(0)} ms, this bench ${(ownDelay.percentile(99) / 1e6).toFixed(0)} ms`,
)

for (const line of [chair, ...lines]) line.close()
await server.stop()
await built.remove()
await rm(dataDir, { recursive: true, force: true })
await import('./counting.ts')
process.exit()
