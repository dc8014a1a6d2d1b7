// `npm run bench:live`: this hall against a bare Socket.IO server (with and without its Redis adapter) and a bare WebSocket
// fan-out, on the same machine in the same run. Prints figures and ratios, and asserts nothing.
//   -- --rows broadcast,ballots   only these     -- --seconds 3   how long each is measured     -- --big   10,000 too
import { optionsOf, wholeNumber } from '../../../server/cli/options.ts'
import { howRedisIsMissing } from '../../bus/redisServer.ts'
import { buildServer } from '../../faults/serverProcess.ts'
import { howPostgreSQLIsMissing } from '../../store/postgresServer.ts'
import { machine } from '../figures.ts'
import {
  type Arena,
  hasTaskset,
  installPeers,
  onCores,
  openFanOut,
  openHallArena,
  openSocketIo,
  openSocketIoWithRedis,
  serverCores,
} from './arenas.ts'
import { type Assembly, assembleBare, assembleHall } from './assemblies.ts'
import { heardElsewhere, ordersInManyMeetings, ordersInOneMeeting } from './nodeRows.ts'
import { followedWithinMs, medianTelling, rateFollowed, roundsOfBallots } from './rows.ts'

const allRows = ['memory', 'broadcast', 'follow', 'ballots', 'orders', 'nodes', 'heard'] as const
type Row = (typeof allRows)[number]

const usage = `npm run bench:live -- [--rows ROW,…] [--seconds N] [--seats N] [--big]
  runs the live meeting beside its peers and prints the ratios`
const { values, refuse } = optionsOf(usage, {
  rows: { type: 'string', default: allRows.join(',') },
  seconds: { type: 'string', default: '5' },
  seats: { type: 'string', default: '1000' },
  big: { type: 'boolean', default: false },
})
const wanted = new Set(values.rows.split(','))
const wants = (...rows: Row[]): boolean => rows.some((row) => wanted.has(row))
const seconds = wholeNumber('seconds', values.seconds, 1, refuse)
const seatCount = wholeNumber('seats', values.seats, 1, refuse)
const bigCount = 10_000
/** A seat may have eight connections; a meeting of 10,000 connections need not have 10,000 seats. */
const bigSeats = 1_250
const eventsPerSecond = 5
const ballotRounds = { warmUp: 8, counted: 15 }

const say = (line = ''): boolean => process.stdout.write(`${line}\n`)
const ms = (value: number): string => `${value.toFixed(1)} ms`
const figures = new Map<string, Map<string, number>>()
const note = (row: string, title: string, value: number, words: string): void => {
  const known = figures.get(row) ?? new Map<string, number>()
  figures.set(row, known.set(title, value))
  say(`  ${title.padEnd(30)} ${words}`)
}
/** What the goal of a row is judged by. */
const ratio = (row: string, goal: string, better: 'less' | 'more'): void => {
  const hall = figures.get(row)?.get('this hall')
  if (hall === undefined) return
  for (const [title, value] of figures.get(row) ?? []) {
    if (title !== 'this hall')
      say(`  ${row}: ${(hall / value).toFixed(2)} × ${title}  (${better} is better; goal ${goal})`)
  }
}

const measure = async (assembly: Assembly): Promise<void> => {
  const { title, seats } = assembly
  if (wants('memory'))
    note('memory', title, assembly.kibPerSeat, `${assembly.kibPerSeat.toFixed(1)} KiB a seat`)
  if (wants('broadcast')) {
    const { histogram, isWhole } = await medianTelling(assembly, eventsPerSecond, seconds)
    const missed = isWhole ? '' : '  SOME NOT HEARD'
    const [p50, p99] = [histogram.at(0.5), histogram.at(0.99)]
    note(
      'broadcast',
      title,
      p99,
      `told → heard by ${seats}: p50 ${ms(p50)}, p99 ${ms(p99)}, last ${ms(histogram.max)}${missed}`,
    )
  }
  if (wants('follow')) {
    const rate = await rateFollowed(assembly, Math.min(3, seconds))
    note('follow', title, rate, `${rate} events/s followed by ${seats} with p99 under ${followedWithinMs} ms`)
  }
  if (wants('ballots') && !title.includes('WebSocket')) {
    const { perSecond, slowestMs, refused } = await roundsOfBallots(assembly, ballotRounds)
    const words = `${perSecond.toFixed(0)} ballots/s; slowest round ${ms(slowestMs)}; refused ${refused}`
    note('ballots', title, perSecond, words)
  }
  await assembly.close()
}

