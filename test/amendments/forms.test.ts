// The forms of an amendment's texts, as a reader of its difference asks for them over the real doors.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { draftField, lineForms } from '../../shared/drafts/plainText.ts'
import { until } from '../drafts/hall.ts'
import { cookieFor } from '../live/hall.ts'
import { type House, openHouse, type Pen } from './house.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
})
afterEach(() => house.close())

const seat = (index: number) => house.seat(index)
const openDraft: House['openDraft'] = (...asked) => house.openDraft(...asked)
const formsIn = ({ doc }: Pen): string => lineForms(doc.getXmlFragment(draftField))
const embolden = ({ doc }: Pen, block: number): void => {
  const text = (doc.getXmlFragment(draftField).get(block) as Y.XmlElement).get(0)
  if (!(text instanceof Y.XmlText)) throw new Error(`block ${block} is no text`)
  text.format(0, 2, { bold: true })
}
const ask = async (draftId: string, sha256: string, of: 'frozen' | 'now', cookie = seat(2).cookie) => {
  const address = `${house.house.url}/api/drafts/${draftId}/forms?sha256=${sha256}&of=${of}`
  const answer = await fetch(address, { headers: { cookie } })
  return { status: answer.status, forms: ((await answer.json()) as { forms?: string }).forms }
}

describe('the forms of an amendment’s texts', () => {
  test('are those of the moment it was made from, and of now', async () => {
    const { amendmentId, base, draftId } = await house.propose(seat(0))
    const [mine, draft] = await Promise.all([
      openDraft(draftId, seat(0).cookie),
      openDraft(house.draftId, seat(1).cookie),
    ])
    const [atFirst, witness, other] = [
      formsIn(draft),
      await openDraft(draftId, seat(1).cookie),
      await openDraft(house.draftId, seat(2).cookie),
    ]
    embolden(mine, 1)
    await until('bold arrived', () => formsIn(witness).includes('|0-2'))
    embolden(draft, 2)
    draft.append(2, '另加一句。')
    await until('the draft moved on', () => other.text().includes('另加一句。'))
    // No word of the amendment is different, and still something is.
    const texts = await textsOf(amendmentId)
    expect(texts.fork.sha256).toBe(texts.base.sha256)
    expect(texts.now.sha256).not.toBe(texts.base.sha256)
    expect(await ask(house.draftId, base.sha256, 'frozen')).toEqual({ status: 200, forms: atFirst })
    expect(await ask(draftId, texts.fork.sha256, 'now')).toEqual({ status: 200, forms: formsIn(mine) })
    expect(await ask(house.draftId, texts.now.sha256, 'now')).toEqual({ status: 200, forms: formsIn(draft) })
    expect(texts.base.draftId).toBe(house.draftId)
    expect(texts.fork.draftId).toBe(draftId)
  })

  test('are told to the big screen, to nobody outside, and not of a text that never was', async () => {
    const { base } = await house.propose(seat(0))
    const screen = await cookieFor(house.house.url, house.seeded.screen.token)
    expect((await ask(house.draftId, base.sha256, 'frozen', screen)).forms).not.toBe('')
    expect((await ask(house.draftId, base.sha256, 'frozen', '')).status).toBe(401)
    expect(await ask(house.draftId, 'f'.repeat(64), 'frozen')).toEqual({ status: 200, forms: '' })
    expect((await ask(house.draftId, 'no hash', 'now')).status).toBe(400)
  })
})

const textsOf = async (amendmentId: string) => {
  const address = `${house.house.url}/api/meetings/${house.meetingId}/amendments/${amendmentId}/texts`
  const answer = await fetch(address, { headers: { cookie: seat(2).cookie } })
  return (await answer.json()) as Record<'base' | 'fork' | 'now', { draftId: string; sha256: string }>
}
