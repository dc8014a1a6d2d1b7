// How much of the page's top is taken by heads that stay in sight: the page's own, and the editor's below it.
import { type RefObject, useEffect } from 'react'

const heightOf = (head: HTMLElement): number =>
  getComputedStyle(head).position === 'sticky' ? head.offsetHeight : 0

/**
 * Sets `--draft-head-top` on the editor, the height of the page's head (`data-page-head`; many pages have none), and
 * `--draft-head-height`, that of its own.
 */
export const useHeads = (
  editor: RefObject<HTMLElement | null>,
  ownHead: RefObject<HTMLElement | null>,
): void => {
  useEffect(() => {
    const [place, own] = [editor.current, ownHead.current]
    if (place === null || own === null || typeof ResizeObserver === 'undefined') return
    const pageHead = document.querySelector<HTMLElement>('[data-page-head]')
    const watching = new ResizeObserver(() => {
      place.style.setProperty('--draft-head-top', `${pageHead === null ? 0 : heightOf(pageHead)}px`)
      place.style.setProperty('--draft-head-height', `${own.offsetHeight}px`)
    })
    watching.observe(own)
    if (pageHead !== null) watching.observe(pageHead)
    return () => watching.disconnect()
  }, [editor, ownHead])
}
