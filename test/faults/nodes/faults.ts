// `npm run faults`: several nodes under load, while they and what they stand on are killed, frozen, filled and cut. Prints
// what happened and how long people were away; ends with 1 when anything acknowledged was lost or doubled.
import { optionsOf, wholeNumber } from '../../../server/cli/options.ts'
import { machine } from '../../bench/figures.ts'
import { howRedisIsMissing } from '../../bus/redisServer.ts'
import { howPostgreSQLIsMissing } from '../../store/postgresServer.ts'
import { buildServer } from '../serverProcess.ts'
import { runStrikes } from './run.ts'
import { strikes } from './strikes.ts'

const { values, refuse } = optionsOf(
  'npm run faults -- [--only STRIKE]… [--kills N] [--seats N] [--duels N] [--freeze-seconds N] [--redis-freeze-seconds N] [--outage-seconds N] [--seed N]',
  {
    kills: { type: 'string', default: '200' },
    seats: { type: 'string', default: '20' },
    duels: { type: 'string', default: '20' },
    'freeze-seconds': { type: 'string', default: '30' },
    'redis-freeze-seconds': { type: 'string', default: '60' },
    'outage-seconds': { type: 'string', default: '5' },
    only: { type: 'string', multiple: true, default: [] },
    seed: { type: 'string' },
  },
)
const say = (line: string): boolean => process.stdout.write(`${line}\n`)

const missing = [howPostgreSQLIsMissing, howRedisIsMissing].filter((how) => how !== null)
const unknown = values.only.filter((name) => !(name in strikes))
if (missing.length > 0 || unknown.length > 0) {
  for (const how of missing) say(how)
  for (const name of unknown) say(`--only ${name}: there are ${Object.keys(strikes).join(', ')}`)
  process.exit(2)
}

const secondsOf = (name: 'freeze-seconds' | 'redis-freeze-seconds' | 'outage-seconds'): number =>
  wholeNumber(name, values[name], 0, refuse) * 1_000
say(machine())
const built = await buildServer()
let close = async (): Promise<void> => {}
const breakOff = (): void => void close().finally(() => built.remove().finally(() => process.exit(130)))
process.once('SIGINT', breakOff)
process.once('SIGTERM', breakOff)
const began = performance.now()
const outcome = await runStrikes(
  {
    main: built.main,
    seats: wholeNumber('seats', values.seats, 1, refuse),
    diskMebibytes: 512,
    onOpened: (closeStage) => {
      close = closeStage
    },
    ...(values.seed !== undefined && { seed: values.seed }),
    say,
  },
  {
    kills: wholeNumber('kills', values.kills, 0, refuse),
    nodeFreezeMs: secondsOf('freeze-seconds'),
    redisFreezeMs: secondsOf('redis-freeze-seconds'),
    outageMs: secondsOf('outage-seconds'),
    duels: wholeNumber('duels', values.duels, 0, refuse),
  },
  values.only,
)
await built.remove()
const { acknowledgements, events, polls, ballots, edits, problems, seed } = outcome
say(
  `\n${acknowledgements} orders answered, ${events} events, ${ballots} ballots in ${polls} polls, ${edits} edits`,
)
say(`in ${((performance.now() - began) / 1_000).toFixed(0)} s; lost or doubled: ${problems.length}`)
for (const problem of problems) say(`  ${problem}`)
if (problems.length > 0) say(`again with --seed ${seed}`)
process.exit(problems.length > 0 ? 1 : 0)
