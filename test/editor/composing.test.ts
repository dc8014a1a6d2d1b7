// Chinese input methods: while a word is being composed, others write around it, and no character is lost or doubled.
import type { CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { caretAtEnd, converged, textOf, waitForEditor, waitForState, waitForText } from './hands.ts'
import { type DraftHouse, lacksChromium, openDraftHouse, type SignedIn } from './house.ts'

describe.skipIf(lacksChromium)('composing a word (needs Chromium: apt-get install chromium)', () => {
  let house: DraftHouse
  let mine: { page: Page; context: SignedIn; ime: CDPSession }
  let theirs: { page: Page; context: SignedIn }

  const enter = async (index: number, name: string) => {
    const place = house.seat(index, name)
    const context = await house.signIn(place.token)
    const page = await house.open(context, place)
    await waitForEditor(page)
    return { page, context }
  }

  beforeAll(async () => {
    house = await openDraftHouse()
    const opened = await enter(0, '章伟民')
    mine = { ...opened, ime: await opened.context.newCDPSession(opened.page) }
    theirs = await enter(1, '沈丽华')
  })
  afterAll(() => house.close())

  const compose = (text: string) =>
    mine.ime.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
  /** What an input method does when the word is chosen. */
  const choose = (text: string) => mine.ime.send('Input.insertText', { text })
  const both = () => [mine.page, theirs.page]

  test('[DE10] a word composed while another writes in the same line arrives once and whole', async () => {
    await caretAtEnd(mine.page)
    await mine.page.keyboard.type('起头')
    await waitForText(theirs.page, '起头')
    await caretAtEnd(theirs.page)
    await compose('n')
    await compose('ni')
    await theirs.page.keyboard.type('【同一行】')
    await waitForState(theirs.page, 'saved')
    await compose("ni'h")
    await theirs.page.keyboard.press('Home')
    await theirs.page.keyboard.type('【行首】')
    await waitForState(theirs.page, 'saved')
    await compose("ni'hao")
    await choose('你好')
    const text = await converged(
      both(),
      (all) => all.includes('你好') && all.includes('【同一行】') && all.includes('【行首】'),
    )
    for (const part of ['起头', '你好', '【同一行】', '【行首】']) expect(text.split(part).length - 1).toBe(1)
    expect(text).not.toContain('ni')
    await mine.page.keyboard.type('之后')
    expect(await converged(both(), (all) => all.includes('之后'))).toContain('你好之后')
  })

  test('[DE11] what others write appears as soon as the word is chosen, and not before', async () => {
    await caretAtEnd(mine.page)
    await compose('hui')
    await caretAtEnd(theirs.page)
    await theirs.page.keyboard.type('【等一下】')
    const witness = await enter(2, '周大为')
    await waitForText(witness.page, '【等一下】')
    await theirs.page.keyboard.type('【又一句】')
    await waitForText(witness.page, '【又一句】')
    expect(await textOf(mine.page)).not.toContain('【等一下】')
    await witness.context.close()
    await choose('会')
    await waitForText(mine.page, '【等一下】')
  })

  test('[DE12] another deletes the line under the word being composed: what was chosen stays', async () => {
    await caretAtEnd(mine.page)
    await mine.page.keyboard.press('Enter')
    await mine.page.keyboard.type('这一行')
    await waitForText(theirs.page, '这一行')
    await compose('yi')
    await waitForText(theirs.page, '这一行yi')
    await caretAtEnd(theirs.page)
    for (let i = 0; i < 5; i += 1) await theirs.page.keyboard.press('Backspace')
    await waitForState(theirs.page, 'saved')
    await choose('议')
    const text = await converged(both(), (all) => all.includes('议') && !all.includes('这一行'))
    expect(text.split('\n').filter((line) => line.endsWith('议'))).toHaveLength(1)
  })

  test('[DE13] a composition given up leaves nothing behind', async () => {
    const before = await textOf(mine.page)
    await compose('quxiao')
    await compose('')
    await waitForState(mine.page, 'saved')
    expect(await converged(both(), () => true)).toBe(before)
  })
})
