// `npm run sim -- --seed N [--runs R] [--jobs J] [--trace]`: simulated meetings from a seed on, as many as asked for, on
// as many processes as there are cores; a few are played right here.
import { availableParallelism } from 'node:os'
import { optionsOf, wholeNumber } from '../../server/cli/options.ts'
import { playOnJobs } from './jobs.ts'
import { MemoryDisk } from './memoryStore.ts'
import { playShare, type Visited } from './share.ts'
import { digestOf, Failure } from './simulation.ts'

/** A process of its own is warm only after about as many. */
const runsHereMost = 50
const sayEveryMs = 10_000

const { values, refuse } = optionsOf('npm run sim -- [--seed N] [--runs R] [--jobs J] [--trace] [--json]', {
  seed: { type: 'string', default: '1' },
  runs: { type: 'string', default: '1' },
  jobs: { type: 'string', default: String(availableParallelism()) },
  trace: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
})
const seed = wholeNumber('seed', values.seed, 0, refuse)
const runs = wholeNumber('runs', values.runs, 1, refuse)
const jobs = wholeNumber('jobs', values.jobs, 1, refuse)
const began = performance.now()

const perMinute = (done: number): string =>
  `${Math.round((60_000 * done) / (performance.now() - began)).toLocaleString('en')} a minute`

const playHere = async (): Promise<Visited> =>
  playShare({ seed, runs }, await MemoryDisk.open(), (one, outcome) => {
    if (values.trace) process.stdout.write(`${outcome.diary.join('\n')}\n`)
    if (runs === 1) process.stdout.write(`seed ${one}: trace ${digestOf(outcome)}\n`)
  })

const playThere = (): Promise<Visited | null> => {
  let saidAt = began
  return playOnJobs({ seed, runs }, jobs, ({ runs: done }) => {
    if (values.json || done === runs || performance.now() - saidAt < sayEveryMs) return
    saidAt = performance.now()
    process.stderr.write(`${done} of ${runs} meetings, ${perMinute(done)}\n`)
  })
}

const tell = ({ events, faults, answers }: Visited): string =>
  `${runs} meetings in ${((performance.now() - began) / 1_000).toFixed(1)} s, ${perMinute(runs)}; visited ` +
  `${events.length} kinds of events, ${faults.length} of faults, ${answers.length} of answers\n`

try {
  const visited = await (values.trace || runs <= runsHereMost ? playHere() : playThere())
  if (!visited) process.exitCode = 1
  else process.stdout.write(values.json ? JSON.stringify(visited) : tell(visited))
} catch (fault) {
  if (!(fault instanceof Failure)) throw fault
  process.stderr.write(`${fault.message}\n`)
  process.exitCode = 1
}
