// The form of a draft: which blocks and marks it has, under which names they stand in the shared document. The
// server's plain text (server/drafts) reads the same names.
import { type AnyExtension, getSchema } from '@tiptap/core'
import { Bold } from '@tiptap/extension-bold'
import { Document } from '@tiptap/extension-document'
import { HardBreak } from '@tiptap/extension-hard-break'
import { Heading } from '@tiptap/extension-heading'
import { BulletList, ListItem, ListKeymap, OrderedList } from '@tiptap/extension-list'
import { Paragraph } from '@tiptap/extension-paragraph'
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table'
import { Text } from '@tiptap/extension-text'
import { Gapcursor } from '@tiptap/extensions'
import { type EditorState, Plugin, type Transaction } from '@tiptap/pm/state'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import { Picture } from './images/picture.ts'

/** Node names as they stand in the shared document. */
export const draftNodes = [
  'paragraph',
  'heading',
  'bulletList',
  'orderedList',
  'listItem',
  'table',
  'tableRow',
  'tableHeader',
  'tableCell',
  'hardBreak',
  'picture',
] as const
export const draftMarks = ['bold'] as const
export const headingLevels = [1, 2, 3] as const

/** A change that came from the shared document and not from this page's hand. */
export const isFromOthers = (transaction: Transaction): boolean => {
  const change: unknown = transaction.getMeta(ySyncPluginKey)
  return (
    typeof change === 'object' &&
    change !== null &&
    'isChangeOrigin' in change &&
    change.isChangeOrigin === true
  )
}

/**
 * Tables that two people widened at once are mended by whoever next works in them: were every page to mend what it
 * sees arrive, each would add the same missing cell.
 */
const mendOwnChangesOnly = (plugin: Plugin): Plugin => {
  const append = plugin.spec.appendTransaction
  if (append === undefined) return plugin
  return new Plugin({
    ...plugin.spec,
    appendTransaction: (transactions, before: EditorState, after: EditorState) =>
      transactions.some(isFromOthers) ? null : append.call(plugin, transactions, before, after),
  })
}

const DraftTable = Table.extend({
  addProseMirrorPlugins() {
    return (this.parent?.() ?? []).map(mendOwnChangesOnly)
  },
})

/** Deeper headings of pasted documents come in as the third level. */
const DraftHeading = Heading.extend({
  parseHTML() {
    return [...(this.parent?.() ?? []), ...['h4', 'h5', 'h6'].map((tag) => ({ tag, attrs: { level: 3 } }))]
  },
})

export const draftForm: readonly AnyExtension[] = [
  Document,
  Text,
  Paragraph,
  DraftHeading.configure({ levels: [...headingLevels] }),
  BulletList,
  OrderedList,
  ListItem,
  ListKeymap,
  HardBreak,
  Bold,
  DraftTable.configure({ resizable: false, renderWrapper: true }),
  TableRow,
  TableHeader,
  TableCell,
  Picture,
  Gapcursor,
]

/** For views that only show. */
export const makeDraftSchema = () => getSchema([...draftForm])
