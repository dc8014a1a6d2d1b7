// What is saved, who is editing, how long the text is; and in trouble what happened and what can be done.
import type { Editor } from '@tiptap/core'
import { useEffect, useState } from 'react'
import { Banner } from '../kit/Banner.tsx'
import { Button } from '../kit/Button.tsx'
import { Confirm } from '../kit/Confirm.tsx'
import type { DraftTrouble, SaveState } from '../link/draftStatus.ts'
import { editorWords } from '../words/editor.ts'
import { useLanguage, useWords } from '../words/words.ts'
import type { EditingPerson } from './carets.ts'
import type { DraftShown } from './draftShown.ts'
import { People, PeopleButton, PeopleList } from './People.tsx'
import styles from './StateLine.module.css'
import { textSize } from './textSize.ts'

type Why =
  | 'malformed'
  | 'notSignedIn'
  | 'sessionEnded'
  | 'notAllowed'
  | 'draftReadOnly'
  | 'notFound'
  | 'clientTaken'
  | 'tooLarge'
  | 'draftFull'
  | 'broken'
  | 'tooFast'
  | 'unknown'

const whys: Record<DraftTrouble, Why> = {
  malformed: 'malformed',
  notSignedIn: 'notSignedIn',
  sessionEnded: 'sessionEnded',
  notAllowed: 'notAllowed',
  draftReadOnly: 'draftReadOnly',
  notFound: 'notFound',
  clientTaken: 'clientTaken',
  tooLarge: 'tooLarge',
  draftFull: 'draftFull',
  clockGap: 'broken',
  runTooLong: 'broken',
  deleteBeyond: 'broken',
  awarenessForeign: 'broken',
  awarenessTooLarge: 'broken',
  tooFast: 'tooFast',
  storeUnavailable: 'unknown',
  rightsChanged: 'unknown',
  tooMany: 'unknown',
  unknown: 'unknown',
}

/** Each state has a mark of its own: colour alone says nothing. */
const marks: Record<Exclude<SaveState, 'loading'>, string> = {
  saved: 'M3.5 8.5l3 3 6-7',
  saving: 'M8 3.5a4.5 4.5 0 1 1-4.5 4.5',
  connecting: 'M8 3.5a4.5 4.5 0 1 1-4.5 4.5',
  offline: 'M3 3l10 10M4 7.5a6 6 0 0 1 2-1.3M12 7.5a6 6 0 0 0-3-1.6M8 12v.3',
  refused: 'M8 3.5v5.5M8 12v.3',
  held: 'M8 3.5v5.5M8 12v.3',
  readOnly: 'M2.5 8s2-3.5 5.5-3.5S13.5 8 13.5 8s-2 3.5-5.5 3.5S2.5 8 2.5 8zM8 8h.01',
}

type Say = ReturnType<typeof useWords<keyof typeof editorWords.zh>>

const sayState = (word: Say, state: keyof typeof marks, unsaved: number): string => {
  if (state === 'offline' && unsaved > 0) return word('offlineCount', { count: unsaved })
  if (state === 'held') return word('refused')
  return word(state === 'refused' && unsaved === 0 ? 'stopped' : state)
}

const SaveMark = ({ shown }: { shown: DraftShown }) => {
  const word = useWords(editorWords)
  // A reader's text is as old as the connection's end: that matters more than that it is only read.
  const state = shown.state === 'readOnly' && shown.link === 'offline' ? 'offline' : shown.state
  if (state === 'loading') return <span className={styles.save}>{word('loading')}</span>
  return (
    <span className={styles.save} data-state={state} data-testid="save-state">
      <svg viewBox="0 0 16 16" width="18" height="18" aria-hidden="true">
        <path
          d={marks[state]}
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      {sayState(word, state, shown.unsaved)}
    </span>
  )
}

const countPauseMs = 1_000

/** Counted a moment after the last change: nobody reads the figure while typing. */
const useWordCount = (editor: Editor | null): number | null => {
  const [words, setWords] = useState<number | null>(null)
  useEffect(() => {
    if (editor === null) return
    let timer: ReturnType<typeof setTimeout> | null = null
    const count = () => {
      timer = null
      if (!editor.isDestroyed) setWords(textSize(editor.state.doc).words)
    }
    const changed = ({ transaction }: { transaction: { docChanged: boolean } }) => {
      if (transaction.docChanged) timer ??= setTimeout(count, countPauseMs)
    }
    count()
    editor.on('transaction', changed)
    return () => {
      if (timer !== null) clearTimeout(timer)
      editor.off('transaction', changed)
    }
  }, [editor])
  return words
}

