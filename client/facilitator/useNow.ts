// The hall's time, ticking: what clocks in the cockpit are drawn from.
import { useEffect, useState } from 'react'
import { useMeeting } from '../link/meeting.ts'

/** Server time in milliseconds since the epoch, refreshed every `everyMs`; it stands still while `runs` is false. */
export const useNow = (runs = true, everyMs = 1_000): number => {
  const serverNow = useMeeting((it) => it.serverNow)
  const [now, setNow] = useState(serverNow)
  useEffect(() => {
    setNow(serverNow())
    if (!runs) return
    const timer = setInterval(() => setNow(serverNow()), everyMs)
    return () => clearInterval(timer)
  }, [serverNow, runs, everyMs])
  return now
}

/** `3:05`, or `1:02:05` from an hour on; negative spans count up behind a minus sign. */
export const clockText = (ms: number): string => {
  const sign = ms < 0 ? '−' : ''
  const total = Math.floor(Math.abs(ms) / 1_000)
  const hours = Math.floor(total / 3_600)
  const minutes = Math.floor((total % 3_600) / 60)
  const seconds = String(total % 60).padStart(2, '0')
  if (hours === 0) return `${sign}${minutes}:${seconds}`
  return `${sign}${hours}:${String(minutes).padStart(2, '0')}:${seconds}`
}

/** A countdown's figure: a second is left until it is wholly over, as the speaking clock itself counts. */
export const leftText = (leftMs: number): string => clockText(Math.ceil(leftMs / 1_000) * 1_000)
