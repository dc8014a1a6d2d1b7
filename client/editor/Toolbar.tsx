// The bar of tools: one row that scrolls under the thumb, arrow keys from tool to tool, and the text keeps its caret.
import type { Editor } from '@tiptap/core'
import { type KeyboardEvent, type Ref, useState } from 'react'
import { editorWords } from '../words/editor.ts'
import { useWords } from '../words/words.ts'
import { usePlace } from './editorState.ts'
import styles from './Toolbar.module.css'
import { type Tool, toolGroups } from './tools.ts'

const moves: Readonly<Record<string, (index: number, count: number) => number>> = {
  ArrowRight: (index, count) => (index + 1) % count,
  ArrowLeft: (index, count) => (index - 1 + count) % count,
  Home: () => 0,
  End: (_index, count) => count - 1,
}

const Mark = ({ mark }: Pick<Tool, 'mark'>) =>
  'letter' in mark ? (
    <span className={styles.letter} aria-hidden="true">
      {mark.letter}
    </span>
  ) : (
    <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
      <path
        d={mark.path}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.9"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )

export const Toolbar = ({ editor, ref }: { editor: Editor; ref?: Ref<HTMLDivElement> }) => {
  const word = useWords(editorWords)
  const place = usePlace(editor)
  // Tab comes to the bar once; the arrows go from tool to tool.
  const [stop, setStop] = useState<string>('undo')
  const groups = toolGroups
    .map((group) => group.filter((tool) => tool.isShown?.(place) ?? true))
    .filter((group) => group.length > 0)
  const shown = groups.flat()
  const stopShown = shown.some((tool) => tool.id === stop) ? stop : shown[0]?.id

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.key === 'Escape') {
      event.preventDefault()
      editor.commands.focus()
      return
    }
    const move = moves[event.key]
    if (move === undefined) return
    event.preventDefault()
    const next =
      shown[
        move(
          shown.findIndex((tool) => tool.id === stopShown),
          shown.length,
        )
      ]
    if (next === undefined) return
    setStop(next.id)
    event.currentTarget.querySelector<HTMLElement>(`[data-tool="${next.id}"]`)?.focus()
  }

  return (
    <div ref={ref} className={styles.bar} role="toolbar" aria-label={word('toolbar')} onKeyDown={onKeyDown}>
      {groups.map((group, index) => (
        <div key={index} className={styles.group}>
          {group.map((tool) => (
            <button
              key={tool.id}
              type="button"
              data-tool={tool.id}
              className={styles.tool}
              tabIndex={tool.id === stopShown ? 0 : -1}
              title={tool.id === 'undo' || tool.id === 'redo' ? word(`${tool.id}Hint`) : undefined}
              aria-keyshortcuts={tool.keys}
              aria-pressed={tool.isDown?.(place)}
              aria-disabled={tool.isDisabled?.(place) || undefined}
              // The caret stays in the text, and a phone keeps its keyboard up.
              onMouseDown={(event) => event.preventDefault()}
              onFocus={() => setStop(tool.id)}
              onClick={() => {
                if (tool.isDisabled?.(place) !== true) tool.run(editor)
              }}
            >
              <Mark mark={tool.mark} />
              <span className={styles.caption}>{word(tool.id)}</span>
            </button>
          ))}
        </div>
      ))}
    </div>
  )
}
