// What lies beside a draft: its comments, its versions, and who wrote what; one of them open at a time, next to the
// text where there is room and under it on a phone.
import type { Editor } from '@tiptap/core'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { Button } from '../../kit/Button.tsx'
import { toast } from '../../kit/Toasts.tsx'
import type { DraftHandle } from '../../link/draft.ts'
import { draftCommentWords } from '../../words/draftComments.ts'
import { draftVersionWords } from '../../words/draftVersions.ts'
import { currentLanguage, useWords, wordIn } from '../../words/words.ts'
import { AuthorsPanel } from '../authors/AuthorsPanel.tsx'
import { CommentsPanel } from '../comments/CommentsPanel.tsx'
import {
  activate,
  bringPassageUp,
  hangComments,
  type Selected,
  selectedPassage,
} from '../comments/commentMarks.ts'
import { type Comments, isOpen, useComments } from '../comments/useComments.ts'
import { takeChosen } from '../images/takePictures.ts'
import { VersionsPanel } from '../versions/VersionsPanel.tsx'
import styles from './beside.module.css'

export type BesideView = 'comments' | 'versions' | 'authors'

/** What the text asks of the list beside it. */
export interface BesideCalls {
  commentOnSelection: () => void
  showComment: (commentId: string) => void
}

const sayAbout = (key: keyof typeof draftCommentWords.zh) => wordIn(draftCommentWords, currentLanguage(), key)

/** Everything of it that outlives opening and closing the list. */
export const useBeside = (draftId: string, editor: Editor | null, calls: RefObject<BesideCalls | null>) => {
  const [view, setView] = useState<BesideView | null>(null)
  const [draftOn, setDraftOn] = useState<Selected | null>(null)
  const comments = useComments(draftId)
  const { threads } = comments

  useEffect(() => {
    if (editor === null || threads === null) return
    const open = threads.filter(isOpen)
    hangComments(
      editor.view,
      open.flatMap(({ comment: { commentId, anchor, quote } }) =>
        anchor === null ? [] : [{ commentId, anchor, quote }],
      ),
    )
  }, [editor, threads])

  useEffect(() => {
    if (editor === null) return
    calls.current = {
      commentOnSelection: () => {
        setView('comments')
        const selected = comments.mayComment ? selectedPassage(editor.state) : null
        if (selected !== null) setDraftOn(selected)
        else if (comments.mayComment) toast(sayAbout('selectFirst'))
      },
      showComment: (commentId) => {
        setView('comments')
        activate(editor.view, commentId)
      },
    }
    return () => {
      calls.current = null
    }
  }, [editor, comments.mayComment, calls])

  const show = (next: BesideView | null): void => {
    setView(next)
    if (next !== 'comments' && editor !== null) activate(editor.view, null)
  }
  return { view, show, comments, draftOn, setDraftOn }
}

export type BesideState = ReturnType<typeof useBeside>

export interface BesideBarProps {
  state: BesideState
  editor: Editor | null
  isEditable: boolean
}

/** The row of buttons under the tools. */
export const BesideBar = ({ state, editor, isEditable }: BesideBarProps) => {
  const say = useWords(draftVersionWords)
  const sayComments = useWords(draftCommentWords)
  const { view, show, comments } = state
  const open = openCount(comments)
  const toggle = (it: BesideView) => show(view === it ? null : it)
  return (
    <section className={styles.bar} aria-label={say('beside')}>
      <Button kind="quiet" isPressed={view === 'comments'} onPress={() => toggle('comments')}>
        {open === 0 ? sayComments('comments') : sayComments('commentsCount', { count: open })}
      </Button>
      <Button kind="quiet" isPressed={view === 'versions'} onPress={() => toggle('versions')}>
        {say('versions')}
      </Button>
      <Button kind="quiet" isPressed={view === 'authors'} onPress={() => toggle('authors')}>
        {say('authors')}
      </Button>
      {isEditable && editor !== null ? <PictureButton editor={editor} /> : null}
    </section>
  )
}

const openCount = ({ threads }: Comments): number => threads?.filter(isOpen).length ?? 0

const PictureButton = ({ editor }: { editor: Editor }) => {
  const say = useWords(draftCommentWords)
  const chooser = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button kind="quiet" label={say('pictureChoose')} onPress={() => chooser.current?.click()}>
        {say('picture')}
      </Button>
      <input
        ref={chooser}
        type="file"
        accept="image/*"
        multiple
        hidden
        tabIndex={-1}
        aria-label={say('pictureChoose')}
        onChange={(event) => {
          takeChosen(editor, [...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
    </>
  )
}

export interface BesidePanelProps {
  state: BesideState
  draft: DraftHandle
  editor: Editor | null
  myId: string
  size: 'phone' | 'laptop'
  /** The list has come over the text, or below what is in sight: the text wants to be brought up. */
  onOpened: () => void
}

export const BesidePanel = ({ state, draft, editor, myId, size, onOpened }: BesidePanelProps) => {
  const say = useWords(draftVersionWords)
  const sayComments = useWords(draftCommentWords)
  const { view, show, comments, draftOn, setDraftOn } = state
  const panel = useRef<HTMLElement>(null)
  const isOpen = view !== null
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it opens
  useEffect(() => {
    const around = panel.current?.parentElement
    if (!isOpen || !panel.current || !around) return
    const isOver = getComputedStyle(around).display !== 'grid'
    const isLow = panel.current.getBoundingClientRect().top > window.innerHeight / 2
    if (isOver || isLow) onOpened()
    if (view === 'comments' && editor !== null) bringPassageUp(editor.view)
  }, [isOpen])
  if (view === null) return null
  const title = view === 'comments' ? sayComments('comments') : say(view)
  return (
    <aside ref={panel} className={styles.panel} data-size={size} aria-label={title}>
      <header className={styles.panelHead}>
        <h3 className={styles.panelTitle}>{title}</h3>
        <Button kind="quiet" onPress={() => show(null)}>
          {say('close')}
        </Button>
      </header>
      <div className={styles.panelBody}>
        {view === 'comments' && editor !== null ? (
          <CommentsPanel
            editor={editor}
            comments={comments}
            myId={myId}
            draftOn={draftOn}
            onDraftOn={setDraftOn}
          />
        ) : null}
        {view === 'versions' ? <VersionsPanel draftId={draft.draftId} size={size} /> : null}
        {view === 'authors' ? <AuthorsPanel draft={draft} editor={editor} myId={myId} /> : null}
      </div>
    </aside>
  )
}
