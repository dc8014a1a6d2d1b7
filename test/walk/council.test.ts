// One tripartite council from the first visit to the verified record, in real browsers: the secretary's laptop, three
// phones, a big screen, all over plain http; with a card scanned twice, an elder without a phone, and the power gone in the middle of a poll.

import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { builtClient } from '../../server/cli/built.mjs'
import { verifyRecord } from '../../shared/record/verify.ts'
import type { CardsView, DoorView } from '../../shared/wire/http.ts'
import { openTestHall, type TestHall } from '../live/hall.ts'
import { waiting } from '../patience.ts'
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
} from './browser.ts'
import { gb18030 } from './gb18030.ts'

const roster = [
  '姓名,界别,会议身份,户,手机',
  '孙建国,村集体,村民代表,,',
  '周海涛,企业,双溪茶业,,13800001234',
  '吴阿婆,居民,居民,3号,',
  '郑秀英,居民,居民,5号,',
  '来路不明,外星,,,',
].join('\n')

describe.skipIf(skipsWalks)('a tripartite council, from roster to record', () => {
  let hall: TestHall
  let address = ''
  let browser: Browser
  const people: Person[] = []
  let cockpit: Page
  let screen: Page
  let villager: Page
  let resident: Page
  let remote: Page
  let meetingId = ''
  let cards: CardsView['cards'] = []

  const come = async (size: typeof phone, address: string): Promise<Page> => {
    const person = await newPerson(browser, size)
    people.push(person)
    await person.page.goto(address)
    return person.page
  }
  const cardOf = (name: string): string => {
    const { pathname } = new URL(cards.find((card) => card.name === name)?.url ?? '')
    return `${address}${pathname}`
  }
  /** What the cockpit's page asks of the meeting's REST address. */
  const asks = (what: string, body?: object): Promise<unknown> =>
    cockpit.evaluate(
      async ([path, sent]) => {
        const headers = { 'content-type': 'application/json' }
        const init = sent === undefined ? {} : { method: 'POST', headers, body: sent }
        return (await fetch(path, init)).json()
      },
      [`/api/meetings/${meetingId}/${what}`, body && JSON.stringify(body)] as const,
    )
  const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()
  const sees = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()
  /** The cockpit's one next step; a press right after another is taken for a double press, and then given again. */
  const nextStep = async (name: string | RegExp): Promise<void> => {
    const button = cockpit.getByRole('button', { name }).first()
    await button.waitFor()
    await vi.waitFor(
      async () => {
        // The step may be done between the look and the press.
        if (await button.isVisible()) await button.click({ timeout: 3_000 }).catch(() => {})
        expect(await button.isVisible()).toBe(false)
      },
      { ...waiting, interval: 300 },
    )
  }

  beforeAll(async () => {
    hall = await openTestHall(builtClient())
    browser = await openBrowser()
    address = plainAddress(hall.url)
  })
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return
    for (const [i, { page }] of people.entries()) await picture(page, `failed-${i}`).catch(() => {})
  })
  afterAll(async () => {
    await browser?.close()
    await hall?.close()
  })

  test('the first visit sets the hall up', async () => {
    const token = await hall.hall.rooms.identity.firstRun()
    cockpit = await come(laptop, `${address}/setup/${token}`)
    await cockpit.getByLabel('议事厅名称').fill('径山村众人议事厅')
    await cockpit.getByLabel('单位名称', { exact: true }).fill('径山村')
    await cockpit.getByLabel('姓名', { exact: true }).fill('周秘书')
    await cockpit.getByLabel('登录名').fill('mishu')
    await cockpit.getByLabel('密码', { exact: true }).fill('一句只有自己记得的话')
    await cockpit.getByLabel('再输入一次密码').fill('一句只有自己记得的话')
    expect(await cockpit.evaluate(() => window.isSecureContext)).toBe(false)
    await picture(cockpit, '01-setup')
    await press(cockpit, '启用议事厅')
    await cockpit.getByRole('heading', { name: '会议' }).waitFor()
  })

  test('the roster is previewed row by row, and only good rows are saved', async () => {
    await cockpit.getByRole('link', { name: '名册', exact: true }).click()
    await press(cockpit, '导入表格')
    const file = { name: '名册.csv', mimeType: 'text/csv', buffer: gb18030(roster) }
    await cockpit.locator('input[type=file]').setInputFiles(file)
    await sees(cockpit, /4 行可以导入/)
    await sees(cockpit, '没有“外星”这个界别')
    await picture(cockpit, '02-preview')
    expect(await hall.hall.store.db.selectFrom('people').selectAll().execute()).toHaveLength(0)
    await press(cockpit, '导入 4 人')
    await sees(cockpit, '共 4 人')
  })

  test('a meeting is convened, its cards are made, and its doors open', async () => {
    await cockpit.goto(`${address}/hall/meetings/new`)
    await cockpit.getByLabel('地点').fill('村文化礼堂')
    await press(cockpit, '召集并打开主持台')
    await cockpit.waitForURL(/\/cockpit\/mt_/)
    meetingId = cockpit.url().split('/').pop() ?? ''
    cards = ((await asks('cards', {})) as CardsView).cards
    expect(cards).toHaveLength(4)
    await nextStep('开放签到')
  })

  test('people scan in, and a card scanned twice alerts the cockpit', async () => {
    villager = await come(phone, cardOf('孙建国'))
    await sees(villager, '您已签到')
    await picture(villager, '03-checked-in')
    remote = await come(laptop, cardOf('周海涛'))
    await sees(remote, '您已签到')
    const second = await come(phone, cardOf('孙建国'))
    await sees(second, '这张席位卡已经用过')
    await cockpit.getByRole('tab', { name: /前台/ }).click()
    await sees(cockpit, '席位卡被再次扫描')
    await press(cockpit, '不予处理')
  })

  test('the big screen is paired by its code and shows who is here', async () => {
    screen = await come(projector, `${address}/screen`)
    const code = await screen.getByRole('img', { name: /^[2-9A-Z]{6}$/ }).getAttribute('aria-label')
    await cockpit.getByRole('tab', { name: '大屏' }).click()
    await cockpit.getByLabel('配对码').fill(code ?? '')
    await press(cockpit, '配对')
    await sees(screen, /实到\s*2/)
    await picture(screen, '04-welcome')
    resident = await come(phone, cardOf('郑秀英'))
    await sees(resident, '您已签到')
    await sees(screen, /实到\s*3/)
  })

  test('a guest with the room code waits and is admitted as an observer', async () => {
    const { roomCode } = (await asks('door')) as DoorView
    const guest = await come(phone, `${address}/r/${roomCode}`)
    await guest.getByLabel('您的姓名').fill('镇里的老李')
    await guest
      .getByRole('button', { name: /进入|申请|等候/ })
      .first()
      .click()
    await cockpit.getByRole('tab', { name: /前台/ }).click()
    await sees(cockpit, '镇里的老李')
    await press(cockpit, /列席/)
    await guest.waitForURL(/\/m\/mt_/)
    await sees(guest, /当前议题|您已签到|会议即将开始|列席/)
  })

  test('the clerk checks in an elder, and the agenda moves for everybody', async () => {
    await cockpit.getByRole('tab', { name: /签到/ }).click()
    await cockpit
      .getByRole('listitem')
      .filter({ hasText: '吴阿婆' })
      .getByRole('button', { name: '签到' })
      .click()
    await sees(screen, /实到\s*4/)
    await nextStep('宣布开会')
    await nextStep('进入第一项')
    await sees(villager, '当前议题')
    await screen.getByRole('heading', { level: 1, name: /通报/ }).waitFor()
  })

  test('many hands write one draft, and the screen shows it', async () => {
    await villager.getByRole('tab', { name: '文稿' }).click()
    await remote
      .getByRole('tab', { name: '文稿' })
      .click()
      .catch(() => {})
    await villager.getByRole('textbox', { name: '文稿正文' }).click()
    await villager.keyboard.type('停车每小时五元。')
    await screen.getByText('停车每小时五元。').waitFor()
    await sees(villager, '已保存')
    await picture(screen, '05-text')
    await picture(villager, '05-draft')
  })

  test('edits made offline come home', async () => {
    const context = people.find(({ page }) => page === villager)?.context
    await context?.setOffline(true)
    await villager.keyboard.type('首小时免费。')
    await context?.setOffline(false)
    await screen.getByText('首小时免费。').waitFor()
  })

  test('hands go up, and the floor is given with a clock on every face', async () => {
    await villager.getByRole('tab', { name: '现在' }).click()
    await press(villager, '举手申请发言')
    await sees(villager, '您已举手')
    await nextStep(/请孙建国发言/)
    await sees(villager, '请您发言')
    await screen.getByRole('heading', { name: '孙建国' }).waitFor()
    await screen.getByRole('timer').waitFor()
    await picture(screen, '06-speaker')
    await picture(cockpit, '06-cockpit')
    await press(villager, '我讲完了')
    await sees(villager, '举手申请发言')
  })

  test('a poll opens with its quorum checked, and a ballot gives a receipt', async () => {
    await cockpit.getByRole('tab', { name: '表决' }).click()
    await cockpit.getByRole('tabpanel', { name: '表决' }).getByRole('button', { name: '发起表决…' }).click()
    await sees(cockpit, /已达法定人数/)
    await picture(cockpit, '07-compose')
    await press(cockpit, '开始表决')
    await vote(villager, '赞成')
    await screen
      .getByText(/已投\s*1/)
      .first()
      .waitFor()
    await picture(villager, '07-voted')
    await picture(screen, '07-poll')
  })

  const vote = async (page: Page, choice: string): Promise<void> => {
    await page.getByText(choice, { exact: true }).first().click()
    await press(page, `提交：${choice}`)
    await sees(page, `已计入：${choice}`)
  }

  test('the power goes in the middle of the poll, and nothing is lost', async () => {
    await hall.restart()
    await sees(villager, '已计入：赞成')
    await vote(resident, '赞成')
    await vote(remote, '赞成')
    await screen
      .getByText(/已投\s*3/)
      .first()
      .waitFor()
  })

  test('the elder’s hand is counted once, and the result comes with the seal and the rule', async () => {
    await press(cockpit, '代投…')
    const dialog = cockpit.getByRole('dialog')
    await dialog.getByText('赞成', { exact: true }).click()
    await dialog.getByRole('button').last().click()
    await screen
      .getByText(/已投\s*4/)
      .first()
      .waitFor()
    await press(cockpit, /结束表决/)
    await press(cockpit, '结束并计票')
    await sees(villager, /通过/)
    await sees(screen, /通过/)
    await picture(screen, '08-result')
    await picture(villager, '08-result-phone')
    await picture(cockpit, '08-result-cockpit')
    const poll = Object.values((await hall.hall.rooms.meetings.state(meetingId))?.polls ?? {})[0]
    expect(poll?.result).toMatchObject({ outcome: 'passed', totals: { yes: 4, no: 0, abstain: 0 } })
  })

  test('the screen comes back to the same picture after a reload', async () => {
    await screen.reload()
    await sees(screen, /通过/)
  })

  test('the record can be read by everyone present and verifies offline', async () => {
    expect(verifyRecord(await asks('record/export'))).toMatchObject({ ok: true })
    await villager.goto(`${address}/m/${meetingId}/record`)
    await sees(villager, /孙建国/)
    await sees(villager, /通过/)
    await picture(villager, '09-record')
  })

  test('no page complained', () => {
    expect(people.flatMap(({ errors }) => errors)).toEqual([])
  })
})
