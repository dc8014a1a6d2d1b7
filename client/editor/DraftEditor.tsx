// The draft on a phone or a laptop: what is saved, who is editing, the tools, and the shared text itself.
import type { Editor } from '@tiptap/core'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { plainText } from '../../shared/drafts/plainText.ts'
import { limits } from '../../shared/kernel/limits.ts'
import { Button } from '../kit/Button.tsx'
import { EmptyState } from '../kit/EmptyState.tsx'
import { Progress } from '../kit/Progress.tsx'
import { Skeleton } from '../kit/Skeleton.tsx'
import { toast } from '../kit/Toasts.tsx'
import type { DraftHandle } from '../link/draft.ts'
import { editorWords } from '../words/editor.ts'
import { currentLanguage, useWords, wordIn } from '../words/words.ts'
import { BesideBar, type BesideCalls, BesidePanel, useBeside } from './beside/Beside.tsx'
import './beside/beside.css'
import type { AwarenessUser } from './carets.ts'
import { colourOf } from './colours.ts'
import { copyText } from './copyText.ts'
import styles from './DraftEditor.module.css'
import './images/picture.css'
import { PictureLine, type PictureSteps, usePictureSteps } from './images/PictureLine.tsx'
import { makeEditor } from './makeEditor.ts'
import { usePeople } from './People.tsx'
import type { PasteProgress } from './paste.ts'
import { StateLine, Trouble } from './StateLine.tsx'
import './text.css'
import { Toolbar } from './Toolbar.tsx'
import { bytesInWords } from './textSize.ts'
import { useCaretFlags } from './useCaretFlags.ts'
import { useDraft } from './useDraft.ts'
import { useHeads } from './useHeads.ts'

export interface DraftEditorProps {
  draftId: string
  mayEdit: boolean
  me: { readonly actorId: string; readonly name: string; readonly colorSeed: number }
  size: 'phone' | 'laptop'
}

const word = (
  key: Parameters<typeof wordIn<keyof typeof editorWords.zh>>[2],
  params?: Record<string, string | number>,
) => wordIn(editorWords, currentLanguage(), key, params)

/** Bytes under which no size is told. */
const leastTold = 1024
const saySize = (bytes: number): string => bytesInWords(bytes, currentLanguage())

interface SurfaceProps {
  draft: DraftHandle
  isEditable: boolean
  tools: RefObject<HTMLDivElement | null>
  onEditor: (editor: Editor | null) => void
  onPaste: (progress: PasteProgress | null) => void
  beside: RefObject<BesideCalls | null>
  pictures: PictureSteps
}

/** The text itself. It is mounted only once there is a text to show, so nobody ever types into an empty stand-in. */
const Surface = ({ draft, isEditable, tools, onEditor, onPaste, beside, pictures }: SurfaceProps) => {
  const place = useRef<HTMLDivElement>(null)
  const made = useRef<Editor | null>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: one editor for as long as the draft is open
  useEffect(() => {
    if (place.current === null) return
    const editor = makeEditor({
      element: place.current,
      draft,
      isEditable,
      label: () => word('text'),
      placeholder: () => word(draft.status().mayEdit ? 'placeholder' : 'empty'),
      paste: {
        onProgress: onPaste,
        onTooLong: (bytes) =>
          toast(
            word('pasteTooLong', {
              over: saySize(Math.max(leastTold, bytes - limits.draftTextBytesMax)),
              max: saySize(limits.draftTextBytesMax),
            }),
            { tone: 'warn' },
          ),
        onPicturesLeftOut: (count) => toast(word('pastePictures', { count }), { tone: 'warn' }),
        onBusy: () => toast(word('pasteBusy'), { tone: 'warn' }),
      },
      comments: {
        onAsk: () => beside.current?.commentOnSelection(),
        onPressed: (commentId) => beside.current?.showComment(commentId),
      },
      pictures: pictures.calls,
      toTools: () => tools.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus(),
      onFull: () => toast(word('full', { max: saySize(limits.draftTextBytesMax) }), { tone: 'warn' }),
    })
    made.current = editor
    onEditor(editor)
    return () => {
      made.current = null
      onEditor(null)
      editor.destroy()
    }
  }, [draft])

  useEffect(() => {
    if (made.current !== null && made.current.isEditable !== isEditable) made.current.setEditable(isEditable)
  }, [isEditable])

  return <div ref={place} className={styles.paper} />
}

