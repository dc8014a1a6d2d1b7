// The draft on the big screen, read-only and live: large type, the eye led to where work is done, the changed block
// lit for a moment, the names of those at work. While the connection is down the text stays, and a mark says so.
import { useEffect, useRef, useState } from 'react'
import { Skeleton } from '../kit/Skeleton.tsx'
import type { DraftHandle } from '../link/draft.ts'
import { editorWords } from '../words/editor.ts'
import { currentLanguage, useWords, wordIn } from '../words/words.ts'
import styles from './DraftMirror.module.css'
import { type Spot, startFollowing } from './followPlace.ts'
import { blockAt, makeMirror } from './mirrorView.ts'
import { People, usePeople } from './People.tsx'
import './text.css'
import './images/picture.css'
import type { EditorView } from '@tiptap/pm/view'
import { useCaretFlags } from './useCaretFlags.ts'
import { useDraft } from './useDraft.ts'

export interface DraftMirrorProps {
  draftId: string
  size: 'screen' | 'preview' | 'phone'
}

const litMs = 1_800

const isStill = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches

/** The animation touches no attribute, so the view does not take it for a change of its text. */
const light = (block: HTMLElement): void => {
  const wash = getComputedStyle(block).getPropertyValue('--tea-wash').trim()
  if (wash === '') return
  const lit = { backgroundColor: wash, boxShadow: `0 0 0 0.25em ${wash}` }
  const frames = isStill()
    ? [lit, lit]
    : [
        lit,
        { ...lit, offset: 0.4 },
        { backgroundColor: 'transparent', boxShadow: '0 0 0 0.25em transparent' },
      ]
  for (const animation of block.getAnimations()) if (animation.id === 'lit') animation.cancel()
  block.animate(frames, { duration: litMs, easing: 'ease-out', id: 'lit' })
}

const spotOf =
  (frame: HTMLElement, view: EditorView, pos: () => number): (() => Spot | null) =>
  () => {
    if (view.isDestroyed) return null
    const block = blockAt(view, pos())
    if (block === null) return null
    const around = frame.getBoundingClientRect()
    const box = block.getBoundingClientRect()
    const top = box.top - around.top + frame.scrollTop
    return { top, bottom: top + box.height }
  }

const follow = (frame: HTMLElement) =>
  startFollowing({
    frame: () => ({
      height: frame.clientHeight,
      top: frame.scrollTop,
      bottomMost: frame.scrollHeight - frame.clientHeight,
    }),
    scrollTo: (top) => frame.scrollTo({ top, behavior: isStill() ? 'instant' : 'smooth' }),
    now: () => performance.now(),
    after: (ms, run) => {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
  })

const Sheet = ({ draft }: { draft: DraftHandle }) => {
  const frame = useRef<HTMLDivElement>(null)
  const place = useRef<HTMLDivElement>(null)
  const [view, setView] = useState<EditorView | null>(null)

  useEffect(() => {
    const frameElement = frame.current
    if (frameElement === null || place.current === null) return
    const follower = follow(frameElement)
    const mirror = makeMirror({
      place: place.current,
      draft,
      label: wordIn(editorWords, currentLanguage(), 'mirror'),
      whenEmpty: wordIn(editorWords, currentLanguage(), 'mirrorEmpty'),
      onWork: (view, pos, isChange) => {
        follower.worked(spotOf(frameElement, view, () => pos))
        const block = isChange ? blockAt(view, pos) : null
        if (block !== null) light(block)
      },
    })
    setView(mirror.view)
    return () => {
      setView(null)
      follower.stop()
      mirror.destroy()
    }
  }, [draft])

  useCaretFlags(draft, view)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div ref={frame} className={styles.frame} tabIndex={0}>
      <div ref={place} className={styles.sheet} />
    </div>
  )
}

export const DraftMirror = ({ draftId, size }: DraftMirrorProps) => {
  const word = useWords(editorWords)
  const { draft, shown } = useDraft(draftId, null, false)
  const people = usePeople(draft)
  const isDown = shown.isReady && shown.link !== 'live'
  return (
    <section className={styles.mirror} data-size={size} aria-label={word('mirror')}>
      {draft !== null && shown.isReady ? (
        <Sheet draft={draft} />
      ) : (
        <div className={styles.frame}>
          <Skeleton lines={5} />
        </div>
      )}
      <div className={styles.foot}>
        <People people={people} shownMax={size === 'screen' ? 5 : 3} />
        {isDown ? <span className={styles.down}>{word('reconnecting')}</span> : null}
      </div>
    </section>
  )
}
