// The words of the draft that were marked last: on a phone the marking is gone by the time a button is pressed.
import { useEffect, useRef } from 'react'
import { limits } from '../../../shared/kernel/limits.ts'

const rememberedMs = 60_000

export const usePassage = (): (() => string) => {
  const last = useRef({ words: '', at: 0 })
  useEffect(() => {
    const note = () => {
      const selection = document.getSelection()
      const place = selection?.anchorNode?.parentElement
      const words = selection?.toString().trim() ?? ''
      if (words === '' || place?.closest('.draft-text') == null) return
      last.current = { words: [...words].slice(0, limits.passageCharsMax).join(''), at: Date.now() }
    }
    document.addEventListener('selectionchange', note)
    return () => document.removeEventListener('selectionchange', note)
  }, [])
  return () => (Date.now() - last.current.at < rememberedMs ? last.current.words : '')
}
