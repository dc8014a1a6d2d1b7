// Whose hand it was, in real browsers: one types, another presses Enter in the middle, a third looks who wrote what; and
// the difference of two versions tells who took words out.
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { builtClient } from '../../server/cli/built.mjs'
import type { Seeded } from '../../server/cli/seedMeeting.ts'
import { openTestHall, type TestHall } from '../live/hall.ts'
import {
  laptop,
  newPerson,
  openBrowser,
  type Person,
  phone,
  picture,
  plainAddress,
  skipsWalks,
} from '../walk/browser.ts'

describe.skipIf(skipsWalks)('whose hand it was, for those who look', () => {
  let hall: TestHall
  let seeded: Seeded
  let browser: Browser
  let writer: Page
  let splitter: Page
  let reader: Page
  let phoneReader: Page
  const people: Person[] = []

  const come = async (size: typeof phone, index: number, locale = 'zh-CN'): Promise<Page> => {
    const person = await newPerson(browser, size, locale)
    people.push(person)
    await person.page.goto(`${plainAddress(hall.url)}/j/${seeded.seats[index]?.token ?? ''}`)
    return person.page
  }
  const nameOf = async (index: number): Promise<string> => {
    const names = await hall.hall.rooms.identity.names(seeded.meetingId)
    return names[seeded.seats[index]?.seatId ?? '']?.name ?? ''
  }
  const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()
  const line = (page: Page, words: string): Locator => page.locator('.draft-text > *', { hasText: words })
  /** Whose these words are marked as. */
  const marked = (page: Page, name: string, words: string): Locator =>
    page.locator(`.draft-text .draft-author[title="${name}"]`, { hasText: words })
  const has = (page: Page, words: string) => line(page, words).first().waitFor()
  /** Puts the caret before the last words of a line. */
  const caretBefore = async (page: Page, words: string): Promise<void> => {
    await line(page, words).first().click()
    await page.keyboard.press('End')
    for (let i = 0; i < words.length; i += 1) await page.keyboard.press('ArrowLeft')
  }

  beforeAll(async () => {
    hall = await openTestHall(builtClient())
    seeded = await hall.seed(6)
    browser = await openBrowser()
    writer = await come(laptop, 0)
    splitter = await come(laptop, 1)
    reader = await come(laptop, 2, 'en-GB')
    phoneReader = await come(phone, 3)
    await phoneReader.getByRole('tab', { name: '文稿' }).click()
    for (const { page } of people) await page.locator('.draft-text').first().waitFor()
  })
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return
    for (const [i, { page }] of people.entries()) await picture(page, `hands-failed-${i}`).catch(() => {})
  })
  afterAll(async () => {
    await browser?.close()
    await hall?.close()
  })

  test('[HW1] who presses Enter in the middle of another’s paragraph has written none of it', async () => {
    await writer.locator('.draft-text').first().click()
    await writer.keyboard.press('Control+End')
    await writer.keyboard.press('Enter')
    await writer.keyboard.type('路灯由村里修，电费由企业付。')
    await has(splitter, '电费由企业付')
    await press(reader, 'Who wrote it')
    await press(phoneReader, '谁写的')
    await caretBefore(splitter, '电费由企业付。')
    await splitter.keyboard.press('Enter')
    await splitter.keyboard.type('另外，')
    const [author, other] = [await nameOf(0), await nameOf(1)]
    for (const page of [reader, phoneReader]) {
      await marked(page, other, '另外，').waitFor()
      await marked(page, author, '电费由企业付。').waitFor()
    }
    await picture(reader, 'hands-1-authors-laptop-en')
    await picture(phoneReader, 'hands-2-authors-phone-zh')
  })

  test('[HW2] the difference tells who took words out, and who only moved them', async () => {
    await press(writer, '版本')
    await writer.getByLabel('给当前文稿起个版本名').fill('初稿')
    await press(writer, '存为版本')
    await writer.getByText('已存为版本').first().waitFor()
    await press(writer, '收起')
    await line(splitter, '路灯由村里修').first().click()
    await splitter.keyboard.press('End')
    for (let i = 0; i < 5; i += 1) await splitter.keyboard.press('Backspace')
    await caretBefore(writer, '优先用于道路养护。')
    await writer.keyboard.press('Enter')
    await line(splitter, '每季度张榜公布').filter({ hasNotText: '优先' }).waitFor()
    const [author, other] = [await nameOf(0), await nameOf(1)]
    await press(reader, 'Versions')
    await press(reader, 'Compare with now')
    await reader.getByText(`taken out by ${other}`).first().waitFor()
    await reader.getByText(`Moved elsewhere by ${author}`).first().waitFor()
    await picture(reader, 'hands-3-difference-laptop-en')
    await reader.getByRole('button', { name: 'Side by side' }).click()
    await picture(reader, 'hands-4-difference-sides-en')
    await press(phoneReader, '收起')
    await press(phoneReader, '版本')
    await press(phoneReader, '与现在对比')
    await phoneReader.getByText(`由${other}删去`, { exact: false }).first().waitFor()
    await picture(phoneReader, 'hands-5-difference-phone-zh')
    for (const { errors } of people) expect(errors).toEqual([])
  })
})
