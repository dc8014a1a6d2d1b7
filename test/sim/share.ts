// Some seeds in a row, and what they came upon.
import type { MemoryDisk } from './memoryStore.ts'
import { type Outcome, simulate } from './simulation.ts'

export interface Share {
  readonly seed: number
  readonly runs: number
}

export interface Visited {
  readonly runs: number
  readonly events: readonly string[]
  readonly faults: readonly string[]
  readonly answers: readonly string[]
}

export const nothingVisited: Visited = { runs: 0, events: [], faults: [], answers: [] }

/** @throws Failure at the first seed that fails */
export const playShare = async (
  { seed, runs }: Share,
  disk: MemoryDisk,
  onOutcome: (seed: string, outcome: Outcome) => void = () => {},
): Promise<Visited> => {
  let visited = nothingVisited
  for (let run = 0; run < runs; run += 1) {
    const one = String(seed + run)
    const outcome = await simulate(one, disk)
    onOutcome(one, outcome)
    const { events, faults, answers } = outcome
    visited = together(visited, { runs: 1, events: [...events], faults: [...faults], answers: [...answers] })
  }
  return visited
}

export const together = (a: Visited, b: Visited): Visited => {
  const union = (of: 'events' | 'faults' | 'answers') => [...new Set([...a[of], ...b[of]])].sort()
  return {
    runs: a.runs + b.runs,
    events: union('events'),
    faults: union('faults'),
    answers: union('answers'),
  }
}
