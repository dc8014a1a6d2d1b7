// How this device shows the hall: the size of its text (elder mode) and a light or a dark room. Kept on the device.
import { useSyncExternalStore } from 'react'

export type TextSize = 'normal' | 'elder' | 'largest'
export type Light = 'light' | 'dark'

const keys = { size: 'yst.textSize', light: 'yst.light' } as const
const listeners = new Set<() => void>()
let size: TextSize = 'normal'
let light: Light = 'light'

const keep = (key: string, value: string): void => {
  try {
    window.localStorage.setItem(key, value)
  } catch {
    // storage is forbidden here; the choice lasts as long as the page
  }
}

const kept = (key: string): string | null => {
  try {
    return window.localStorage.getItem(key)
  } catch {
    return null
  }
}

const apply = (): void => {
  const root = document.documentElement
  if (size === 'normal') delete root.dataset.mode
  else root.dataset.mode = 'elder'
  if (size === 'largest') root.dataset.size = 'largest'
  else delete root.dataset.size
  if (light === 'dark') root.dataset.light = 'dark'
  else delete root.dataset.light
  for (const listener of listeners) listener()
}

/** Before the first drawing: the address may ask (`?mode=elder`, `?light=dark`), else what this device chose before. */
export const applyKeptMode = (): void => {
  const asked = new URLSearchParams(window.location.search)
  const wantedSize = asked.get('mode') ?? kept(keys.size)
  if (wantedSize === 'elder' || wantedSize === 'largest') size = wantedSize
  if ((asked.get('light') ?? kept(keys.light)) === 'dark') light = 'dark'
  apply()
}

export const setTextSize = (next: TextSize): void => {
  size = next
  keep(keys.size, next)
  apply()
}

export const setLight = (next: Light): void => {
  light = next
  keep(keys.light, next)
  apply()
}

const listen = (changed: () => void): (() => void) => {
  listeners.add(changed)
  return () => listeners.delete(changed)
}

export const useTextSize = (): TextSize =>
  useSyncExternalStore(
    listen,
    () => size,
    () => 'normal',
  )
export const useLight = (): Light =>
  useSyncExternalStore(
    listen,
    () => light,
    () => 'light',
  )
