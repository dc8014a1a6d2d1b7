// What all scenes share: a line of context and the time of day above, the scene below.
import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useLanguage } from '../../words/words.ts'
import { hallTimeZone } from '../hallTime.ts'
import styles from './Stage.module.css'

const timeOfDay = (now: number, language: 'zh' | 'en'): string =>
  new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: hallTimeZone,
  }).format(now)

/** Redraws as the shown minute changes. */
export const useMinute = (now: () => number): number => {
  const [at, setAt] = useState(now)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    const tick = () => {
      const moment = now()
      setAt(moment)
      timer = setTimeout(tick, 60_000 - (moment % 60_000) + 20)
    }
    tick()
    return () => clearTimeout(timer)
  }, [now])
  return at
}

const shrinkStep = 0.04
const shrinkLeast = 0.5

/** Long titles and rules, or a picture of odd proportions, take the whole scene down until nothing is cut off. */
const shrinkToFit = (scene: HTMLElement): void => {
  let scale = 1
  scene.style.setProperty('--shrink', '1')
  while (scene.scrollHeight > scene.clientHeight + 1 && scale > shrinkLeast) {
    scale -= shrinkStep
    scene.style.setProperty('--shrink', scale.toFixed(2))
  }
}

const useShrinking = (scene: RefObject<HTMLElement | null>): void => {
  useLayoutEffect(() => {
    if (scene.current !== null) shrinkToFit(scene.current)
  })
  useEffect(() => {
    const again = () => {
      if (scene.current !== null) shrinkToFit(scene.current)
    }
    window.addEventListener('resize', again)
    return () => window.removeEventListener('resize', again)
  }, [scene])
}

export const SceneFrame = ({
  context,
  now,
  children,
}: {
  context: ReactNode
  now: () => number
  children: ReactNode
}) => {
  const [language] = useLanguage()
  const at = useMinute(now)
  const scene = useRef<HTMLElement>(null)
  useShrinking(scene)
  return (
    <section ref={scene} className={styles.scene}>
      <header className={styles.header}>
        <div className={styles.context}>{context}</div>
        <time className={styles.clock} dateTime={new Date(at).toISOString()}>
          {timeOfDay(at, language)}
        </time>
      </header>
      {children}
    </section>
  )
}
