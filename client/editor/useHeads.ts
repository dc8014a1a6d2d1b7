// How much of the page's top is taken by what stays in sight there: the page's own head, and the editor's below it.
import { type RefObject, useEffect } from 'react'

/** What stands at the page's top beside its head, such as the word that the network is gone. */
const heightAtTop = (around: HTMLElement): number => {
  const heights = [...around.children].map((it) => {
    const { position, top } = getComputedStyle(it)
    return it instanceof HTMLElement && position === 'sticky' && top === '0px' ? it.offsetHeight : 0
  })
  return Math.max(0, ...heights)
}

/**
 * Sets `--draft-head-top` on the editor, the height of what stays at the page's top (its head is marked
 * `data-page-head`; many pages have none), and `--draft-head-height`, that of its own.
 */
export const useHeads = (
  editor: RefObject<HTMLElement | null>,
  ownHead: RefObject<HTMLElement | null>,
): void => {
  useEffect(() => {
    const [place, own] = [editor.current, ownHead.current]
    if (place === null || own === null || typeof ResizeObserver === 'undefined') return
    const around = document.querySelector('[data-page-head]')?.parentElement ?? null
    const measure = (): void => {
      place.style.setProperty('--draft-head-top', `${around === null ? 0 : heightAtTop(around)}px`)
      place.style.setProperty('--draft-head-height', `${own.offsetHeight}px`)
    }
    const sizes = new ResizeObserver(measure)
    const watch = (): void => {
      sizes.disconnect()
      for (const it of [own, ...(around?.children ?? [])]) sizes.observe(it)
    }
    const comings = new MutationObserver(watch)
    if (around !== null) comings.observe(around, { childList: true })
    watch()
    return () => {
      sizes.disconnect()
      comings.disconnect()
    }
  }, [editor, ownHead])
}
