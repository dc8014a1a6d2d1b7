// Changes pictures without ever showing nothing: the old one stays underneath until the new one has come in over it.
import { type ReactNode, useEffect, useRef, useState } from 'react'
import styles from './Stage.module.css'

const glideMs = 280

interface Layer {
  readonly id: string
  readonly picture: ReactNode
}

export const Glide = ({ id, isStill, children }: { id: string; isStill: boolean; children: ReactNode }) => {
  const last = useRef<Layer>({ id, picture: children })
  const [leaving, setLeaving] = useState<Layer | null>(null)
  const [shownId, setShownId] = useState(id)

  if (shownId !== id) {
    setLeaving(isStill ? null : last.current)
    setShownId(id)
  }
  useEffect(() => {
    last.current = { id, picture: children }
  })
  useEffect(() => {
    if (leaving === null) return
    const timer = setTimeout(() => setLeaving(null), glideMs)
    return () => clearTimeout(timer)
  }, [leaving])

  return (
    <>
      {leaving === null || leaving.id === id ? null : (
        <div key={leaving.id} className={styles.layer} aria-hidden="true">
          {leaving.picture}
        </div>
      )}
      <div key={id} className={styles.layer} data-coming={leaving !== null || undefined}>
        {children}
      </div>
    </>
  )
}
