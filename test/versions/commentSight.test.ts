// On a phone the list of comments lies over the text: the passage that is spoken of is never under it.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { builtClient } from '../../server/cli/built.mjs'
import { type House, openHouse } from '../amendments/house.ts'
import { waitForState, waitForText } from '../editor/hands.ts'
import { newPerson, openBrowser, type Person, phone, plainAddress, skipsWalks } from '../walk/browser.ts'

describe.skipIf(skipsWalks)('a comment far down in a long draft', () => {
  let house: House
  let browser: Browser
  let person: Person
  let page: Page

  /** What lies uppermost at the middle of the words is the text itself. */
  const isInSight = (words: string) =>
    page.waitForFunction((wanted) => {
      const block = [...document.querySelectorAll('.draft-text p')].find((it) =>
        it.textContent?.includes(wanted),
      )
      const at = (block?.querySelector('.draft-comment') ?? block)?.getBoundingClientRect()
      if (at === undefined) return false
      return document.elementFromPoint(at.left + 8, at.top + at.height / 2)?.closest('p') === block
    }, words)

  beforeAll(async () => {
    house = await openHouse(2, builtClient())
    const pen = await house.openDraft(house.draftId, house.seat(1).cookie)
    for (let i = 40; i > 0; i--) pen.insert(2, `第${i}条：三方商定，公示无异议后执行。`)
    browser = await openBrowser()
    person = await newPerson(browser, phone)
    page = person.page
    await page.goto(`${plainAddress(house.house.url)}/j/${house.seeded.seats[0]?.token ?? ''}`)
    await page.getByRole('tab', { name: '文稿' }).click()
    await waitForText(page, '第40条')
    await waitForState(page, 'saved')
  })
  afterAll(async () => {
    await browser?.close()
    await house?.close()
  })

  test('is written without losing the place', async () => {
    await page.getByText('第30条').click()
    await page.keyboard.press('Home')
    await page.keyboard.press('Shift+End')
    await page.getByRole('button', { name: '批注', exact: true }).click()
    await page.getByRole('button', { name: '批注选中的文字' }).click()
    await isInSight('第30条')
    await page.getByLabel('您的批注').fill('这里要再商量')
    await page.getByRole('button', { name: '发表' }).click()
    await page.locator('.draft-comment').waitFor()
    await isInSight('第30条')
  })

  test('is shown in the text from the list, and in the list from the text', async () => {
    await page.evaluate(() => window.scrollTo(0, 0))
    await page.getByRole('button', { name: '看原文' }).click()
    await isInSight('第30条')
    await page.getByRole('button', { name: '收起' }).click()
    await page.evaluate(() => document.querySelector('.draft-comment')?.scrollIntoView({ block: 'end' }))
    await page.locator('.draft-comment').click()
    await page.getByRole('button', { name: '看原文' }).waitFor()
    await isInSight('第30条')
    expect(person.errors).toEqual([])
  })
})
