// An amendment from a villager's phone to the merged draft, in real browsers: proposed, reworded, seen as a difference,
// in conflict with the draft, brought up to date, voted on and adopted.
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { builtClient } from '../../server/cli/built.mjs'
import type { Seeded } from '../../server/cli/seedMeeting.ts'
import { until } from '../drafts/hall.ts'
import { cookieFor, Guest, openTestHall, type TestHall } from '../live/hall.ts'
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
import { openPen } from './house.ts'

describe.skipIf(skipsWalks)('an amendment, from a phone to the draft', () => {
  let hall: TestHall
  let seeded: Seeded
  let browser: Browser
  const people: Person[] = []
  let villager: Page
  let cockpit: Page
  let screen: Page
  let neighbour: Guest

  const come = async (size: typeof phone, token: string): Promise<Page> => {
    const person = await newPerson(browser, size)
    people.push(person)
    await person.page.goto(`${plainAddress(hall.url)}/j/${token}`)
    return person.page
  }
  const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()
  const sees = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()
  const tab = (page: Page, name: string | RegExp) => page.getByRole('tab', { name }).first().click()

  beforeAll(async () => {
    hall = await openTestHall(builtClient())
    seeded = await hall.seed(8, 'simple')
    browser = await openBrowser()
    neighbour = await Guest.enter(hall.url, seeded.meetingId, seeded.seats[1]?.token ?? '')
    await neighbour.order({ type: 'checkIn' })
  })
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return
    for (const [i, { page }] of people.entries()) await picture(page, `failed-${i}`).catch(() => {})
  })
  afterAll(async () => {
    neighbour?.leave()
    await browser?.close()
    await hall?.close()
  })

  test('a villager proposes it and rewords a copy of the draft', async () => {
    villager = await come(phone, seeded.seats[0]?.token ?? '')
    await tab(villager, '文稿')
    await sees(villager, '村口停车场共设车位六十个')
    await picture(villager, '01-draft')
    await press(villager, '提出修正案')
    await villager.getByLabel('修正案名称').fill('车位改为八十个')
    await picture(villager, '02-propose')
    await villager.getByLabel('修正案名称').press('Enter')
    // The copy has come in the draft's place: what is typed before goes nowhere.
    await villager.getByRole('tab', { name: '看改动' }).waitFor()
    const text = villager.getByRole('textbox', { name: '文稿正文' })
    await text.getByText('共设车位六十个').waitFor()
    await text.getByText('共设车位六十个').click()
    await villager.keyboard.press('End')
    await villager.keyboard.type('另设充电桩十个。')
    await sees(villager, '已保存')
    await picture(villager, '03-reword')
  })

  test('sees it as a difference within the text', async () => {
    await tab(villager, '看改动')
    await villager.locator('ins', { hasText: '另设充电桩十个。' }).waitFor()
    await sees(villager, /1 行有改动：增加 8 字，删去 0 字/)
    await picture(villager, '04-difference')
  })

  test('the cockpit sees it side by side, and that the draft has changed the same passage', async () => {
    const cookie = await cookieFor(hall.url, seeded.seats[1]?.token ?? '')
    const pen = openPen(hall.url, seeded.draftId, cookie)
    await until('the draft is here', () => pen.provider.synced)
    pen.append(1, '另设卫生间一处。')
    cockpit = await come(laptop, seeded.facilitator.token)
    await tab(cockpit, /文稿/)
    await sees(cockpit, '其中 1 处与这份修正案改了同样的地方')
    await press(cockpit, '看改动')
    await cockpit.getByText('左右对照', { exact: true }).click()
    await cockpit.locator('ins', { hasText: '另设充电桩十个。' }).last().waitFor()
    await picture(cockpit, '05-cockpit')
    pen.leave()
  })

  test('the proposer brings the newer text in', async () => {
    await sees(villager, /其中 1 处与这份修正案改了同样的地方/)
    await picture(villager, '06-conflict')
    await press(villager, '并入原稿的新内容')
    await villager.locator('ins', { hasText: '充电桩十个' }).last().waitFor()
    await sees(villager, '另设卫生间一处。')
    await cockpit.getByText('其中 1 处与这份修正案改了同样的地方').first().waitFor({ state: 'detached' })
  })

  test('it is voted on, with the change on the ballot and on the big screen', async () => {
    screen = await come(projector, seeded.screen.token)
    await press(cockpit, '付诸表决')
    await sees(cockpit.getByRole('dialog') as unknown as Page, '修正案：车位改为八十个')
    await picture(cockpit, '07-compose')
    await press(cockpit, '开始表决')
    await tab(villager, '现在')
    await villager.locator('ins', { hasText: '充电桩十个' }).waitFor()
    await picture(villager, '08-ballot')
    await screen.locator('ins', { hasText: '充电桩十个' }).waitFor()
    await picture(screen, '08-screen')
    await villager.getByText('赞成', { exact: true }).first().click()
    await press(villager, '提交：赞成')
    await sees(villager, '已计入：赞成')
  })

  test('carried and adopted, it is in the draft that everybody has before them', async () => {
    await press(cockpit, /结束表决/)
    await press(cockpit, '结束并计票')
    await press(cockpit, '采纳并入文稿')
    await picture(cockpit, '09-adopt')
    await press(cockpit.getByRole('dialog') as unknown as Page, '采纳并入文稿')
    await tab(villager, '文稿')
    const back = villager.getByRole('button', { name: '返回文稿' })
    if (await back.isVisible()) await back.click()
    await villager.getByRole('textbox', { name: '文稿正文' }).getByText('另设充电桩十个。').waitFor()
    await sees(villager, '已采纳')
    await picture(villager, '10-adopted')
    await tab(cockpit, /文稿/)
    await sees(cockpit, '已采纳')
    await picture(cockpit, '10-cockpit')
  })

  test('no page complained', () => {
    expect(people.flatMap(({ errors }) => errors)).toEqual([])
  })
})
