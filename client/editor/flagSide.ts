// A caret's flag hangs to the right of it; where the text ends before the name does, to the left.

const looking = new WeakMap<Element, IntersectionObserver>()

/** Where the flag would end if it hung to the right, whichever side it hangs on now. */
const place = (flag: Element, { left, right, width }: DOMRectReadOnly, text: DOMRectReadOnly): void => {
  const isLeft = flag.classList.contains('draft-flag-left')
  const caretAt = isLeft ? right : left
  const fitsRight = caretAt + width <= text.right
  const fitsLeft = caretAt - width >= text.left
  flag.classList.toggle('draft-flag-left', !fitsRight && fitsLeft)
}

/** The observer measures when the browser lays the page out anyway; asking for a rectangle would do so once more. */
const observerOf = (text: Element): IntersectionObserver => {
  const known = looking.get(text)
  if (known !== undefined) return known
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, boundingClientRect, rootBounds } of entries) {
        observer.unobserve(target)
        if (rootBounds !== null) place(target, boundingClientRect, rootBounds)
      }
    },
    { root: text },
  )
  looking.set(text, observer)
  return observer
}

/** Looks once the caret stands in the text, which a new one does by the next picture. */
export const keepFlagInside = (caret: Element): void => {
  requestAnimationFrame(() => {
    const flag = caret.querySelector('.draft-flag')
    const text = caret.closest('.draft-text')
    if (flag !== null && text !== null) observerOf(text).observe(flag)
  })
}
