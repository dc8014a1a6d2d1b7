// `npm run sim:drafts -- --seed N [--runs R] [--jobs J] [--again A]`: random people at drafts from a seed on, as many
// runs as asked for, several at once; `--again` plays each of them so many times, since the machine weaves them anew.
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { optionsOf, wholeNumber } from '../../../server/cli/options.ts'
import { runFile } from '../../../server/cli/run.ts'
import { openWorkbench } from '../../../server/drafts/workbench.ts'
import { MemoryDisk } from '../../sim/memoryStore.ts'
import { memoryDisk } from './disks.ts'
import { Failure, type Happening, happenings, playRun } from './people.ts'

/** While one waits for its network, others go on. */
const runsAtOnce = 6

const { values, refuse } = optionsOf(
  'npm run sim:drafts -- [--seed N] [--runs R] [--again A] [--jobs J] [--json]',
  {
    seed: { type: 'string', default: '1' },
    runs: { type: 'string', default: '1' },
    again: { type: 'string', default: '1' },
    jobs: { type: 'string', default: String(availableParallelism()) },
    json: { type: 'boolean', default: false },
  },
)
const first = wholeNumber('seed', values.seed, 0, refuse)
const runs = wholeNumber('runs', values.runs, 1, refuse)
const again = wholeNumber('again', values.again, 1, refuse)
const jobs = Math.min(runs, wholeNumber('jobs', values.jobs, 1, refuse))

export interface Visited {
  readonly runs: number
  readonly happened: readonly Happening[]
}

const runHere = async (): Promise<Visited> => {
  const workbench = openWorkbench()
  const happened = new Set<Happening>()
  const seeds = Array.from({ length: runs * again }, (_, i) => String(first + Math.floor(i / again)))
  const lane = async (): Promise<void> => {
    const memory = await MemoryDisk.open()
    for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
      for (const each of await playRun(seed, memoryDisk(memory, seed), workbench)) happened.add(each)
    }
  }
  await Promise.all(Array.from({ length: Math.min(runsAtOnce, seeds.length) }, lane))
  await workbench.close()
  return { runs, happened: [...happened] }
}

/** Each job takes the seeds of its share; one that fails has said why. */
const runJob = async (seed: number, share: number): Promise<Visited | null> => {
  const args = ['--seed', seed, '--runs', share, '--again', again, '--jobs', 1, '--json'].map(String)
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
  const starts = Array.from({ length: Math.ceil(runs / share) }, (_, job) => first + job * share)
  const parts = await Promise.all(starts.map((seed) => runJob(seed, Math.min(share, first + runs - seed))))
  const found = parts.flatMap((part) => part ?? [])
  if (found.length < parts.length) return null
  return { runs, happened: [...new Set(found.flatMap(({ happened }) => happened))] }
}

// Every y-websocket client listens for the end of the process, and says aloud when it is cut for a gap.
process.setMaxListeners(0)
console.warn = () => {}
const began = performance.now()
try {
  const visited = await (jobs > 1 ? runJobs() : runHere())
  const seconds = (performance.now() - began) / 1_000
  if (!visited) process.exitCode = 1
  else if (values.json) process.stdout.write(JSON.stringify(visited))
  else {
    const never = happenings.filter((each) => !visited.happened.includes(each))
    process.stdout.write(
      `${runs} runs in ${seconds.toFixed(1)} s, ${Math.round((60 * runs * again) / seconds)} a minute; all came ` +
        `to one text; ${never.length === 0 ? 'everything happened' : `never happened: ${never.join(', ')}`}\n`,
    )
  }
} catch (fault) {
  if (!(fault instanceof Failure)) throw fault
  process.stderr.write(`${fault.message}\n`)
  process.exitCode = 1
}
// A run that failed leaves its own behind.
process.exit()
