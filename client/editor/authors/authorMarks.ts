// Marks in the text whose letters they are: a line under them in the colour of the author's party, and at each change of
// hand the party's shape with the name. Nothing of it is part of the draft.
import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'
import { authorRuns, type Moved } from '../../../shared/drafts/authors.ts'
import { partyShape } from '../../kit/PartyMark.tsx'
import type { Actor } from './actors.ts'
import { readPlaces } from './textPlaces.ts'

/** The author behind a client id; null while the hall has not told. */
export type AuthorOf = (client: number) => Actor | null

/** Whose the letters are. */
export interface Authorship {
  readonly authorOf: AuthorOf
  readonly moved: Moved
}

/** More would weigh on the page without anybody reading them. */
export const marksMax = 3_000
const renewAfterMs = 400

interface Marks {
  readonly authorship: Authorship | null
  readonly shown: DecorationSet
}
const key = new PluginKey<Marks>('authorMarks')

const tagOf =
  ({ name, partyIndex }: Actor) =>
  (): HTMLElement => {
    const tag = document.createElement('span')
    tag.className = 'draft-author-tag'
    tag.contentEditable = 'false'
    tag.style.setProperty('--by', colourOf(partyIndex))
    const mark = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
    mark.setAttribute('viewBox', '0 0 16 16')
    mark.setAttribute('aria-hidden', 'true')
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
    path.setAttribute('d', partyShape(partyIndex))
    if (partyIndex < 0) path.setAttribute('class', 'draft-author-none')
    mark.append(path)
    tag.append(mark, name)
    return tag
  }

const colourOf = (partyIndex: number): string =>
  partyIndex < 0 ? 'var(--ink-faint)' : `var(--party-${partyIndex % 6})`

const draw = (state: EditorState, doc: Node, { authorOf, moved }: Authorship): DecorationSet => {
  const marks: Decoration[] = []
  let before: string | null = null
  for (const [text, start] of readPlaces(state, doc).texts) {
    if (marks.length > marksMax * 2) break
    for (const { from, to, client } of authorRuns(text, moved)) {
      const author = authorOf(client)
      if (author === null) continue
      marks.push(
        Decoration.inline(start + from, start + to, {
          class: 'draft-author',
          style: `--by: ${colourOf(author.partyIndex)}`,
          title: author.name,
        }),
      )
      if (author.actorId !== before) {
        marks.push(Decoration.widget(start + from, tagOf(author), { side: -1, ignoreSelection: true }))
      }
      before = author.actorId
    }
  }
  return DecorationSet.create(doc, marks)
}

const apply = (transaction: Transaction, marks: Marks, before: EditorState): Marks => {
  const asked: { authorship: Authorship | null } | undefined = transaction.getMeta(key)
  if (asked === undefined) {
    if (!transaction.docChanged || marks.authorship === null) return marks
    return { ...marks, shown: marks.shown.map(transaction.mapping, transaction.doc) }
  }
  const { authorship } = asked
  return {
    authorship,
    shown: authorship === null ? DecorationSet.empty : draw(before, transaction.doc, authorship),
  }
}

/** What was typed since gets its marks a moment later. */
const renew = (view: EditorView) => {
  let timer: ReturnType<typeof setTimeout> | null = null
  const later = (): void => {
    timer = null
    const authorship = key.getState(view.state)?.authorship ?? null
    if (authorship === null || view.isDestroyed) return
    if (view.composing) timer = setTimeout(later, renewAfterMs)
    else view.dispatch(view.state.tr.setMeta(key, { authorship }))
  }
  return {
    update: (_: EditorView, before: EditorState) => {
      if (before.doc !== view.state.doc && key.getState(view.state)?.authorship) {
        timer ??= setTimeout(later, renewAfterMs)
      }
    },
    destroy: () => {
      if (timer !== null) clearTimeout(timer)
    },
  }
}

/** Shows the authors, or hides them again. */
export const showAuthors = (view: EditorView, authorship: Authorship | null): void => {
  if (!view.isDestroyed) view.dispatch(view.state.tr.setMeta(key, { authorship }))
}

export const AuthorMarks = Extension.create({
  name: 'authorMarks',
  addProseMirrorPlugins: () => [
    new Plugin<Marks>({
      key,
      state: { init: () => ({ authorship: null, shown: DecorationSet.empty }), apply },
      props: { decorations: (state) => key.getState(state)?.shown },
      view: renew,
    }),
  ],
})
