// What a test does with a page's editor, and how it sees what a person would see.
import type { Page } from 'playwright-core'
import { editorWords } from '../../client/words/editor.ts'

interface EditorElement extends HTMLElement {
  readonly editor?: {
    readonly state: {
      readonly doc: {
        readonly content: { readonly size: number }
        toJSON(): unknown
        textBetween(from: number, to: number, block: string): string
      }
    }
  }
  readonly pmViewDesc?: { readonly view?: unknown }
}

/** The text as the page shows it, a line a block, without carets and flags. */
export const textOf = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const root = document.querySelector('.draft-text')
    if (root === null) return ''
    const copy = root.cloneNode(true) as HTMLElement
    for (const caret of copy.querySelectorAll('.draft-caret')) caret.remove()
    return [...copy.querySelectorAll('p,h1,h2,h3')].map((block) => block.textContent ?? '').join('\n')
  })

export const saveStateOf = (page: Page): Promise<string | null> =>
  page.evaluate(
    () => document.querySelector('[data-testid="save-state"]')?.getAttribute('data-state') ?? null,
  )

/** How often a page is looked at: with each of its pictures, or for one that draws none every so many milliseconds. */
type Looking = number | 'raf'

export const waitForState = (page: Page, state: string, polling: Looking = 'raf'): Promise<unknown> =>
  page.waitForFunction(
    (wanted) => document.querySelector('[data-testid="save-state"]')?.getAttribute('data-state') === wanted,
    state,
    { polling },
  )

export const waitForText = (page: Page, part: string, polling: Looking = 'raf'): Promise<unknown> =>
  page.waitForFunction(
    (wanted) => document.querySelector('.draft-text')?.textContent?.includes(wanted) === true,
    part,
    { polling },
  )

/** Waits until the page promises that so many unsent edits are kept on its device. */
export const waitForKept = (page: Page, edits: number): Promise<unknown> =>
  page.waitForFunction(
    (promise) => document.querySelector('[role="alert"]')?.textContent === promise,
    editorWords.zh.offlineUnsaved.replace('{{count}}', String(edits)),
  )

export const waitForEditor = (page: Page): Promise<unknown> => page.waitForSelector('.draft-text')

/** The document itself, as the editor holds it. */
export const documentOf = (page: Page): Promise<unknown> =>
  page.evaluate(() =>
    (document.querySelector('.draft-text') as EditorElement | null)?.editor?.state.doc.toJSON(),
  )

export const caretAtEnd = async (page: Page): Promise<void> => {
  await page.locator('.draft-text').focus()
  await page.keyboard.press('Control+End')
}

/** Puts content on the clipboard's own event, as a word processor would. */
export const paste = (page: Page, kinds: Readonly<Record<string, string>>): Promise<void> =>
  page.evaluate((given) => {
    const data = new DataTransfer()
    for (const [kind, content] of Object.entries(given)) data.setData(kind, content)
    document
      .querySelector('.draft-text')
      ?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  }, kinds)

/** Resolves when all pages show the same text, and gives it. */
export const converged = async (
  pages: readonly Page[],
  holds: (text: string) => boolean,
): Promise<string> => {
  const first = pages[0]
  if (first === undefined) throw new Error('no pages to compare')
  for (;;) {
    const texts = await Promise.all(pages.map(textOf))
    const [text = ''] = texts
    if (texts.every((other) => other === text) && holds(text)) return text
    // The next picture of a page is the next time that something can have changed.
    await first.evaluate(() => new Promise((settle) => requestAnimationFrame(settle)))
  }
}
