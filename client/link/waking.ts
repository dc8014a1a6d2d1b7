// Owns noticing that the page came back: phones suspend pages in the background, and sockets die unnoticed.

/** Calls `wake` with how long the page was out of sight; 0 when only the network changed. */
export const watchWaking = (wake: (hiddenMs: number) => void): (() => void) => {
  let hiddenSince: number | null = document.visibilityState === 'hidden' ? Date.now() : null

  const onVisibility = (): void => {
    if (document.visibilityState === 'hidden') {
      hiddenSince ??= Date.now()
      return
    }
    const hiddenMs = hiddenSince === null ? 0 : Date.now() - hiddenSince
    hiddenSince = null
    wake(hiddenMs)
  }
  // A page taken out of the back/forward cache was frozen, for how long it cannot know.
  const onPageShow = (event: PageTransitionEvent): void => {
    if (event.persisted) wake(Number.POSITIVE_INFINITY)
  }
  // Being offline is only asked about, not believed: a hall's own Wi-Fi without internet often counts as offline.
  const onNetwork = (): void => wake(0)

  document.addEventListener('visibilitychange', onVisibility)
  window.addEventListener('pageshow', onPageShow)
  window.addEventListener('online', onNetwork)
  window.addEventListener('offline', onNetwork)
  return () => {
    document.removeEventListener('visibilitychange', onVisibility)
    window.removeEventListener('pageshow', onPageShow)
    window.removeEventListener('online', onNetwork)
    window.removeEventListener('offline', onNetwork)
  }
}
