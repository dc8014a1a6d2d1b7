// Whether there is room for two columns, as on a laptop.
import { useSyncExternalStore } from 'react'

const query = '(min-width: 62rem)'

const listen = (changed: () => void): (() => void) => {
  const list = window.matchMedia(query)
  list.addEventListener('change', changed)
  return () => list.removeEventListener('change', changed)
}

export const useIsWide = (): boolean => useSyncExternalStore(listen, () => window.matchMedia(query).matches)
