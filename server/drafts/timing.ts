// What drafts wait by, and their chance: a simulation brings its own.

export interface Timing {
  /** Milliseconds on a clock that nobody sets. */
  now(): number
  /** Calls back after everything that this turn of the event loop brings was read. */
  inThisTurn(flush: () => void): void
  /** Calls back after so long, unless the process ends before. */
  later(ms: number, run: () => void): void
  /** At least 0 and less than 1. */
  random(): number
}

export const openTiming = (): Timing => ({
  now: () => performance.now(),
  inThisTurn: openTurn(),
  later: (ms, run) => {
    setTimeout(run, ms).unref()
  },
  random: Math.random,
})

/** Calls everything that one turn of the event loop asked for at its end, so that it shares a commit. */
const openTurn = (): Timing['inThisTurn'] => {
  let waiting: (() => void)[] = []
  return (flush) => {
    waiting.push(flush)
    if (waiting.length > 1) return
    setImmediate(() => {
      const due = waiting
      waiting = []
      for (const each of due) each()
    })
  }
}
