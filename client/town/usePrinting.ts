// While the page is being printed it is laid open, and in the colours of a light room: paper is white.
import { useEffect, useState } from 'react'
import { flushSync } from 'react-dom'

export const usePrinting = (): boolean => {
  const [isPrinting, setPrinting] = useState(false)
  useEffect(() => {
    const root = document.documentElement
    let light: string | undefined
    const before = () => {
      light = root.dataset.light
      delete root.dataset.light
      // the browser takes its picture as soon as this returns
      flushSync(() => setPrinting(true))
    }
    const after = () => {
      if (light !== undefined) root.dataset.light = light
      setPrinting(false)
    }
    window.addEventListener('beforeprint', before)
    window.addEventListener('afterprint', after)
    return () => {
      window.removeEventListener('beforeprint', before)
      window.removeEventListener('afterprint', after)
    }
  }, [])
  return isPrinting
}