/** Server and load share all cores: the hall writes to its disk, and any server collects its garbage, beside its main thread. */
const assembled = async (open: () => Promise<Arena>, isHall: boolean, count: number): Promise<Assembly> => {
  const arena = await open()
  return isHall ? assembleHall(arena, count) : assembleBare(arena, count)
}

const redisIsThere = howRedisIsMissing === null
const clusterIsThere = redisIsThere && howPostgreSQLIsMissing === null
const peersAreMissing = installPeers()
if (peersAreMissing) say(`the peers could not be installed, so there are no ratios: ${peersAreMissing}`)
const { main, remove } = await buildServer()
say(machine())
if (!hasTaskset) say('taskset is missing: no process is bound to a core')

const everyone = async (count: number, seats: number): Promise<void> => {
  const openHall = () => openHallArena({ main, meetings: 1, seats })
  await measure(await assembled(openHall, true, count))
  if (peersAreMissing) return
  await measure(await assembled(openSocketIo, false, count))
  if (redisIsThere) await measure(await assembled(openSocketIoWithRedis, false, count))
  await measure(await assembled(openFanOut, false, count))
}

if (wants('memory', 'broadcast', 'follow', 'ballots')) {
  say(`\n${seatCount} seats in one meeting`)
  await everyone(seatCount, seatCount)
  ratio('broadcast', '≤ 1.2 × bare Socket.IO', 'less')
  ratio('follow', '≥ 3 × bare Socket.IO', 'more')
  ratio('ballots', '≥ 0.7 × bare Socket.IO', 'more')
  ratio('memory', '≤ 60 KiB', 'less')
}
if (wants('orders')) {
  say(`\norders answered a second, one node on the embedded store, bound to core ${serverCores}`)
  const one = await onCores(serverCores, () => ordersInOneMeeting(main, seconds))
  say(`  one meeting of 100 seats          ${one.toFixed(0)}`)
  const many = await onCores(serverCores, () => ordersInManyMeetings(main, 0, seconds))
  say(`  100 meetings of 10 seats          ${many.toFixed(0)}`)
}
if (!clusterIsThere && wants('nodes', 'heard')) say('\nrows with several nodes need PostgreSQL and Redis')
if (clusterIsThere && wants('nodes')) {
  say('\norders answered a second over 100 meetings, PostgreSQL and Redis, and the load on the same cores')
  const one = await onCores(serverCores, () => ordersInManyMeetings(main, 1, seconds))
  say(`  one node, all of it on one core   ${one.toFixed(0)}`)
  const two = await onCores(null, () => ordersInManyMeetings(main, 2, seconds))
  say(`  two nodes, all of it on two cores ${two.toFixed(0)}`)
  say(`  nodes: ${(two / one).toFixed(2)} ×  (more is better; goal ≥ 1.6)`)
}
if (clusterIsThere && wants('heard')) {
  say('\nan event heard on the other node')
  for (const [words, withRedis, goal] of [
    ['with Redis', true, '≤ 30 ms'],
    ['without', false, '≤ 500 ms'],
  ] as const) {
    const histogram = await heardElsewhere(main, withRedis, seconds)
    say(`  ${words.padEnd(12)} p50 ${ms(histogram.at(0.5))}, p99 ${ms(histogram.at(0.99))}  (goal ${goal})`)
  }
}
if (values.big && wants('broadcast', 'memory')) {
  say(`\n${bigCount} connections in one meeting`)
  wanted.delete('follow')
  wanted.delete('ballots')
  await everyone(bigCount, bigSeats)
}
await remove()
process.exit()
