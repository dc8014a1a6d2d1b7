// Reordering rows by a handle, with mouse, pen or finger: the list follows while the handle is held.
import { type PointerEvent, type RefObject, useCallback, useEffect, useRef, useState } from 'react'

/** Rows carry `data-row={key}`. `moveTo(key, place)` counts places among the rows that do not move. */
export const useDragOrder = (
  list: RefObject<HTMLElement | null>,
  movingWith: (key: string) => readonly string[],
  moveTo: (key: string, place: number) => void,
) => {
  const [draggedKey, setDraggedKey] = useState<string | null>(null)
  const latest = useRef({ movingWith, moveTo })
  latest.current = { movingWith, moveTo }

  useEffect(() => {
    if (draggedKey === null) return
    const move = (event: globalThis.PointerEvent) => {
      const moving = latest.current.movingWith(draggedKey)
      const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]
      const others = rows.filter((row) => !moving.includes(row.dataset.row ?? ''))
      const place = others.filter((row) => {
        const { top, height } = row.getBoundingClientRect()
        return top + height / 2 < event.clientY
      }).length
      latest.current.moveTo(draggedKey, place)
    }
    const end = () => setDraggedKey(null)
    window.addEventListener('pointermove', move)
    window.addEventListener('pointerup', end)
    window.addEventListener('pointercancel', end)
    return () => {
      window.removeEventListener('pointermove', move)
      window.removeEventListener('pointerup', end)
      window.removeEventListener('pointercancel', end)
    }
  }, [draggedKey, list])

  const start = useCallback((key: string, event: PointerEvent) => {
    if (event.button !== 0) return
    event.preventDefault()
    // a finger's pointer is bound to the handle; the row is about to move from under it
    if (event.target instanceof Element && event.target.hasPointerCapture(event.pointerId))
      event.target.releasePointerCapture(event.pointerId)
    setDraggedKey(key)
  }, [])

  return { draggedKey, start }
}
