// Turns what word processors put on the clipboard into plain structure. Scripts never run here and pictures are never
// fetched: the document is detached, and only what the schema knows is read from it.

const dropped =
  'script,style,link,meta,title,iframe,object,embed,svg,img,picture,video,audio,canvas,template,noscript'
const containers = new Set([
  'DIV',
  'SECTION',
  'ARTICLE',
  'MAIN',
  'BODY',
  'HEADER',
  'FOOTER',
  'CENTER',
  'FORM',
])
const blocks = 'p,h1,h2,h3,h4,h5,h6,ul,ol,table,div,section,article,blockquote,pre'

/** Which of the document's lists a paragraph is an item of, and how deep. */
const listPlace = (paragraph: Element): { readonly list: string; readonly level: number } | null => {
  const found = /mso-list:\s*(l\d+)\s+level(\d+)/.exec(paragraph.getAttribute('style') ?? '')
  if (found?.[1] === undefined) return null
  return { list: found[1], level: Math.min(Number(found[2]), 9) }
}

/** Word writes list items as paragraphs that begin with the mark itself, set apart as `mso-list:Ignore`. */
const takeMark = (paragraph: Element): string => {
  const mark = [...paragraph.querySelectorAll('span')].find((span) =>
    /mso-list:\s*Ignore/i.test(span.getAttribute('style') ?? ''),
  )
  mark?.remove()
  return mark?.textContent?.trim() ?? ''
}

const listFor = (document: Document, mark: string): HTMLElement =>
  document.createElement(/^[(（]?[0-9a-zA-Z一二三四五六七八九十]+[.)）、]/.test(mark) ? 'ol' : 'ul')

const gatherWordLists = (body: HTMLElement): void => {
  const document = body.ownerDocument
  const open: HTMLElement[] = []
  let previous: string | null = null
  for (const paragraph of body.querySelectorAll('p[style*="mso-list"]')) {
    const place = listPlace(paragraph)
    if (place === null) continue
    const { list, level } = place
    if (previous === null || paragraph.previousElementSibling !== open[0]) open.length = 0
    // A list that begins right behind another is one of its own.
    if (previous !== list) open.length = Math.min(open.length, level - 1)
    const mark = takeMark(paragraph)
    open.length = Math.min(open.length, level)
    while (open.length < level) {
      const opened = listFor(document, mark)
      const parent = open[open.length - 1]
      if (parent === undefined) paragraph.before(opened)
      else (parent.lastElementChild ?? parent.appendChild(document.createElement('li'))).append(opened)
      open.push(opened)
    }
    const item = document.createElement('li')
    open[open.length - 1]?.append(item)
    item.append(paragraph)
    previous = list
  }
}

/** Handlers never run here; a page that forbids them would still complain of each in the browser's log. */
const withoutHandlers = (html: string): string =>
  html.replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\son[a-z]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)/gi, ''))

const parse = (html: string): HTMLElement =>
  new DOMParser().parseFromString(withoutHandlers(html), 'text/html').body

/** A paragraph that held nothing else goes with it. */
const drop = (element: Element): void => {
  const paragraph = element.closest('p')
  element.remove()
  if (paragraph?.querySelector('*') === null && paragraph.textContent?.trim() === '') paragraph.remove()
}

/** The body of a pasted page without anything that is not text and its structure. */
export const readPasted = (html: string): HTMLElement => {
  const body = parse(html)
  for (const element of body.querySelectorAll(dropped)) drop(element)
  gatherWordLists(body)
  return body
}

/** How many pictures stay behind: those of another page lie where this one may not fetch them. */
export const picturesLeftOut = (html: string): number => {
  if (!/<img/i.test(html)) return 0
  return [...parse(html).querySelectorAll('img')].filter(
    (picture) => picture.closest('figure[data-picture]') === null,
  ).length
}

/** As the editor's own clipboard reader wants it: a string. */
export const cleanPastedHtml = (html: string): string =>
  /mso-list|<img|<svg|<script/i.test(html) ? readPasted(html).innerHTML : withoutHandlers(html)

/** Whether a page holds anything to read. */
export const holdsText = (html: string): boolean => (parse(html).textContent ?? '').trim() !== ''

export const readPastedText = (text: string): HTMLElement => {
  const body = document.implementation.createHTMLDocument('').body
  for (const line of text.split(/\r\n|\r|\n/)) {
    const paragraph = body.ownerDocument.createElement('p')
    paragraph.textContent = line
    body.append(paragraph)
  }
  return body
}

/** The blocks of a page, one after another, out of the boxes that only hold them. */
export const blocksOf = (parent: Element): ChildNode[] => {
  const found: ChildNode[] = []
  for (const child of parent.childNodes) {
    if (child instanceof Element && containers.has(child.tagName) && child.querySelector(blocks) !== null) {
      found.push(...blocksOf(child))
    } else if (child.nodeType === Node.ELEMENT_NODE || (child.textContent ?? '').trim() !== '')
      found.push(child)
  }
  return found
}
