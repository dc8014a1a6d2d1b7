// The screen's own switches: L the language, D the light, F full screen; holding a finger on it changes the language too.
import { useEffect } from 'react'
import { setLight } from '../kit/mode.ts'
import { currentLanguage, setLanguage } from '../words/words.ts'

const longPressMs = 900

const otherLanguage = (): void => setLanguage(currentLanguage() === 'zh' ? 'en' : 'zh')

const otherLight = (): void => setLight(document.documentElement.dataset.light === 'dark' ? 'light' : 'dark')

const toggleFullScreen = (): void => {
  const root = document.documentElement
  const change =
    document.fullscreenElement === null ? root.requestFullscreen?.() : document.exitFullscreen?.()
  // a browser may refuse; the picture stays as it is
  change?.catch(() => {})
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, select') !== null

export const useScreenKeys = (): void => {
  useEffect(() => {
    let press: ReturnType<typeof setTimeout> | undefined
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      const key = event.key.toLowerCase()
      if (key === 'l') otherLanguage()
      if (key === 'd') otherLight()
      if (key === 'f') toggleFullScreen()
    }
    const onDown = (event: PointerEvent) => {
      if (event.pointerType === 'touch') press = setTimeout(otherLanguage, longPressMs)
    }
    const onUp = () => clearTimeout(press)
    window.addEventListener('keydown', onKey)
    window.addEventListener('pointerdown', onDown)
    window.addEventListener('pointerup', onUp)
    window.addEventListener('pointercancel', onUp)
    return () => {
      clearTimeout(press)
      window.removeEventListener('keydown', onKey)
      window.removeEventListener('pointerdown', onDown)
      window.removeEventListener('pointerup', onUp)
      window.removeEventListener('pointercancel', onUp)
    }
  }, [])
}
