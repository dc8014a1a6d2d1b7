// Many seeds on several processes: each is handed the next few as soon as it is done with its last, so that none waits
// for another in the end.
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { nothingVisited, type Share, together, type Visited } from './share.ts'

const runsPerShareMost = 20
const file = fileURLToPath(new URL('job.ts', import.meta.url))
/** Everything of a meeting is garbage after it: with room for a few meetings, hardly any of it is ever copied. */
const flags = ['--max-semi-space-size=64', '--import', 'tsx']

/** @returns what all of them visited; null when one failed, which has said why on stderr */
export const playOnJobs = async (
  { seed, runs }: Share,
  jobs: number,
  onVisited: (visited: Visited) => void,
): Promise<Visited | null> => {
  const children: ChildProcess[] = []
  const perShare = Math.min(runsPerShareMost, Math.ceil(runs / jobs))
  let visited = nothingVisited
  let handed = 0
  let hasFailed = false
  const handOn = (child: ChildProcess): void => {
    const share = { seed: seed + handed, runs: Math.min(perShare, runs - handed) }
    handed += share.runs
    if (share.runs > 0 && !hasFailed) child.send(share)
    else if (child.connected) child.disconnect()
  }
  const play = (): Promise<void> =>
    new Promise((resolve) => {
      const child = fork(file, { execArgv: flags })
      children.push(child)
      child.on('message', (part: Visited) => {
        visited = together(visited, part)
        onVisited(visited)
        handOn(child)
      })
      child.on('exit', (code) => {
        if (code !== 0 && !hasFailed) {
          hasFailed = true
          for (const other of children) other.kill()
        }
        resolve()
      })
      handOn(child)
    })
  await Promise.all(Array.from({ length: jobs }, play))
  return hasFailed ? null : visited
}