const WordCount = ({ editor }: { editor: Editor | null }) => {
  const word = useWords(editorWords)
  const [language] = useLanguage()
  const words = useWordCount(editor)
  if (words === null) return null
  return <span className={styles.words}>{word('characters', { count: words.toLocaleString(language) })}</span>
}

export interface StateLineProps {
  shown: DraftShown
  people: readonly EditingPerson[]
  myKey: string
  editor: Editor | null
  size: 'phone' | 'laptop'
}

export const StateLine = ({ shown, people, myKey, editor, size }: StateLineProps) => {
  const [isListOpen, setListOpen] = useState(false)
  const isNarrow = size === 'phone'
  const { state } = shown
  // Coloured whole, so that it is seen wherever in the text the person is.
  const isAlarm =
    state === 'offline' ||
    state === 'refused' ||
    state === 'held' ||
    (shown.isReady && shown.link === 'offline')
  return (
    <>
      <div className={styles.line} data-alarm={isAlarm || undefined} data-size={size}>
        <SaveMark shown={shown} />
        {isAlarm ? null : isNarrow ? (
          <PeopleButton people={people} isOpen={isListOpen} onToggle={() => setListOpen(!isListOpen)} />
        ) : (
          <People people={people} myKey={myKey} shownMax={6} />
        )}
        <WordCount editor={editor} />
      </div>
      {isNarrow && isListOpen && people.length > 0 ? <PeopleList people={people} myKey={myKey} /> : null}
    </>
  )
}

interface TroubleProps {
  shown: DraftShown
  onCopy: () => void
  onRetry: () => void
  onDiscard: () => void
}

/** Coming back alone does not bring these edits home. */
const heldWord = ({ isKept }: DraftShown): 'held' | 'heldNotKept' => (isKept ? 'held' : 'heldNotKept')

const OfflineBanner = ({ shown }: { shown: DraftShown }) => {
  const word = useWords(editorWords)
  const { unsaved, kept } = shown
  if (shown.trouble === 'storeUnavailable') return <Banner tone="warn">{word('storeTrouble')}</Banner>
  if (shown.trouble === 'tooMany') return <Banner tone="warn">{word('tooManyTrouble')}</Banner>
  if (!shown.mayEdit && unsaved === 0) return <Banner tone="offline">{word('readOnlyOffline')}</Banner>
  if (!shown.mayEdit) return <Banner tone="offline">{word(heldWord(shown), { count: unsaved })}</Banner>
  if (unsaved > 0 && !shown.isKept)
    return <Banner tone="offline">{word('offlineNotKept', { count: unsaved })}</Banner>
  if (kept === 0) return <Banner tone="offline">{word('offlineNothing')}</Banner>
  return <Banner tone="offline">{word('offlineUnsaved', { count: kept })}</Banner>
}

/** What did not reach the hall: why, and what can be done with it here. */
const UnsentBanner = ({ shown, onCopy, onRetry, onDiscard }: TroubleProps) => {
  const word = useWords(editorWords)
  const [isAsking, setAsking] = useState(false)
  const { unsaved } = shown
  const isHeld = shown.state === 'held'
  const why = word(`why_${whys[shown.trouble ?? 'unknown']}`)
  return (
    <>
      <Banner tone="warn">
        <p>
          {isHeld ? word(heldWord(shown), { count: unsaved }) : why}
          {!isHeld && unsaved > 0 ? ` ${word('unsavedHere', { count: unsaved })}` : ''}
        </p>
        <div className={styles.actions}>
          {isHeld ? null : <Button onPress={onRetry}>{word('retry')}</Button>}
          {shown.isReady ? <Button onPress={onCopy}>{word('copyText')}</Button> : null}
          {unsaved > 0 ? (
            <Button kind="danger" onPress={() => setAsking(true)}>
              {word('discard')}
            </Button>
          ) : null}
        </div>
      </Banner>
      <Confirm
        title={word('discardTitle')}
        body={word('discardBody', { count: unsaved })}
        confirmLabel={word('discard')}
        danger
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false)
          onDiscard()
        }}
      />
    </>
  )
}

export const Trouble = (props: TroubleProps) => {
  const word = useWords(editorWords)
  const { shown } = props
  if (shown.state === 'refused' || shown.state === 'held') return <UnsentBanner {...props} />
  if (shown.isReady && shown.link === 'offline') return <OfflineBanner shown={shown} />
  if (shown.fullPercent === null) return null
  return <Banner tone="warn">{word('nearlyFull', { percent: shown.fullPercent })}</Banner>
}
