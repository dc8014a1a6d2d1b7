// Whether agenda, middle and side fit beside one another, measured in the size of text that this device reads.
import { useSyncExternalStore } from 'react'
import { useTextSize } from '../kit/mode.ts'

/** About 1180 px at the normal size of text. */
const wideEm = 73

const isWide = (): boolean => {
  const textPx = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
  return window.innerWidth >= wideEm * textPx
}

const listen = (changed: () => void): (() => void) => {
  window.addEventListener('resize', changed)
  return () => window.removeEventListener('resize', changed)
}

export const useIsWide = (): boolean => {
  // drawn again when the size of text changes, and measured then
  useTextSize()
  return useSyncExternalStore(listen, isWide, () => true)
}
