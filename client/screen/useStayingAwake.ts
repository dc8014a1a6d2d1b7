// Keeps the computer from dimming the screen, where the browser allows it; the pointer hides while it rests.
import { useEffect, useState } from 'react'

const restMs = 3_000

/** Only secure contexts have a wake lock; elsewhere the computer's own settings decide. */
export const useStayingAwake = (): void => {
  useEffect(() => {
    const { wakeLock } = navigator as { wakeLock?: WakeLock }
    if (wakeLock === undefined) return
    let held: WakeLockSentinel | null = null
    const hold = () => {
      if (document.visibilityState !== 'visible') return
      wakeLock.request('screen').then(
        (lock) => {
          held = lock
        },
        // refused on low battery and the like
        () => {},
      )
    }
    hold()
    document.addEventListener('visibilitychange', hold)
    return () => {
      document.removeEventListener('visibilitychange', hold)
      held?.release().catch(() => {})
    }
  }, [])
}

export const usePointerAtRest = (): boolean => {
  const [rests, setRests] = useState(false)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    const moved = () => {
      setRests(false)
      clearTimeout(timer)
      timer = setTimeout(() => setRests(true), restMs)
    }
    moved()
    window.addEventListener('pointermove', moved)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('pointermove', moved)
    }
  }, [])
  return rests
}
