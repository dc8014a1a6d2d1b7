// People who type in a draft, each at a steady pace in a paragraph of their own with a caret behind the last letter.
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { draftField } from '../../../shared/drafts/plainText.ts'

export interface Typists {
  letters(): number
  end(): void
}

const words = '众人的事情由众人商量，村民会议讨论决定下列事项。'
const lettersPerSecond = 5

const socketWith = (cookie: string): typeof globalThis.WebSocket =>
  class extends WebSocket {
    constructor(url: string) {
      super(url, { headers: { cookie } })
    }
  } as unknown as typeof globalThis.WebSocket

const paragraphOf = (text: string): Y.XmlElement => {
  const paragraph = new Y.XmlElement('paragraph')
  paragraph.insert(0, [new Y.XmlText(text)])
  return paragraph
}

interface Typist {
  readonly provider: WebsocketProvider
  type(): void
}

const untilThere = (tree: Y.XmlFragment, paragraphs: number): Promise<void> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (tree.length < paragraphs) return
      tree.unobserve(look)
      resolve()
    }
    tree.observe(look)
    look()
  })

interface Chair {
  readonly name: string
  readonly cookie: string
  /** The first one brings the text; the others wait for it. */
  readonly brings: number
  readonly awaits: number
}

const enter = async (
  url: string,
  draftId: string,
  { name, cookie, brings, awaits }: Chair,
): Promise<Typist> => {
  const doc = new Y.Doc()
  const provider = new WebsocketProvider(`${url.replace('http', 'ws')}/drafts`, draftId, doc, {
    WebSocketPolyfill: socketWith(cookie),
    disableBc: true,
  })
  await new Promise<void>((resolve) =>
    provider.on('sync', (isSynced: boolean) => {
      if (isSynced) resolve()
    }),
  )
  const tree = doc.getXmlFragment(draftField)
  if (brings > 0) {
    tree.insert(
      tree.length,
      Array.from({ length: brings }, () => paragraphOf(words.repeat(2))),
    )
  }
  await untilThere(tree, awaits)
  const mine = paragraphOf(`${name}：`)
  tree.insert(0, [mine])
  const text = mine.get(0) as Y.XmlText
  provider.awareness.setLocalStateField('user', { name, color: '#8a4b2a', actorId: name })
  let typed = 0
  return {
    provider,
    type: () => {
      text.insert(text.length, words[typed % words.length] ?? '。')
      typed += 1
      // Behind its last letter, as the editors tell it: each letter moves the caret.
      const at = Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, text.length, -1))
      provider.awareness.setLocalStateField('cursor', { anchor: at, head: at })
    },
  }
}

/**
 * @param cookies one seat each; several may sit at the same
 * @param paragraphs so many are there before anybody types; twenty make a page
 */
export const openTypists = async (
  url: string,
  draftId: string,
  cookies: readonly string[],
  paragraphs: number,
): Promise<Typists> => {
  const people: Typist[] = []
  for (const [i, cookie] of cookies.entries()) {
    const brings = i === 0 ? paragraphs : 0
    const chair = { name: `村民${i + 1}`, cookie, brings, awaits: paragraphs }
    people.push(await enter(url, draftId, chair))
  }
  let letters = 0
  const everyMs = 1_000 / lettersPerSecond / people.length
  const began = performance.now()
  const timer = setInterval(() => {
    for (; letters * everyMs < performance.now() - began; letters += 1)
      people[letters % people.length]?.type()
  }, 4)
  return {
    letters: () => letters,
    end: () => {
      clearInterval(timer)
      for (const { provider } of people) provider.destroy()
    },
  }
}
