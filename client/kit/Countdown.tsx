// A speaking clock: what is left, and once it is over, by how much. The number moves by the hall's clock, not the device's.
import { useEffect, useState } from 'react'
import { kitWords } from '../words/kit.ts'
import { useWords } from '../words/words.ts'
import styles from './Countdown.module.css'
import { classes } from './classes.ts'

export interface CountdownProps {
  /** Milliseconds since the epoch, on the clock of `now`. */
  endsAt: number
  totalMs: number
  now: () => number
  size: 'phone' | 'cockpit' | 'screen'
}

const soonMs = 30_000

/** Draws again whenever the shown second changes. */
const useLeftMs = (endsAt: number, now: () => number): number => {
  const [leftMs, setLeftMs] = useState(() => endsAt - now())
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    const tick = () => {
      const left = endsAt - now()
      setLeftMs(left)
      const intoSecond = ((left % 1_000) + 1_000) % 1_000
      timer = setTimeout(tick, intoSecond + 5)
    }
    tick()
    return () => clearTimeout(timer)
  }, [endsAt, now])
  return leftMs
}

export const Countdown = ({ endsAt, totalMs, now, size }: CountdownProps) => {
  const word = useWords(kitWords)
  const leftMs = useLeftMs(endsAt, now)
  const isOver = leftMs <= -1_000
  const wholeSeconds = isOver ? Math.floor(-leftMs / 1_000) : Math.max(0, Math.ceil(leftMs / 1_000))
  const minutes = Math.floor(wholeSeconds / 60)
  const seconds = wholeSeconds % 60
  const part = Math.min(1, Math.max(0, leftMs / Math.max(totalMs, 1)))
  const state = isOver ? 'over' : leftMs <= soonMs ? 'soon' : 'running'
  return (
    <div
      className={classes(styles.countdown, styles[size], styles[state])}
      role="timer"
      aria-label={word(isOver ? 'timeOverSpoken' : 'timeLeftSpoken', { minutes, seconds })}
    >
      <div className={styles.face} aria-hidden="true">
        <span className={styles.digits}>
          {isOver ? '+' : ''}
          {minutes}:{String(seconds).padStart(2, '0')}
        </span>
        <span className={styles.word}>{word(isOver ? 'timeOver' : 'timeLeft')}</span>
      </div>
      <div className={styles.track} aria-hidden="true">
        <span style={{ transform: `scaleX(${isOver ? 1 : part})` }} />
      </div>
    </div>
  )
}