/** Whoever is already reading further down stays there. */
const bringUp = (place: HTMLElement | null): void => {
  if (place !== null && place.getBoundingClientRect().top > 0) place.scrollIntoView({ block: 'start' })
}

export const DraftEditor = ({ draftId, mayEdit, me, size }: DraftEditorProps) => {
  const say = useWords(editorWords)
  const { draft, shown, startAfresh } = useDraft(draftId, me.actorId, mayEdit)
  const [editor, setEditor] = useState<Editor | null>(null)
  const [pasting, setPasting] = useState<PasteProgress | null>(null)
  const place = useRef<HTMLElement>(null)
  const head = useRef<HTMLDivElement>(null)
  useHeads(place, head)
  const tools = useRef<HTMLDivElement>(null)
  const calls = useRef<BesideCalls>(null)
  const beside = useBeside(draftId, editor, calls)
  const pictures = usePictureSteps()
  const people = usePeople(draft)
  const isEditable = shown.mayEdit && shown.isReady && shown.link !== 'closed'
  useCaretFlags(draft, editor?.view ?? null)

  useEffect(() => {
    if (draft === null || !isEditable) return
    draft.awareness.setLocalStateField('user', {
      name: me.name,
      color: colourOf(me.colorSeed),
      actorId: me.actorId,
    } satisfies AwarenessUser)
  }, [draft, isEditable, me.name, me.colorSeed, me.actorId])

  return (
    <section ref={place} className={styles.editor} data-size={size} data-beside={beside.view ?? undefined}>
      <div ref={head} className={styles.head}>
        <StateLine shown={shown} people={people} myKey={me.actorId} editor={editor} size={size} />
        {editor !== null && isEditable ? (
          <div className={styles.tools}>
            <Toolbar editor={editor} ref={tools} />
          </div>
        ) : null}
        {pasting === null ? null : (
          <div className={styles.pasting}>
            <Progress label={say('pasting')} value={pasting.done} max={pasting.total} />
            <Button onPress={pasting.stop}>{say('pasteStop')}</Button>
          </div>
        )}
        <PictureLine steps={pictures} />
        <BesideBar state={beside} editor={editor} isEditable={isEditable} />
      </div>
      <Trouble
        shown={shown}
        onRetry={() => draft?.retry()}
        onDiscard={startAfresh}
        onCopy={() => {
          if (draft === null) return
          const isCopied = copyText(plainText(draft.fragment))
          toast(say(isCopied ? 'copied' : 'copyFailed'), { tone: isCopied ? 'good' : 'warn' })
        }}
      />
      {draft !== null && shown.isReady ? (
        <div className={styles.sheet}>
          <Surface
            draft={draft}
            isEditable={isEditable}
            tools={tools}
            onEditor={setEditor}
            onPaste={setPasting}
            beside={calls}
            pictures={pictures}
          />
          <BesidePanel
            state={beside}
            draft={draft}
            editor={editor}
            myId={me.actorId}
            size={size}
            onOpened={() => bringUp(place.current)}
          />
        </div>
      ) : (
        <Waiting isRefused={shown.link === 'closed'} />
      )}
    </section>
  )
}

/** Before the text is here there is its shape, never an empty sheet that looks as if nothing had been written. */
const Waiting = ({ isRefused }: { isRefused: boolean }) => {
  const say = useWords(editorWords)
  return (
    <div className={styles.paper}>
      {isRefused ? <EmptyState title={say('stopped')} /> : <Skeleton lines={7} />}
    </div>
  )
}
