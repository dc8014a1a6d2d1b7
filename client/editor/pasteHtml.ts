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

const listLevel = (paragraph: Element): number | null => {
  const found = /mso-list:\s*l\d+\s+level(\d+)/.exec(paragraph.getAttribute('style') ?? '')
  return found?.[1] === undefined ? null : Math.min(Number(found[1]), 9)
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
  let previous: Element | null = null
  for (const paragraph of body.querySelectorAll('p[style*="mso-list"]')) {
    const level = listLevel(paragraph)
    if (level === null) continue
    if (previous === null || paragraph.previousElementSibling !== open[0]) open.length = 0
    const mark = takeMark(paragraph)
    open.length = Math.min(open.length, level)
    while (open.length < level) {
      const list = listFor(document, mark)
      const parent = open[open.length - 1]
      if (parent === undefined) paragraph.before(list)
      else (parent.lastElementChild ?? parent.appendChild(document.createElement('li'))).append(list)
      open.push(list)
    }
    const item = document.createElement('li')
    open[open.length - 1]?.append(item)
    item.append(paragraph)
    previous = paragraph
  }
}

/** The body of a pasted page without anything that is not text and its structure. */
export const readPasted = (html: string): HTMLElement => {
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  for (const element of body.querySelectorAll(dropped)) element.remove()
  gatherWordLists(body)
  return body
}

/** How many pictures stay behind: those of another page lie where this one may not fetch them. */
export const picturesLeftOut = (html: string): number => {
  if (!/<img/i.test(html)) return 0
  const pictures = [...new DOMParser().parseFromString(html, 'text/html').querySelectorAll('img')]
  return pictures.filter((picture) => picture.closest('figure[data-picture]') === null).length
}

/** As the editor's own clipboard reader wants it: a string. */
export const cleanPastedHtml = (html: string): string =>
  /mso-list|<img|<svg|<script/i.test(html) ? readPasted(html).innerHTML : html

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
