// The tools of the draft: what each does, when it is down, and its mark (24 × 24).
import type { Editor } from '@tiptap/core'
import { TextSelection } from '@tiptap/pm/state'
import type { Place } from './editorState.ts'
import { redo, undo } from './together.ts'

export type ToolWord =
  | 'undo'
  | 'redo'
  | 'paragraph'
  | 'heading1'
  | 'heading2'
  | 'heading3'
  | 'bold'
  | 'bulletList'
  | 'orderedList'
  | 'indent'
  | 'outdent'
  | 'table'
  | 'addRow'
  | 'addColumn'
  | 'deleteRow'
  | 'deleteColumn'
  | 'deleteTable'

export interface Tool {
  readonly id: ToolWord
  /** A drawn path, or a letter where a letter says it best. */
  readonly mark: { readonly path: string } | { readonly letter: string }
  readonly run: (editor: Editor) => unknown
  readonly isDown?: (place: Place) => boolean
  readonly isDisabled?: (place: Place) => boolean
  /** Left out of the bar where it would do nothing. */
  readonly isShown?: (place: Place) => boolean
  readonly keys?: string
}

/** A table at the end of a draft could not be left again, so a line follows it. */
const insertTable = (editor: Editor): boolean =>
  editor
    .chain()
    .focus()
    .insertTable({ rows: 3, cols: 3, withHeaderRow: true })
    .command(({ tr, state }) => {
      const last = tr.doc.lastChild
      const paragraph = state.schema.nodes.paragraph
      if (last?.type.name !== 'table' || paragraph === undefined) return true
      const { anchor } = tr.selection
      tr.insert(tr.doc.content.size, paragraph.create())
      tr.setSelection(TextSelection.near(tr.doc.resolve(anchor)))
      return true
    })
    .run()

const inTable = (place: Place): boolean => place.isInTable
const inList = (place: Place): boolean => place.list !== null
const heading = (level: 1 | 2 | 3): Tool => ({
  id: `heading${level}`,
  mark: { letter: `H${level}` },
  run: (editor) => editor.chain().focus().toggleHeading({ level }).run(),
  isDown: (place) => place.block === `heading${level}`,
  keys: `Control+Alt+${level}`,
})

export const toolGroups: readonly (readonly Tool[])[] = [
  [
    {
      id: 'undo',
      mark: { path: 'M9 7L4.5 11.5 9 16M5 11.5h9.5a4.5 4.5 0 0 1 0 9H11' },
      run: (editor) => undo(editor.state),
      isDisabled: (place) => !place.canUndo,
      keys: 'Control+Z',
    },
    {
      id: 'redo',
      mark: { path: 'M15 7l4.5 4.5L15 16M19 11.5H9.5a4.5 4.5 0 0 0 0 9H13' },
      run: (editor) => redo(editor.state),
      isDisabled: (place) => !place.canRedo,
      keys: 'Control+Y',
    },
  ],
  [
    {
      id: 'bold',
      mark: { letter: 'B' },
      run: (editor) => editor.chain().focus().toggleBold().run(),
      isDown: (place) => place.isBold,
      keys: 'Control+B',
    },
    {
      id: 'bulletList',
      mark: { path: 'M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01' },
      run: (editor) => editor.chain().focus().toggleBulletList().run(),
      isDown: (place) => place.list === 'bulletList',
    },
    {
      id: 'orderedList',
      mark: {
        path: 'M10 6h10M10 12h10M10 18h10M4 4.5l1.5-.7V9M3.8 14.6c.3-1.4 2.6-1.4 2.6.1 0 1-1.4 1.7-2.6 3.3h2.8',
      },
      run: (editor) => editor.chain().focus().toggleOrderedList().run(),
      isDown: (place) => place.list === 'orderedList',
    },
    {
      id: 'outdent',
      mark: { path: 'M20 6H4M20 12h-9M20 18H4M7 9l-3 3 3 3' },
      run: (editor) => editor.chain().focus().liftListItem('listItem').run(),
      isShown: inList,
      keys: 'Shift+Tab',
    },
    {
      id: 'indent',
      mark: { path: 'M20 6H4M20 12h-9M20 18H4M4 9l3 3-3 3' },
      run: (editor) => editor.chain().focus().sinkListItem('listItem').run(),
      isShown: inList,
      keys: 'Tab',
    },
  ],
  [
    {
      id: 'paragraph',
      mark: { path: 'M13 20V4.5M17.5 20V4.5M20 4.5h-9a4.2 4.2 0 0 0 0 8.4h2' },
      run: (editor) => editor.chain().focus().setParagraph().run(),
      isDown: (place) => place.block === 'paragraph' && place.list === null,
      keys: 'Control+Alt+0',
    },
    heading(1),
    heading(2),
    heading(3),
  ],
  [
    {
      id: 'table',
      mark: { path: 'M3.5 5h17v14h-17zM3.5 10h17M3.5 14.5h17M9.2 5v14M14.8 5v14' },
      run: insertTable,
      isShown: (place) => !place.isInTable,
    },
    {
      id: 'addRow',
      mark: { path: 'M3.5 4.5h17V11h-17zM9.2 4.5V11M14.8 4.5V11M12 14v7M8.5 17.5h7' },
      run: (editor) => editor.chain().focus().addRowAfter().run(),
      isShown: inTable,
    },
    {
      id: 'addColumn',
      mark: { path: 'M3.5 3.5H10v17H3.5zM3.5 9.2H10M3.5 14.8H10M17 8.5v7M13.5 12h7' },
      run: (editor) => editor.chain().focus().addColumnAfter().run(),
      isShown: inTable,
    },
    {
      id: 'deleteRow',
      mark: { path: 'M3.5 4.5h17V11h-17zM9.2 4.5V11M14.8 4.5V11M9.5 15l5 5M14.5 15l-5 5' },
      run: (editor) => editor.chain().focus().deleteRow().run(),
      isShown: inTable,
    },
    {
      id: 'deleteColumn',
      mark: { path: 'M3.5 3.5H10v17H3.5zM3.5 9.2H10M3.5 14.8H10M14.5 9.5l5 5M19.5 9.5l-5 5' },
      run: (editor) => editor.chain().focus().deleteColumn().run(),
      isShown: inTable,
    },
    {
      id: 'deleteTable',
      mark: { path: 'M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7M10.3 10.5v6M13.7 10.5v6' },
      run: (editor) => editor.chain().focus().deleteTable().run(),
      isShown: inTable,
    },
  ],
]
