// Addresses that lead nowhere: mistyped, read in part, or of an earlier start of the hall.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { builtClient } from '../../server/cli/built.mjs'
import { seedHall } from '../../server/cli/seedMeeting.ts'
import { systemClock, systemIds } from '../../server/system.ts'
import { openTestHall, type TestHall } from '../live/hall.ts'
import { newPerson, openBrowser, phone, picture, skipsWalks } from './browser.ts'

describe.skipIf(skipsWalks)('an address that leads nowhere', () => {
  let hall: TestHall
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    hall = await openTestHall(builtClient())
    browser = await openBrowser()
    page = (await newPerson(browser, phone)).page
  })
  afterAll(async () => {
    await browser?.close()
    await hall?.close()
  })

  const setupLink = async (): Promise<string> =>
    `${hall.url}/setup/${await hall.hall.rooms.identity.firstRun()}`

  test('a first-run link of an earlier start says so before anything is filled in', async () => {
    const stale = await setupLink()
    const good = await setupLink()
    await page.goto(stale)
    await page.getByText('首次使用的链接不对或已失效').waitFor()
    expect(await page.getByRole('textbox').count()).toBe(0)
    await picture(page, 'addresses-setup')
    await page.goto(good)
    await page.getByLabel('议事厅名称').waitFor()
  })

  test('a card that was read in part is said to be unknown, and not to be filled in wrongly', async () => {
    await page.goto(`${hall.url}/j/abc`)
    await page.getByRole('heading', { name: '没有认出这张卡' }).waitFor()
  })

  test('who is signed in is told that there is no such meeting, with the way home, on every face', async () => {
    const parts = { store: hall.hall.store, clock: systemClock, ids: systemIds, rooms: hall.hall.rooms }
    const account = await seedHall(parts)
    if (account === null) throw new Error('the hall is set up already')
    await page.goto(`${hall.url}/sign-in`)
    await page.getByLabel('登录名').fill(account.login)
    await page.getByLabel('密码').fill(account.password)
    await page.getByRole('button', { name: '登录' }).click()
    await page.getByRole('heading', { name: '会议', level: 1 }).waitFor()
    for (const meetingId of ['xyz', 'mt_0000000000000000']) {
      for (const [path, way] of [
        [`/m/${meetingId}`, page.getByRole('button', { name: '回到首页' })],
        [`/cockpit/${meetingId}`, page.getByRole('link', { name: '回到议事厅' })],
        [`/m/${meetingId}/record`, page.getByRole('link', { name: '回到首页' })],
      ] as const) {
        await page.goto(`${hall.url}${path}`)
        await page.getByText('没有这次会议。').waitFor()
        await picture(page, `addresses${path.replaceAll('/', '-')}`)
        await way.click()
        await page.waitForURL((url) => url.pathname === '/hall' || url.pathname === '/')
      }
    }
  })
})
