// One draft over its day in real browsers, over plain http: a picture comes in, a version is named, the text is edited
// and commented on, versions are held against each other, and the chair brings one back under everybody's eyes.
import type { Browser, Page } from 'playwright-core'
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
  projector,
  skipsWalks,
} from '../walk/browser.ts'
import { png } from './pictures.ts'

describe.skipIf(skipsWalks)('a draft, its versions and what is said about it', () => {
  let hall: TestHall
  let seeded: Seeded
  let browser: Browser
  let cockpit: Page
  let villager: Page
  let resident: Page
  let screen: Page
  const people: Person[] = []

  const come = async (size: typeof phone, token: string): Promise<Page> => {
    const person = await newPerson(browser, size)
    people.push(person)
    await person.page.goto(`${plainAddress(hall.url)}/j/${token}`)
    return person.page
  }
  const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()
  const sees = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()
  const textOf = (page: Page): Promise<string> =>
    page
      .locator('.draft-text')
      .first()
      .evaluate((text) => text.textContent ?? '')
  /** Resolves when the text on a page holds, or no longer holds, some words. */
  const showsText = (page: Page, words: string, isThere = true) =>
    page.waitForFunction(
      ([wanted, there]) => document.querySelector('.draft-text')?.textContent?.includes(wanted) === there,
      [words, isThere] as const,
    )

  beforeAll(async () => {
    hall = await openTestHall(builtClient())
    seeded = await hall.seed(6)
    browser = await openBrowser()
    const seat = (index: number) => seeded.seats[index]?.token ?? ''
    cockpit = await come(laptop, seeded.facilitator.token)
    villager = await come(laptop, seat(0))
    resident = await come(phone, seat(1))
    screen = await come(projector, seeded.screen.token)
  })
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return
    for (const [i, { page }] of people.entries()) await picture(page, `failed-${i}`).catch(() => {})
  })
  afterAll(async () => {
    await browser?.close()
    await hall?.close()
  })

  test('everybody opens the draft', async () => {
    // A participant's laptop shows the text beside everything else.
    for (const page of [cockpit, resident]) await page.getByRole('tab', { name: '文稿' }).click()
    for (const page of [cockpit, villager, resident]) await page.locator('.draft-text').first().waitFor()
    await showsText(villager, '村口停车场')
  })

  test('a photo is drawn anew on the phone and stands in everybody’s text with its caption', async () => {
    await resident.locator('.draft-text').click()
    await resident.keyboard.press('Control+End')
    const photo = [...png(2_000, 500, ['tEXt', 'taken in Jingshan'])]
    await resident.evaluate((bytes) => {
      const data = new DataTransfer()
      data.items.add(new File([new Uint8Array(bytes)], 'photo.png', { type: 'image/png' }))
      const pasted = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
      document.querySelector('.draft-text')?.dispatchEvent(pasted)
    }, photo)
    const shown = resident.locator('figure.draft-picture img')
    await shown.waitFor()
    await resident.getByRole('textbox', { name: '图片说明' }).fill('停车场现状')
    await resident.keyboard.press('Enter')
    for (const page of [villager, cockpit]) {
      await page.locator('figure.draft-picture img[alt="图片：停车场现状"]').waitFor()
    }
    const src = (await shown.getAttribute('src')) ?? ''
    const fetched = await resident.evaluate(async (path) => {
      const response = await fetch(path)
      const bytes = new Uint8Array(await response.arrayBuffer())
      return { type: response.headers.get('content-type'), text: new TextDecoder('latin1').decode(bytes) }
    }, src)
    expect(fetched.type).toBe('image/webp')
    expect(fetched.text).not.toContain('Jingshan')
    expect(await shown.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(1_600)
    await picture(resident, 'v1-picture-phone')
  })

  test('a villager names the version, and the text goes on', async () => {
    await press(villager, '版本')
    await villager.getByLabel('给当前文稿起个版本名').fill('送审稿')
    await press(villager, '存为版本')
    await sees(villager, '已存为版本')
    await sees(villager, '恢复版本由主持人办理')
    await picture(villager, 'v2-versions-laptop')
    await press(villager, '收起')
    await villager.locator('.draft-text p').first().click()
    await villager.keyboard.press('End')
    await villager.keyboard.type('夜间不收费。')
    await showsText(resident, '夜间不收费')
  })

  test('a comment on a passage is heard at once by another, answered and dealt with', async () => {
    for (let i = 0; i < 6; i += 1) await villager.keyboard.press('Shift+ArrowLeft')
    await villager.keyboard.press('Control+Alt+m')
    await villager.getByLabel('您的批注').fill('夜间从几点算起？')
    await press(villager, '发表')
    await villager.locator('.draft-comment').first().waitFor()
    await resident.locator('.draft-comment').first().waitFor()
    await press(resident, '批注 1')
    await sees(resident, '夜间从几点算起')
    await picture(resident, 'v3-comments-phone')
    await press(resident, '回复')
    await resident.getByLabel('回复这条批注').fill('晚上十点。')
    await press(resident, '发表')
    await sees(villager, '晚上十点')
    await picture(villager, 'v4-comments-laptop')
    await press(villager, '标为已处理')
    await sees(villager, '显示已处理、已删除的 1 条')
    await press(villager, '谁写的')
    await villager.locator('.draft-author-tag').nth(1).waitFor()
    await picture(villager, 'v5-authors-laptop')
  })

  test('two versions are held against each other', async () => {
    await press(villager, '版本')
    await press(villager, '与现在对比')
    await villager.locator('ins', { hasText: '夜间不收费' }).first().waitFor()
    await picture(villager, 'v6-compare-inline')
    await press(villager, '左右对照')
    await villager.locator('[data-side="after"] ins', { hasText: '夜间不收费' }).first().waitFor()
    await picture(villager, 'v7-compare-sides')
    await villager.keyboard.press('Escape')
  })

  test('the chair brings the version back; everybody sees it, carets stay, and it can be undone', async () => {
    await resident.locator('.draft-text p').nth(1).click()
    await resident.keyboard.press('Home')
    await press(cockpit, '版本')
    await press(cockpit, '恢复此版本')
    await cockpit.locator('del', { hasText: '夜间不收费' }).first().waitFor()
    await picture(cockpit, 'v8-restore-cockpit')
    await cockpit.getByRole('button', { name: '恢复', exact: true }).click()
    await sees(cockpit, '已恢复到')
    for (const page of [villager, resident]) await showsText(page, '夜间不收费', false)
    // Whoever was writing in another line still is there.
    await resident.keyboard.type('补：')
    await showsText(villager, '补：')
    await sees(cockpit, '恢复“送审稿”之前')
    await cockpit
      .locator('li', { hasText: '恢复“送审稿”之前' })
      .getByRole('button', { name: '恢复此版本' })
      .click()
    await cockpit.getByRole('button', { name: '恢复', exact: true }).click()
    await showsText(villager, '夜间不收费')
    await picture(villager, 'v9-restored-laptop')
    expect(await textOf(villager)).toContain('停车场')
  })

  test('the big screen shows the text with its picture', async () => {
    await picture(screen, 'v10-screen')
    for (const { errors } of people) expect(errors).toEqual([])
  })
})
