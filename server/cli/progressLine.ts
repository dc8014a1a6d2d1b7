// How far a long command is, on one line of the terminal: rows, per cent, and how long it may still take.
import type { OnProgress, Progress } from '../keeping/progress.ts'

const everyMs = 200

const phases: Record<Progress['phase'], string> = {
  copying: 'copying',
  comparing: 'comparing',
  proving: 'proving the record',
  checking: 'checking the backup',
}

const minutes = (ms: number): string => {
  const seconds = Math.ceil(ms / 1_000)
  return seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`
}

/** Without a terminal it says only where a phase begins. */
export const progressLine = (out: NodeJS.WriteStream): { on: OnProgress; end(): void } => {
  let phase = ''
  let startedAt = 0
  let doneAtStart = 0
  let shownAt = 0
  const isLive = out.isTTY === true
  return {
    on: (progress) => {
      const now = performance.now()
      if (progress.phase !== phase) {
        if (isLive && phase) out.write('\n')
        ;({ phase } = progress)
        startedAt = now
        doneAtStart = progress.done
        shownAt = 0
        if (!isLive) out.write(`${phases[progress.phase]}: ${progress.total.toLocaleString('en')}\n`)
      }
      if (!isLive || (now - shownAt < everyMs && progress.done < progress.total)) return
      shownAt = now
      const { done, total, what } = progress
      const share = total === 0 ? 1 : done / total
      const left = ((now - startedAt) * (total - done)) / Math.max(1, done - doneAtStart)
      const figures = `${done.toLocaleString('en')} of ${total.toLocaleString('en')}  ${Math.floor(100 * share)} %`
      out.write(`\r\x1b[2K${phases[progress.phase]}  ${figures}  ${minutes(left)} left  ${what}`)
    },
    end: () => {
      if (isLive && phase) out.write('\n')
    },
  }
}
