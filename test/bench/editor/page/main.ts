// The page whose frames are counted: our editor as people have it, or beside it a plain TipTap on the same schema and
// the same server, with the bindings' own carets and nothing else of ours.
import { Editor, Extension } from '@tiptap/core'
import { yCursorPlugin, ySyncPlugin, yUndoPlugin } from '@tiptap/y-tiptap'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { draftForm } from '../../../../client/editor/schema.ts'
import { draftField } from '../../../../shared/drafts/plainText.ts'
import '../../../../client/kit/tokens.css'
import '../../../../client/editor/text.css'

declare global {
  interface Window {
    /** The times between one frame and the next, in milliseconds, for so long. */
    framesOf: (forMs: number) => Promise<number[]>
  }
}

window.framesOf = (forMs) =>
  new Promise((resolve) => {
    const gaps: number[] = []
    let began = 0
    let last = 0
    const frame = (now: number): void => {
      if (last > 0) gaps.push(now - last)
      else began = now
      last = now
      if (now - began < forMs) requestAnimationFrame(frame)
      else resolve(gaps)
    }
    requestAnimationFrame(frame)
  })

const asked = new URLSearchParams(location.search)

const openPlain = (): void => {
  const doc = new Y.Doc()
  const url = `${location.origin.replace('http', 'ws')}/drafts`
  const provider = new WebsocketProvider(url, asked.get('draft') ?? '', doc)
  provider.awareness.setLocalStateField('user', { name: asked.get('name'), color: '#3b7d4f' })
  const Shared = Extension.create({
    name: 'shared',
    addProseMirrorPlugins: () => [
      ySyncPlugin(doc.getXmlFragment(draftField)),
      yCursorPlugin(provider.awareness),
      yUndoPlugin(),
    ],
  })
  new Editor({
    element: document.getElementById('hall'),
    extensions: [...draftForm, Shared],
    editorProps: { attributes: { class: 'draft-text', spellcheck: 'false' } },
  })
}

if (asked.get('kind') === 'plain') openPlain()
else if (asked.get('kind') === 'ours') await import('../../../editor/page/main.tsx')
