// `npm run sim -- --seed N [--runs R] [--jobs J] [--trace]`: simulated meetings from a seed on, as many as asked for, on
// as many processes as there are cores.
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { runFile } from '../../server/cli/run.ts'
import { MemoryDisk } from './memoryStore.ts'
import { digestOf, Failure, simulate } from './simulation.ts'

const runsPerJobLeast = 50

export interface Visited {
  readonly runs: number
  readonly events: readonly string[]
  readonly faults: readonly string[]
  readonly answers: readonly string[]
}

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    runs: { type: 'string', default: '1' },
    jobs: { type: 'string' },
    trace: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})
const first = Number(values.seed)
const runs = Math.max(1, Number(values.runs) || 1)
const jobs = Number(values.jobs) || Math.min(availableParallelism(), Math.ceil(runs / runsPerJobLeast))
if (!Number.isInteger(first)) {
  process.stderr.write('--seed takes a whole number; --runs counts on from it\n')
  process.exit(2)
}

const runHere = async (): Promise<Visited> => {
  const disk = await MemoryDisk.open()
  const visited = { events: new Set<string>(), faults: new Set<string>(), answers: new Set<string>() }
  for (let run = 0; run < runs; run += 1) {
    const seed = String(first + run)
    const outcome = await simulate(seed, disk)
    for (const event of outcome.events) visited.events.add(event)
    for (const fault of outcome.faults) visited.faults.add(fault)
    for (const answer of outcome.answers) visited.answers.add(answer)
    if (values.trace) process.stdout.write(`${outcome.diary.join('\n')}\n`)
    if (runs === 1) process.stdout.write(`seed ${seed}: trace ${digestOf(outcome)}\n`)
  }
  return { runs, events: [...visited.events], faults: [...visited.faults], answers: [...visited.answers] }
}

/** Each job takes the seeds of its share; one that fails has said why. */
const runJob = async (seed: number, share: number): Promise<Visited | null> => {
  const args = ['--seed', String(seed), '--runs', String(share), '--jobs', '1', '--json']
  const { child } = runFile(fileURLToPath(import.meta.url), args, {})
  let text = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    text += chunk.toString()
  })
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return code === 0 ? (JSON.parse(text) as Visited) : null
}

const runJobs = async (): Promise<Visited | null> => {
  const share = Math.ceil(runs / jobs)
  const all = Array.from({ length: jobs }, (_, job) => {
    const seed = first + job * share
    return runJob(seed, Math.min(share, first + runs - seed))
  })
  const parts = await Promise.all(all)
  const found = parts.flatMap((part) => part ?? [])
  if (found.length < parts.length) return null
  const union = (of: 'events' | 'faults' | 'answers') =>
    [...new Set(found.flatMap((part) => part[of]))].sort()
  return { runs, events: union('events'), faults: union('faults'), answers: union('answers') }
}

const began = performance.now()
try {
  const visited = await (jobs > 1 ? runJobs() : runHere())
  const seconds = (performance.now() - began) / 1_000
  if (!visited) process.exitCode = 1
  else if (values.json) process.stdout.write(JSON.stringify(visited))
  else
    process.stdout.write(
      `${runs} meetings in ${seconds.toFixed(1)} s, ${Math.round((60 * runs) / seconds)} a minute; visited ` +
        `${visited.events.length} kinds of events, ${visited.faults.length} of faults, ${visited.answers.length} of answers\n`,
    )
} catch (fault) {
  if (!(fault instanceof Failure)) throw fault
  process.stderr.write(`${fault.message}\n`)
  process.exitCode = 1
}
