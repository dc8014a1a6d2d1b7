// Every list beside a draft in a real browser: nothing for axe to find, nothing wider than its screen, and the text still
// in sight beside it; and one's own comment reworded and deleted, seen by another at once.
import AxeBuilder from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { builtClient } from '../../server/cli/built.mjs'
import type { House } from '../amendments/house.ts'
import {
  laptop,
  newPerson,
  openBrowser,
  type Person,
  phone,
  picture,
  projector,
  skipsWalks,
} from '../walk/browser.ts'
import { openFurnished } from './furnished.ts'

const screens = { phone, laptop, projector }
const looks = [
  { name: 'phone', who: 'seat', language: 'zh', textSize: 'normal', light: 'light' },
  { name: 'phone', who: 'chair', language: 'en', textSize: 'normal', light: 'dark' },
  { name: 'phone', who: 'seat', language: 'en', textSize: 'elder', light: 'light' },
  { name: 'laptop', who: 'seat', language: 'en', textSize: 'normal', light: 'dark' },
  { name: 'laptop', who: 'chair', language: 'zh', textSize: 'normal', light: 'light' },
  { name: 'projector', who: 'seat', language: 'zh', textSize: 'elder', light: 'dark' },
] as const

const wordsOf = {
  zh: {
    draft: /^文稿/,
    comments: /^批注( \d+)?$/,
    versions: '版本',
    compare: '与现在对比',
    authors: '谁写的',
    changes: '看改动',
    close: '收起',
  },
  en: {
    draft: /^(Draft|Text)/,
    comments: /^Comments( \d+)?$/,
    versions: 'Versions',
    compare: 'Compare with now',
    authors: 'Who wrote it',
    changes: 'Changes',
    close: 'Close',
  },
} as const

/** The least height of text, in lines, that stays in sight beside a list. */
const linesSeenMin = 2

describe.skipIf(skipsWalks)('beside a draft', () => {
  let house: House
  let browser: Browser
  const people: Person[] = []

  beforeAll(async () => {
    house = await openFurnished(builtClient())
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await house?.close()
  })

  const tokenOf = (seat: number): string => house.seeded.seats[seat]?.token ?? ''
  const come = async (
    token: string,
    size: { width: number; height: number },
    kept: Readonly<Record<string, string>> = {},
  ): Promise<Page> => {
    const person = await newPerson(browser, size, kept['yst.language'] === 'en' ? 'en-GB' : 'zh-CN')
    people.push(person)
    await person.context.addInitScript((entries) => {
      for (const [key, value] of Object.entries(entries)) localStorage.setItem(key, value)
    }, kept)
    await person.page.goto(`${house.house.url}/j/${token}`)
    return person.page
  }
  const openDraft = async (page: Page, draft: RegExp): Promise<void> => {
    const tab = page.getByRole('tab', { name: draft }).first()
    const text = page.locator('.draft-text').first()
    await Promise.race([tab.waitFor(), text.waitFor()])
    if (await tab.isVisible()) await tab.click()
    await page.locator('.draft-text .draft-comment').first().waitFor()
  }
  const press = (page: Page, name: string | RegExp) =>
    page.getByRole('button', { name, exact: true }).first().click()

  /** How much of the text nothing covers, in lines of it. */
  const linesSeen = (page: Page): Promise<number> =>
    page.evaluate(() => {
      const text = document.querySelector<HTMLElement>('.draft-text')
      if (text === null) return 0
      const { left, top, bottom } = text.getBoundingClientRect()
      let seen = 0
      for (let y = Math.max(0, top); y < Math.min(bottom, innerHeight); y += 1) {
        const at = document.elementFromPoint(left + 24, y)
        if (at !== null && text.contains(at)) seen += 1
      }
      return seen / Number.parseFloat(getComputedStyle(text).lineHeight)
    })

  const looksRight = async (page: Page, what: string): Promise<void> => {
    await page.waitForFunction(() =>
      document
        .getAnimations()
        .every((it) => it.playState !== 'running' || Number(it.effect?.getComputedTiming().endTime) > 1_000),
    )
    await picture(page, what)
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(
      violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
      what,
    ).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), what).toBe(true)
  }

  test.each(looks)('$name, $who, $language, $textSize, $light', async (look) => {
    const { name, who, language, textSize, light } = look
    const token = who === 'chair' ? house.seeded.facilitator.token : tokenOf(1)
    const kept = { 'yst.language': language, 'yst.textSize': textSize, 'yst.light': light }
    const page = await come(token, screens[name], kept)
    const words = wordsOf[language]
    const label = `${name}-${who}-${language}-${textSize}-${light}`.replace(' ', '')
    await openDraft(page, words.draft)
    await looksRight(page, `${label}-draft`)
    const beside = page.getByRole('complementary')
    for (const panel of ['comments', 'versions', 'authors'] as const) {
      await press(page, words[panel])
      await beside.locator('li').first().waitFor()
      await looksRight(page, `${label}-${panel}`)
      expect(await linesSeen(page), `${label}-${panel}`).toBeGreaterThan(linesSeenMin)
      if (panel === 'versions') {
        await beside.getByRole('button', { name: words.compare }).first().click()
        await page.getByRole('dialog').locator('ins').first().waitFor()
        await looksRight(page, `${label}-compare`)
        await page.keyboard.press('Escape')
        await page.getByRole('dialog').waitFor({ state: 'detached' })
      }
    }
    await beside.getByRole('button', { name: words.close }).click()
    if (who === 'seat') await page.getByRole('button', { name: /车位改为八十个/ }).click()
    else await press(page, words.changes)
    await page
      .getByText(language === 'zh' ? '“村口”加粗' : '“村口” made bold')
      .first()
      .waitFor()
    await looksRight(page, `${label}-amendment`)
    await page.context().close()
  })

  test('one’s own comment is reworded and deleted, and another page sees it', async () => {
    const [mine, other] = await Promise.all([come(tokenOf(1), phone), come(tokenOf(3), laptop)])
    for (const page of [mine, other]) {
      await openDraft(page, wordsOf.zh.draft)
      await press(page, wordsOf.zh.comments)
    }
    const said = '我们公司可以再让出二十个。 We can open our yard at weekends.'
    await other.getByText(said).waitFor()
    await mine.getByRole('complementary').getByRole('button', { name: '修改', exact: true }).click()
    await mine.getByLabel('修改您的批注').fill('再让出三十个。')
    await press(mine, '保存')
    await other.getByText('再让出三十个。').waitFor()
    await other.getByText(/（.+ 修改）/).waitFor()
    expect(await other.getByRole('button', { name: '修改', exact: true }).count()).toBe(0)
    await mine.getByRole('complementary').getByRole('button', { name: '删除', exact: true }).click()
    await looksRight(mine, 'comment-delete')
    await mine.getByRole('dialog').getByRole('button', { name: '删除', exact: true }).click()
    await other.getByText(/^作者已删除（.+）$/).waitFor()
    expect(await other.getByText('再让出三十个。').count()).toBe(0)
    await looksRight(other, 'comment-deleted')
  })

  test('no page complained', () => {
    expect(people.flatMap(({ errors }) => errors)).toEqual([])
  })
})
