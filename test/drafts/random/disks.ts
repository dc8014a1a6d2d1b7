// What random people write to: a file with the hall's own store, or memory whose connection can be cut in mid-write.
import { openSqliteStore } from '../../../server/store/sqlite.ts'
import { type Dice, diceOf } from '../../random/dice.ts'
import type { MemoryDisk, Road } from '../../sim/memoryStore.ts'
import type { Disk } from './people.ts'

export const fileDisk = (file: string): Disk => ({ connect: () => openSqliteStore(file), crash: null })

const gone = new Error('the connection to the store broke')

/** A write takes a turn or two to get there and back. */
const mortalRoad = (dice: Dice): { road: Road; crash: () => void } => {
  let isGone = false
  const road: Road = {
    reading: async () => {},
    writing: (commit, answer) => {
      setImmediate(() => {
        // The disk may have taken it in before the connection broke.
        if (isGone && dice.oneIn(2)) return answer(gone)
        const results = commit()
        setImmediate(() => answer(isGone ? gone : results))
      })
    },
  }
  return {
    road,
    crash: () => {
      isGone = true
    },
  }
}

export const memoryDisk = (memory: MemoryDisk, seed: string): Disk => {
  const dice = diceOf(`${seed} disk`)
  let crash = (): void => {}
  memory.wipe()
  return {
    connect: async () => {
      const mortal = mortalRoad(dice)
      crash = mortal.crash
      return memory.connect(mortal.road)
    },
    crash: () => crash(),
  }
}
