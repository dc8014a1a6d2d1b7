// `npm run cluster`: the hall on two nodes with PostgreSQL, Redis and a balancer, all of them programs of this machine;
// a seeded meeting with simulated people, one link per face.
import { builtClient, builtServer } from '../../server/cli/built.mjs'
import { optionsOf, wholeNumber } from '../../server/cli/options.ts'
import { settings } from '../../server/cli/settings.ts'
import { simulatePeople } from '../../server/cli/simulatedPeople.ts'
import { howRedisIsMissing } from '../bus/redisServer.ts'
import { seedDatabase } from '../faults/seedInto.ts'
import { howPostgreSQLIsMissing } from '../store/postgresServer.ts'
import { openTopology } from './topology.ts'

const spareSeats = 3
const { values, refuse } = optionsOf('npm run cluster -- [--seats N] [--nodes N]', {
  seats: { type: 'string', default: '30' },
  nodes: { type: 'string', default: '2' },
})
const seats = wholeNumber('seats', values.seats, spareSeats + 1, refuse)
const nodeCount = wholeNumber('nodes', values.nodes, 1, refuse)
const say = (...lines: string[]): boolean => process.stdout.write(`${lines.join('\n')}\n`)

const missing = [howPostgreSQLIsMissing, howRedisIsMissing].filter((how) => how !== null)
if (missing.length > 0) {
  say('Several nodes need PostgreSQL and Redis on this machine:', ...missing.map((how) => `  ${how}`))
  process.exit(1)
}

const { port, host, publicUrl } = settings()
builtClient()
const topology = await openTopology({
  main: builtServer(),
  nodes: nodeCount,
  listen: { host, port },
  publicUrl,
  env: { LOG_LEVEL: 'warn' },
})
let stop = async (): Promise<void> => topology.close()
const end = (): void => void stop().finally(() => process.exit(0))
process.once('SIGINT', end)
process.once('SIGTERM', end)

const ask = { seats, presetCode: 'tripartite', baseUrl: topology.url }
const { meetings } = await seedDatabase(topology.databaseUrl, [ask])
const [seeded] = meetings
if (!seeded) throw new Error('no meeting was made')
await topology.start()
say(`${seats - spareSeats} simulated people are coming in…`)
const people = await simulatePeople(seeded, spareSeats)
stop = async () => {
  people.stop()
  await topology.close()
}

const link = (token: string | undefined) => `${publicUrl}/j/${token}`
say(
  '',
  `  facilitator  ${link(seeded.facilitator.token)}`,
  ...seeded.seats.slice(0, spareSeats).map(({ token }) => `  participant  ${link(token)}`),
  `  big screen   ${link(seeded.screen.token)}`,
  '',
  ...topology.nodes.map(({ url }, i) => `  node ${i + 1}       ${url}/metrics`),
  `  PostgreSQL   ${topology.databaseUrl}`,
  `  Redis        ${topology.redis.url}`,
  '',
  '  The balancer sends every connection to the next node. One browser is one person: open each link in a',
  '  private window or a browser of its own. Ctrl-C stops everything.',
  '',
)
