// Owns the random text by which this browser proves that it was the one that used a card: should the answer to a scan
// get lost on the way, the same browser may ask again.
const storageKey = 'yishiting.device'

let remembered: string | null = null

const makeDeviceKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(24)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  )

export const deviceKey = (): string => {
  if (remembered !== null) return remembered
  try {
    const kept = window.localStorage.getItem(storageKey)
    remembered = kept ?? makeDeviceKey()
    if (kept === null) window.localStorage.setItem(storageKey, remembered)
  } catch {
    // Storage is forbidden here: the proof lasts as long as the page.
    remembered ??= makeDeviceKey()
  }
  return remembered
}
