// `npm run bench:drafts`: this server beside its peers on the same machine in one run, each in a process of its own
// pinned to one core, the load on the other. Prints figures and ratios, asserts nothing.
// `-- --rows sustained,latency --seconds 1 --only hall,relay` measures less.
import { optionsOf, wholeNumber } from '../../../server/cli/options.ts'
import { machine } from '../figures.ts'
import { type Contender, openHallContender, openPeers, pinLoad } from './contenders.ts'
import { idleMemory, kills } from './crowds.ts'
import { coldJoins } from './joins.ts'
import { type Figure, humanPace, latency, type RowOptions, sustained } from './rows.ts'
import { storm } from './storm.ts'

const usage = `npm run bench:drafts -- [--rows ROW,…] [--only NAME,…] [--seconds N] [--kills N] [--trace]
  runs drafts beside their peers and prints the ratios`
const { values, refuse } = optionsOf(usage, {
  rows: { type: 'string', default: '' },
  only: { type: 'string', default: '' },
  seconds: { type: 'string', default: '2' },
  kills: { type: 'string', default: '3' },
  trace: { type: 'boolean', default: false },
})

const seconds = wholeNumber('seconds', values.seconds, 1, refuse)
const killsAsked = wholeNumber('kills', values.kills, 1, refuse)

const say = (line: string): boolean => process.stdout.write(`${line}\n`)

interface Row {
  readonly name: string
  readonly title: string
  /** Less is better. */
  readonly isTime?: boolean
  /** Contenders that have no such thing. */
  readonly without?: readonly Contender['name'][]
  readonly drafts: number
  readonly crowd?: number
  measure(contender: Contender, options: RowOptions): Promise<Figure>
}

const ten = { people: 10, writers: 3 }
const hundred = { people: 100, writers: 10, drafts: 1, cursors: false }
/** Guesses, so that the climbs are short. */
const startAt: Record<Contender['name'], number> = { hall: 4, yWebsocket: 1, hocuspocus: 2, relay: 4 }
const peopleStart: Record<Contender['name'], number> = {
  hall: 600,
  yWebsocket: 200,
  hocuspocus: 200,
  relay: 500,
}
/** As many sockets as a process may have here. */
const manyDrafts = 1_600

const rows: readonly Row[] = [
  {
    name: 'sustained',
    title: 'deliveries/s with p99 < 200 ms, 20 drafts × 10 people, 3 write',
    drafts: 300,
    measure: (c, o) =>
      sustained(c, { ...ten, drafts: 20, cursors: false, start: 10_000 * startAt[c.name] }, o),
  },
  {
    name: 'sustained-cursors',
    title: 'the same with cursors',
    drafts: 300,
    measure: (c, o) => sustained(c, { ...ten, drafts: 20, cursors: true, start: 4_000 * startAt[c.name] }, o),
  },
  {
    name: 'sustained-100',
    title: 'deliveries/s with p99 < 200 ms, 1 draft × 100 people, 10 write',
    drafts: 17,
    crowd: 100,
    measure: (c, o) => sustained(c, { ...hundred, start: 1_000 * startAt[c.name] }, o),
  },
  {
    name: 'human',
    title: 'drafts of 10 people, 3 of them typing 5 keys/s, with p99 < 200 ms',
    drafts: manyDrafts,
    measure: (c, o) => humanPace(c, { ...ten, cursors: false, start: peopleStart[c.name] }, o),
  },
  {
    name: 'human-cursors',
    title: 'the same with cursors',
    drafts: manyDrafts,
    measure: (c, o) => humanPace(c, { ...ten, cursors: true, start: peopleStart[c.name] / 2 }, o),
  },
  {
    name: 'latency',
    title: 'latency at 2,700 deliveries/s, 20 drafts × 10 people (p50 · p99)',
    isTime: true,
    drafts: 40,
    measure: (c, o) => latency(c, { ...ten, drafts: 20, cursors: false, deliveries: 2_700 }, o),
  },
  {
    name: 'latency-200',
    title: 'latency at 10,000 deliveries/s, 1 draft × 200 people (p50 · p99)',
    isTime: true,
    drafts: 17,
    crowd: 200,
    measure: (c, o) =>
      latency(c, { people: 200, writers: 10, drafts: 1, cursors: false, deliveries: 10_000 }, o),
  },
  {
    name: 'joins',
    title: '50 people join a draft of 100,000 edits on a server that has just started, median of five times',
    isTime: true,
    without: ['relay'],
    drafts: 17,
    crowd: 50,
    measure: (c, o) => coldJoins(c, { edits: 100_000, people: 50 }, o),
  },
  {
    name: 'storm',
    title:
      '1,000 people reconnect to one draft at once, 100 of them with an offline edit, median of five times',
    isTime: true,
    without: ['relay'],
    drafts: 17,
    crowd: 1_000,
    measure: (c, o) => storm(c, { people: 1_000 }, o),
  },
  {
    name: 'idle',
    title: 'memory of each idle person, 100 drafts × 10 people',
    isTime: true,
    drafts: 120,
    measure: (c) => idleMemory(c, { drafts: 100 }),
  },
  {
    name: 'kills',
    title: 'kill -9 at 100 edits/s × 50 drafts',
    without: ['relay'],
    drafts: 70,
    measure: (c, o) => kills(c, { rounds: killsAsked }, o),
  },
]

const isWanted = (list: string, name: string): boolean => list === '' || list.split(',').includes(name)

const ratio = (row: Row, hall: Figure, other: Figure): string => {
  const times = row.isTime ? other.value / hall.value : hall.value / other.value
  return Number.isFinite(times) ? `${times.toFixed(2)} ×` : '—'
}

const main = async (): Promise<void> => {
  const isPinned = pinLoad()
  const wanted = rows.filter(({ name }) => isWanted(values.rows, name))
  const draftsMax = Math.max(...wanted.map(({ drafts }) => drafts))
  const crowd = Math.max(...wanted.map((row) => row.crowd ?? 10))
  const { peers, missing } = await openPeers()
  const hall = await openHallContender({ drafts: draftsMax, crowd })
  const contenders = [hall, ...peers].filter(({ name }) => isWanted(values.only, name))
  say(`drafts on ${machine()}`)
  say(isPinned ? 'each server on core 0, the load on core 1' : 'processes cannot be pinned on this machine')
  for (const line of missing) say(line)
  const options: RowOptions = {
    seconds,
    draftsMax,
    trace: (line) => values.trace && say(line),
  }
  for (const row of wanted) {
    say(`\n${row.title}`)
    let own: Figure | undefined
    for (const contender of contenders) {
      if (row.without?.includes(contender.name)) continue
      const figure = await row.measure(contender, options).catch((fault: Error) => fault)
      if (figure instanceof Error) {
        say(`  ${contender.title.padEnd(36)} did not get through: ${figure.message}`)
        continue
      }
      if (contender === hall) own = figure
      const against = own && contender !== hall ? `   ours ${ratio(row, own, figure)}` : ''
      say(`  ${contender.title.padEnd(36)} ${figure.text}${against}`)
    }
  }
  for (const contender of [hall, ...peers]) await contender.remove()
}

await main()
process.exit()
