// The big screen in a real browser: it pairs by its code, follows the meeting, and is never blank, whatever is killed.
import AxeBuilder from '@axe-core/playwright'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { patienceMs } from '../patience.ts'
import { lacksChromium, openScreenHouse, type ScreenHouse } from './screenHouse.ts'

// real processes and a real browser, perhaps on a busy machine
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

const why = lacksChromium ? ' (skipped: install Chromium, such as `apt-get install chromium`)' : ''

describe.skipIf(lacksChromium)(`the big screen${why}`, () => {
  let house: ScreenHouse
  let context: BrowserContext

  beforeAll(async () => {
    house = await openScreenHouse()
  })
  afterEach(() => context.close())
  afterAll(() => house.close())

  const open = async (): Promise<Page> => {
    context = await house.browser.newContext({ viewport: { width: 1920, height: 1080 }, locale: 'zh-CN' })
    context.setDefaultTimeout(patienceMs)
    const page = await context.newPage()
    await page.goto(`${house.url}/screen`)
    return page
  }

  const codeOn = async (page: Page): Promise<string> => {
    const code = page.getByRole('img', { name: /^[A-Z0-9]{6}$/ })
    return (await code.getAttribute('aria-label')) ?? ''
  }

  const pair = async (page: Page): Promise<string> => {
    const code = await codeOn(page)
    const paired = await house.call<{ screens: { screenId: string }[] }>(
      `/api/meetings/${house.seeded.meetingId}/screens`,
      { code },
    )
    await page.locator('[data-scene]').waitFor()
    return paired.screens.at(-1)?.screenId ?? ''
  }

  const scene = (page: Page, name: string) => page.locator(`[data-scene=${name}]`).waitFor()

  /** Every picture is readable to those who cannot see it well, or at all. */
  const complaints = async (page: Page): Promise<string[]> => {
    // a picture that is still coming in is paler than it will be
    await page.waitForFunction(() => document.getAnimations().every((each) => each.playState !== 'running'))
    const { violations } = await new AxeBuilder({ page }).analyze()
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`,
    )
  }

  it('pairs by the code it shows and follows the meeting from scene to scene', async () => {
    const page = await open()
    await pair(page)
    const { state } = await house.welcome()
    const item = state.agenda.find(({ draftId }) => draftId === house.seeded.draftId) ?? state.agenda[0]
    const itemId = item?.itemId ?? ''
    const present = house.seeded.seats.map(({ seatId }) => seatId)

    if (state.phase !== 'inSession') {
      await scene(page, 'welcome')
      await page.getByRole('img', { name: '手机扫码入场' }).waitFor()
    }
    for (const seatId of present) {
      if (state.attendance[seatId]?.status !== 'present') await house.give({ type: 'checkIn', seatId })
    }
    if (state.phase !== 'inSession') await house.give({ type: 'openMeeting' })
    if (state.currentItemId !== itemId) await house.give({ type: 'moveAgendaTo', itemId })
    await scene(page, 'text')
    await page
      .getByRole('heading', { name: item?.title ?? '' })
      .first()
      .waitFor()

    await house.give(
      { type: 'raiseHand', seatId: present[0] ?? '', kind: 'speak' },
      { type: 'giveFloor', seconds: 120 },
    )
    await scene(page, 'speaker')
    const name = (await house.welcome()).names[present[0] ?? '']?.name ?? ''
    await page.getByRole('heading', { name }).waitFor()
    await page.getByRole('timer').waitFor()
    expect(await complaints(page)).toEqual([])

    await house.give({
      type: 'openPoll',
      itemId,
      question: '同意本方案吗？',
      method: { kind: 'yesNo' },
      options: [],
      secrecy: 'named',
      show: 'hidden',
    })
    await scene(page, 'poll')
    expect(await complaints(page)).toEqual([])
    const pollId = (await house.welcome()).state.pollOrder.at(-1) ?? ''
    await house.give({ type: 'closePoll', pollId })
    await scene(page, 'result')
    await page.getByRole('img', { name: '未通过' }).waitFor()
    expect(await complaints(page)).toEqual([])
  })

  it('keeps the last picture over a killed server and a reload, and comes back to it', async () => {
    const page = await open()
    await pair(page)
    await house.give({ type: 'setScene', scene: 'agenda' })
    await scene(page, 'agenda')
    await expect
      .poll(() => page.evaluate(() => window.localStorage.getItem('yst.screen.lastPicture')), {
        timeout: patienceMs,
      })
      .toContain('"scene":"agenda"')

    await house.killServer()
    await page.getByRole('status').filter({ hasText: '正在重新连接' }).waitFor()
    await scene(page, 'agenda')

    await page.reload()
    await scene(page, 'agenda')
    await page.getByRole('status').filter({ hasText: '正在重新连接' }).waitFor()

    await house.startServer()
    await page.getByRole('status').waitFor({ state: 'detached' })
    await scene(page, 'agenda')
    await house.give({ type: 'setScene', scene: null })
    await scene(page, 'result')
  })

  it('returns to a code when it is unpaired', async () => {
    const page = await open()
    const screenId = await pair(page)
    const path = `${house.url}/api/meetings/${house.seeded.meetingId}/screens/${screenId}`
    const staff = await house.browser.newContext()
    await staff.request.post(`${house.url}/api/session`, { data: { token: house.seeded.facilitator.token } })
    expect((await staff.request.delete(path)).ok()).toBe(true)
    await staff.close()
    expect(await codeOn(page)).toMatch(/^[A-Z0-9]{6}$/)
    expect(await page.evaluate(() => window.localStorage.getItem('yst.screen.lastPicture'))).toBeNull()
  })

  it('asks staff first, and shows their meeting without signing them out', async () => {
    context = await house.browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' })
    await context.request.post(`${house.url}/api/session`, {
      data: { token: house.seeded.facilitator.token },
    })
    const page = await context.newPage()
    await page.goto(`${house.url}/screen?meeting=${house.seeded.meetingId}`)
    await page.locator('[data-scene]').waitFor()
    const session = await context.request.get(`${house.url}/api/session`)
    expect(await session.json()).toMatchObject({ role: 'facilitator' })
  })

  it('switches its language and its light by a key', async () => {
    const page = await open()
    await codeOn(page)
    await page.keyboard.press('l')
    await page.getByRole('heading', { name: 'This screen waits to be paired' }).waitFor()
    await page.keyboard.press('d')
    expect(await page.evaluate(() => document.documentElement.dataset.light)).toBe('dark')
  })
})
