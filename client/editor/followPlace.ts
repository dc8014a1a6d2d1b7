// Where the big screen looks: at the place being worked on, without jumping between two people who write apart. A
// change in view moves nothing; a change elsewhere is followed once the present place has been still for a while.

export interface FollowParts {
  /** Height of what is shown, and how far it is scrolled. */
  readonly frame: () => { readonly height: number; readonly top: number; readonly bottomMost: number }
  readonly scrollTo: (top: number) => void
  readonly now: () => number
  readonly after: (ms: number, run: () => void) => () => void
}

/** A place on the sheet, in its own coordinates. */
export interface Spot {
  readonly top: number
  readonly bottom: number
}

export interface Follower {
  /** Work was seen here. The place is measured late, as the sheet may have moved meanwhile. */
  worked(spot: () => Spot | null): void
  stop(): void
}

const stillMs = 2_500
/** Where the eye is led: a little above the middle, so that what follows can be read too. */
const restAt = 0.38
const comfort = { from: 0.08, to: 0.78 } as const

export const startFollowing = (parts: FollowParts): Follower => {
  let attendedAt = Number.NEGATIVE_INFINITY
  let attended: (() => Spot | null) | null = null
  let cancel: (() => void) | null = null
  let waiting: (() => Spot | null) | null = null

  const isNear = (spot: Spot): boolean => {
    const now = attended?.() ?? null
    const { height } = parts.frame()
    return now === null || Math.abs(spot.top - now.top) < height * 0.6
  }

  const look = (measure: () => Spot | null): void => {
    const spot = measure()
    if (spot === null) return
    attended = measure
    attendedAt = parts.now()
    const { height, top, bottomMost } = parts.frame()
    const isAtEase = spot.top >= top + height * comfort.from && spot.bottom <= top + height * comfort.to
    if (isAtEase) return
    const wanted =
      spot.bottom - spot.top > height ? spot.bottom - height * comfort.to : spot.top - height * restAt
    parts.scrollTo(Math.max(0, Math.min(wanted, bottomMost)))
  }

  const lookLater = (): void => {
    cancel ??= parts.after(Math.max(0, attendedAt + stillMs - parts.now()), () => {
      cancel = null
      if (waiting === null) return
      if (parts.now() - attendedAt < stillMs) return lookLater()
      const next = waiting
      waiting = null
      look(next)
    })
  }

  return {
    worked: (measure) => {
      const spot = measure()
      if (spot === null) return
      if (isNear(spot) || parts.now() - attendedAt >= stillMs) {
        waiting = null
        return look(measure)
      }
      waiting = measure
      lookLater()
    },
    stop: () => {
      cancel?.()
      cancel = null
    },
  }
}
