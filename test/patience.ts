// How long a test waits for what must come. No claim about speed: the bound only ends a wait that is in vain, so it is
// far above what a slow machine needs, and below the bound of a whole test, so that the wait itself says what it missed.

export const patienceMs = 90_000

export const waiting = { timeout: patienceMs, interval: 20 }
