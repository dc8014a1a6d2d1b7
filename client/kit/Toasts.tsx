// Short news at the foot of the page. Trouble stays longer than success; the pointer or focus holds it.
import { useEffect, useState, useSyncExternalStore } from 'react'
import { kitWords } from '../words/kit.ts'
import { useWords } from '../words/words.ts'
import { classes } from './classes.ts'
import styles from './Toasts.module.css'

type Tone = 'info' | 'good' | 'warn'
interface Toast {
  readonly id: number
  readonly message: string
  readonly tone: Tone
}

const shownMax = 3
const stayMs: Record<Tone, number> = { info: 5_000, good: 4_000, warn: 9_000 }

let toasts: readonly Toast[] = []
let nextId = 1
const listeners = new Set<() => void>()

const change = (next: readonly Toast[]): void => {
  toasts = next
  for (const listener of listeners) listener()
}

/** Says something in passing. The same message twice is shown once, afresh. */
export const toast = (message: string, options: { tone?: Tone } = {}): void => {
  const others = toasts.filter((shown) => shown.message !== message)
  change([...others.slice(1 - shownMax), { id: nextId++, message, tone: options.tone ?? 'info' }])
}

const dismiss = (id: number): void => change(toasts.filter((shown) => shown.id !== id))

const listen = (changed: () => void): (() => void) => {
  listeners.add(changed)
  return () => listeners.delete(changed)
}

export const Toasts = () => {
  const shown = useSyncExternalStore(
    listen,
    () => toasts,
    () => toasts,
  )
  return (
    <section className={styles.stack} aria-live="polite">
      {shown.map((each) => (
        <ToastLine key={each.id} toast={each} />
      ))}
    </section>
  )
}

const ToastLine = ({ toast: { id, message, tone } }: { toast: Toast }) => {
  const word = useWords(kitWords)
  const [isHeld, hold] = useState(false)
  useEffect(() => {
    if (isHeld) return
    const timer = setTimeout(() => dismiss(id), stayMs[tone])
    return () => clearTimeout(timer)
  }, [id, tone, isHeld])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: holding the pointer over it only keeps it in sight
    <div
      className={classes(styles.toast, styles[tone])}
      role={tone === 'warn' ? 'alert' : undefined}
      onPointerEnter={() => hold(true)}
      onPointerLeave={() => hold(false)}
      onFocus={() => hold(true)}
      onBlur={() => hold(false)}
    >
      <span className={styles.text}>{message}</span>
      <button type="button" className={styles.dismiss} aria-label={word('close')} onClick={() => dismiss(id)}>
        <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
          <path d="M3 3l10 10M13 3L3 13" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
        </svg>
      </button>
    </div>
  )
}
