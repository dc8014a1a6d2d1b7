// A real hall whose first draft has lived through a meeting: several hands, marks and tables, comments that were answered,
// settled or lost their words, versions, a picture, and amendments in every standing.
import * as Y from 'yjs'
import { draftField, plainText } from '../../shared/drafts/plainText.ts'
import { type House, openHouse, openPen, type Pen } from '../amendments/house.ts'
import { until } from '../drafts/hall.ts'
import type { Guest } from '../live/hall.ts'
import { png } from '../versions/pictures.ts'

type Ask = (path: string, body?: unknown) => Promise<unknown>

const asker =
  (url: string, cookie: string): Ask =>
  async (path, body) => {
    const isForm = body instanceof FormData
    const answer = await fetch(`${url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { cookie, ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return answer.json()
  }

const block = (name: string, children: readonly (Y.XmlElement | Y.XmlText)[]): Y.XmlElement => {
  const made = new Y.XmlElement(name)
  made.insert(0, [...children])
  return made
}
const words = (text: string): Y.XmlText => new Y.XmlText(text)
export const paragraph = (text: string): Y.XmlElement => block('paragraph', [words(text)])
const heading = (text: string, level: number): Y.XmlElement => {
  const made = block('heading', [words(text)])
  // As the editor keeps it: a number, which is no text.
  made.setAttribute('level', level as unknown as string)
  return made
}
const list = (...items: string[]): Y.XmlElement =>
  block(
    'bulletList',
    items.map((it) => block('listItem', [paragraph(it)])),
  )
const table = (...rows: string[][]): Y.XmlElement =>
  block(
    'table',
    rows.map((cells, row) =>
      block(
        'tableRow',
        cells.map((it) => block(row === 0 ? 'tableHeader' : 'tableCell', [paragraph(it)])),
      ),
    ),
  )

export const fragmentOf = ({ doc }: Pick<Pen, 'doc'>): Y.XmlFragment => doc.getXmlFragment(draftField)

/** The first text in a block. */
export const textIn = (pen: Pick<Pen, 'doc'>, at: number): Y.XmlText => {
  let node: unknown = fragmentOf(pen).get(at)
  while (node instanceof Y.XmlElement) node = node.get(0)
  if (!(node instanceof Y.XmlText)) throw new Error(`block ${at} begins with no text`)
  return node
}

const anchorOn = (text: Y.XmlText, from: number, to: number) => ({
  from: Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, from, 0)),
  to: Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, to, -1)),
})

export const penOf = async (house: House, seat: Guest, draftId: string): Promise<Pen> => {
  const pen = openPen(house.house.url, draftId, seat.cookie)
  await until('the draft is here', () => pen.provider.synced)
  return pen
}

/** Until the hall has this person's letters on disk, as seen by another. */
const hasArrived = (pen: Pen, text: string) => until(`“${text}” arrived`, () => pen.text().includes(text))

const write = async (house: House): Promise<void> => {
  const [first, second] = await Promise.all(
    house.seats.slice(0, 2).map((seat) => penOf(house, seat, house.draftId)),
  )
  if (!first || !second) throw new Error('two hands are needed')
  const fragment = fragmentOf(first)
  first.doc.transact(() => {
    fragment.insert(fragment.length, [
      heading('收费办法', 2),
      list('首小时免费', '之后每小时两元，全天不超过十元', '本村居民凭登记牌免费'),
      table(['项目', '金额（元）', '经办'], ['地面硬化', '48000', '村委会'], ['照明', '6200', '径山茶业']),
    ])
  })
  textIn(first, 1).format(0, 5, { bold: true })
  await hasArrived(second, '照明')
  textIn(second, 2).insert(textIn(second, 2).length, '每月公布一次账目，由村务监督委员会核对。')
  await hasArrived(first, '每月公布一次账目')
  first.leave()
  second.leave()
}

const comment = async (house: House): Promise<void> => {
  const [one, two, three] = house.seats
  if (!one || !two || !three) throw new Error('three seats are needed')
  const path = `/api/drafts/${house.draftId}/comments`
  const { url } = house.house
  const pen = await penOf(house, one, house.draftId)
  const on = async (by: Guest, at: number, from: number, to: number, said: string) => {
    const text = textIn(pen, at)
    const quote = text
      .toString()
      .replaceAll(/<[^>]*>/g, '')
      .slice(from, to)
    const commandId = `comment-${at}-${from}-${by.me.actorId}`
    const body = { anchor: anchorOn(text, from, to), quote, words: said, commandId }
    return (await asker(url, by.cookie)(path, body)) as { commentId: string }
  }
  const open = await on(one, 1, 0, 8, '六十个够不够？旅游旺季恐怕要排到桥头。')
  await asker(url, two.cookie)(path, {
    parentId: open.commentId,
    words: '我们公司可以再让出二十个。 We can open our yard at weekends.',
    commandId: 'reply-to-open',
  })
  const settled = await on(two, 2, 0, 6, '写清楚由谁出钱。')
  await asker(url, three.cookie)(`${path}/${settled.commentId}`, { isResolved: true })
  pen.insert(2, '此段将被删去：夜间停车另行收费。')
  await holds(house, '此段将被删去')
  await on(three, 2, 6, 14, '夜间收费没有商量过。')
  fragmentOf(pen).delete(2, 1)
  await holds(house, '此段将被删去', false)
  pen.leave()
}

/** Until the text that the hall has on disk holds some words, or no longer does. */
const holds = async (
  { house, draftId: ownId }: House,
  wanted: string,
  isThere = true,
  draftId = ownId,
): Promise<void> => {
  for (let turn = 0; turn < 20_000; turn += 1) {
    const updates = (await house.hall.rooms.drafts.updates(draftId)) ?? []
    const doc = new Y.Doc()
    for (const update of updates) Y.applyUpdate(doc, update)
    if (plainText(doc.getXmlFragment(draftField)).includes(wanted) === isThere) return
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
  throw new Error(`“${wanted}” never reached the disk`)
}

const keepVersions = async (house: House): Promise<void> => {
  const [one] = house.seats
  if (!one) throw new Error('a seat is needed')
  const ask = asker(house.house.url, one.cookie)
  await ask(`/api/drafts/${house.draftId}/versions`, { name: '送审稿', commandId: 'version-for-review' })
  const pen = await penOf(house, one, house.draftId)
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(png(640, 320))], { type: 'image/png' }), 'photo.png')
  const { sha256 } = (await ask(`/api/drafts/${house.draftId}/pictures`, form)) as { sha256: string }
  const picture = new Y.XmlElement('picture')
  const about = { sha256, alt: '停车场现状', width: 640, height: 320 }
  for (const [name, value] of Object.entries(about)) picture.setAttribute(name, value as string)
  fragmentOf(pen).insert(2, [picture])
  pen.append(1, '雨天开放礼堂前空地。')
  await holds(house, '雨天开放')
  pen.leave()
}

const amend = async (house: House): Promise<void> => {
  const [one, two, three] = house.seats
  if (!one || !two || !three) throw new Error('three seats are needed')
  const clashing = await house.propose(one, '车位改为八十个')
  const pen = await penOf(house, one, clashing.draftId)
  pen.append(1, '另设充电桩十个。')
  pen.insert(2, '充电桩由径山茶业公司出资，三年后归村集体。')
  textIn(pen, 0).format(0, 2, { bold: true })
  await holds(house, '另设充电桩', true, clashing.draftId)
  pen.leave()
  const other = await house.propose(two, 'Free parking for visitors on market days, with signs in English')
  const otherPen = await penOf(house, two, other.draftId)
  otherPen.append(3, 'Market days are free.')
  await holds(house, 'Market days', true, other.draftId)
  otherPen.leave()
  const withdrawn = await house.propose(three, '改由企业收费')
  await three.order({ type: 'withdrawAmendment', amendmentId: withdrawn.amendmentId })
  const draft = await penOf(house, three, house.draftId)
  draft.append(1, '另设卫生间一处。')
  await holds(house, '卫生间')
  draft.leave()
}

export const openFurnished = async (clientDir: string): Promise<House> => {
  const house = await openHouse(4, clientDir)
  await write(house)
  await comment(house)
  await keepVersions(house)
  await amend(house)
  return house
}
