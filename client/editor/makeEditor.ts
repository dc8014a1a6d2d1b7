// Builds the editor of one open draft into the page.
import { Editor } from '@tiptap/core'
import type { DraftHandle } from '../link/draft.ts'
import { AuthorMarks } from './authors/authorMarks.ts'
import { Bounds } from './bounds.ts'
import { CommentMarks, type CommentMarksOptions } from './comments/commentMarks.ts'
import { Pictures, type PicturesOptions } from './images/takePictures.ts'
import { Paste, type PasteOptions } from './paste.ts'
import { Placeholder } from './placeholder.ts'
import { draftForm } from './schema.ts'
import { Together } from './together.ts'

export interface EditorParts {
  readonly element: HTMLElement
  readonly draft: DraftHandle
  readonly isEditable: boolean
  readonly label: () => string
  readonly placeholder: () => string
  readonly paste: PasteOptions
  readonly onFull: () => void
  readonly comments: CommentMarksOptions
  readonly pictures: Omit<PicturesOptions, 'draft'>
  /** Alt+F10 leads from the text to the tools, as in other editors. */
  readonly toTools: () => void
}

export const makeEditor = (parts: EditorParts): Editor =>
  new Editor({
    element: parts.element,
    editable: parts.isEditable,
    // The style sheet is text.css: a page that forbids inline styles stays whole.
    injectCSS: false,
    extensions: [
      ...draftForm,
      Together.configure({ draft: parts.draft }),
      Paste.configure(parts.paste),
      Bounds.configure({ onFull: parts.onFull }),
      Pictures.configure({ ...parts.pictures, draft: parts.draft }),
      CommentMarks.configure(parts.comments),
      AuthorMarks,
      Placeholder.configure({ words: parts.placeholder }),
    ],
    editorProps: {
      attributes: () => ({
        class: 'draft-text',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': parts.label(),
        spellcheck: 'false',
        autocapitalize: 'off',
      }),
      handleKeyDown: (_view, event) => {
        if (event.key !== 'F10' || !event.altKey) return false
        parts.toTools()
        return true
      },
      scrollMargin: { top: 120, bottom: 60, left: 0, right: 0 },
      scrollThreshold: { top: 120, bottom: 40, left: 0, right: 0 },
    },
  })
