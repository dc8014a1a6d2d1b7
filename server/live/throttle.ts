// Figures that change often are told at most so many times a second: the first at once, the last always.

export interface Throttle<K> {
  /** Asks for `tell(key)` soon. */
  touch(key: K): void
  close(): void
}

/** @param gatherMs how long the first news waits for more; none unless given */
export const openThrottle = <K>(
  gapMs: number,
  tell: (key: K) => Promise<void>,
  gatherMs: (key: K) => number = () => 0,
): Throttle<K> => {
  /** Keys told within the gap: `true` when touched again meanwhile. */
  const resting = new Map<K, boolean>()
  const timers = new Map<K, NodeJS.Timeout>()
  let closed = false

  const run = (key: K): void => {
    resting.set(key, false)
    void tell(key)
      .catch(() => {})
      .finally(() => {
        if (closed) return
        timers.set(
          key,
          setTimeout(
            () => {
              timers.delete(key)
              const again = resting.get(key)
              resting.delete(key)
              if (again) run(key)
            },
            Math.max(gapMs, gatherMs(key)),
          ),
        )
      })
  }
  const gather = (key: K): void => {
    const ms = gatherMs(key)
    if (ms === 0) {
      run(key)
      return
    }
    resting.set(key, false)
    timers.set(
      key,
      setTimeout(() => {
        timers.delete(key)
        run(key)
      }, ms),
    )
  }
  return {
    touch: (key) => {
      if (closed) return
      if (resting.has(key)) resting.set(key, true)
      else gather(key)
    },
    close: () => {
      closed = true
      for (const timer of timers.values()) clearTimeout(timer)
    },
  }
}
