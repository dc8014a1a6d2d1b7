// The big screen follows the work without jumping to and fro.
import { describe, expect, test } from 'vitest'
import { startFollowing } from '../../client/editor/followPlace.ts'

const watch = () => {
  let now = 10_000
  let top = 0
  let timers: { at: number; run: () => void }[] = []
  const moves: number[] = []
  const follower = startFollowing({
    frame: () => ({ height: 1_000, top, bottomMost: 9_000 }),
    scrollTo: (to) => {
      top = to
      moves.push(to)
    },
    now: () => now,
    after: (ms, run) => {
      const timer = { at: now + ms, run }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
  })
  return {
    moves,
    work: (at: number, height = 60) => follower.worked(() => ({ top: at, bottom: at + height })),
    pass: (ms: number) => {
      now += ms
      for (const timer of timers.filter(({ at }) => at <= now)) {
        timers = timers.filter((other) => other !== timer)
        timer.run()
      }
    },
    stop: () => follower.stop(),
  }
}

describe('following the work', () => {
  test('[FP1] work in view moves nothing', () => {
    const screen = watch()
    screen.work(300)
    screen.work(500)
    expect(screen.moves).toEqual([])
  })

  test('[FP2] work elsewhere is brought a little above the middle', () => {
    const screen = watch()
    screen.work(4_000)
    expect(screen.moves).toEqual([3_620])
  })

  test('[FP3] two who write far apart do not make the screen jump; when one rests the other is shown', () => {
    const screen = watch()
    screen.work(4_000)
    for (let i = 0; i < 10; i += 1) {
      screen.pass(200)
      screen.work(8_000)
      screen.work(4_000)
    }
    expect(screen.moves).toEqual([3_620])
    screen.work(8_000)
    screen.pass(2_600)
    expect(screen.moves).toEqual([3_620, 7_620])
  })

  test('[FP4] it never scrolls past the ends', () => {
    const screen = watch()
    screen.work(9_990)
    expect(screen.moves).toEqual([9_000])
  })

  test('[FP5] of a block taller than the screen the end is shown, where people write', () => {
    const screen = watch()
    screen.work(2_000, 3_000)
    expect(screen.moves).toEqual([4_220])
  })

  test('[FP6] once stopped it moves no more', () => {
    const screen = watch()
    screen.work(4_000)
    screen.work(8_000)
    screen.stop()
    screen.pass(10_000)
    expect(screen.moves).toEqual([3_620])
  })
})
