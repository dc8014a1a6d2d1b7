// Pages as people handle them: pressed twice, zoomed in, on narrow phones, on two devices at once, and left for so long
// that the session ran out.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { builtClient } from '../../server/cli/built.mjs'
import { seedHall } from '../../server/cli/seedMeeting.ts'
import { seedParties } from '../../server/cli/seedNames.ts'
import { systemClock, systemIds } from '../../server/system.ts'
import type { CardsView, MeetingMade } from '../../shared/wire/http.ts'
import { type House, openHouse } from '../amendments/house.ts'
import { openPollBy, openTestHall, type TestHall } from '../live/hall.ts'
import { laptop, newPerson, openBrowser, type Person, phone, picture, skipsWalks } from './browser.ts'

/** A laptop of 1366 pixels zoomed to 200 %. */
const zoomed = { width: 683, height: 384 }
/** `--target` in client/kit/tokens.css, in pixels at the normal size of text. */
const targetPx = 44

describe.skipIf(skipsWalks)('a meeting in hands that are not careful', () => {
  let house: House
  let browser: Browser
  const people: Person[] = []

  beforeAll(async () => {
    house = await openHouse(3, builtClient())
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await house?.close()
  })

  const tokenOf = (seat: number): string => house.seeded.seats[seat]?.token ?? ''
  const come = async (token: string, size: typeof phone, locale = 'zh-CN'): Promise<Page> => {
    const person = await newPerson(browser, size, locale)
    people.push(person)
    await person.page.goto(`${house.house.url}/j/${token}`)
    return person.page
  }
  const cockpitOf = async (): Promise<Page> => {
    const page = await come(house.seeded.facilitator.token, laptop)
    await page.getByRole('tab', { name: '表决' }).click()
    return page
  }
  const compose = (page: Page) =>
    page.getByRole('tabpanel', { name: '表决' }).getByRole('button', { name: '发起表决…' })

  test('a dialog that a double press opens stays open, and typed words are not lost by a press beside it', async () => {
    const page = await cockpitOf()
    await compose(page).dblclick()
    const dialog = page.getByRole('dialog')
    const question = dialog.getByLabel('表决事项')
    await question.fill('是否同意收费方案？')
    await page.mouse.click(5, 400)
    expect(await question.inputValue()).toBe('是否同意收费方案？')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
  })

  test('a question without a field survives a double press and words marked beyond its edge, and closes on a press beside it', async () => {
    const page = await come(tokenOf(1), phone)
    const settings = page.getByRole('button', { name: '设置' })
    const dialog = page.getByRole('dialog')
    await settings.dblclick()
    await dialog.waitFor()
    const title = await dialog.getByRole('heading').first().boundingBox()
    if (title === null) throw new Error('the dialog has no title')
    await page.mouse.move(title.x + 20, title.y + 10)
    await page.mouse.down()
    await page.mouse.move(5, title.y + 10)
    await page.mouse.up()
    expect(await dialog.isVisible()).toBe(true)
    await page.mouse.click(5, 20)
    await dialog.waitFor({ state: 'detached' })
  })

  test('the flag of somebody’s caret at the end of a line hangs to its left, and widens no page', async () => {
    const person = await newPerson(browser, phone)
    people.push(person)
    const { page } = person
    await page.goto(`${house.house.url}/j/${tokenOf(1)}`)
    await page.getByRole('tab', { name: '文稿' }).click()
    const text = page.getByRole('textbox', { name: '文稿正文' })
    await text.click()
    const other = await come(tokenOf(2), laptop, 'en-GB')
    await other.getByRole('tab', { name: 'Text' }).click()
    const otherText = other.locator('.draft-text[contenteditable=true]')
    await otherText.click()
    await other.keyboard.press('Control+Home')
    // Up to the last place of the phone's first line.
    await page.locator('.draft-caret').first().waitFor({ state: 'attached' })
    const caretAt = () =>
      page
        .locator('.draft-caret')
        .first()
        .evaluate((caret) => caret.getBoundingClientRect().left)
    const isInside = () =>
      page.evaluate(() => {
        const flag = document.querySelector('.draft-flag')?.getBoundingClientRect()
        const text = document.querySelector('.draft-text')?.getBoundingClientRect()
        return (
          flag !== undefined && text !== undefined && flag.left >= text.left - 1 && flag.right <= text.right
        )
      })
    expect(await isInside()).toBe(true)
    let farthest = 0
    for (let step = 0; step < 60 && farthest < phone.width - 60; step += 1) {
      const before = await caretAt()
      await other.keyboard.press('ArrowRight')
      await expect.poll(caretAt).not.toBe(before)
      farthest = Math.max(farthest, await caretAt())
      await expect.poll(isInside).toBe(true)
    }
    await picture(page, 'handling-caret')
    expect(farthest).toBeGreaterThanOrEqual(phone.width - 60)
    // On the next line it hangs to the right again.
    await other.keyboard.press('ArrowDown')
    await other.keyboard.press('Home')
    await expect.poll(caretAt).toBeLessThan(farthest / 2)
    await expect.poll(isInside).toBe(true)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(phone.width)
  })

  test('an editor that is no longer there is fetched with a new page, once the hall can be reached', async () => {
    const person = await newPerson(browser, phone)
    const { page } = person
    let isRenewed = false
    await page.route(/DraftEditor-.*\.js/, (route) => (isRenewed ? route.continue() : route.abort()))
    await page.goto(`${house.house.url}/j/${tokenOf(1)}`)
    await page.getByRole('tab', { name: '文稿' }).click()
    await page.getByText('文稿没有载入').waitFor()
    page.once('framenavigated', () => {
      isRenewed = true
    })
    await page.getByRole('button', { name: '重试' }).click()
    await page.getByRole('tab', { name: '现在', selected: true }).waitFor()
    await page.getByRole('tab', { name: '文稿' }).click()
    await page.getByRole('textbox', { name: '文稿正文' }).waitFor()
    await person.context.close()
  })

  test('a vote changed on one page of a seat is what its other page shows', async () => {
    const [one, two] = [await come(tokenOf(0), phone), await come(tokenOf(0), laptop)]
    const pollId = await openPollBy(house.facilitator)
    const vote = async (page: Page, choice: string) => {
      await page.getByText(choice, { exact: true }).first().click()
      await page.getByRole('button', { name: `提交：${choice}` }).click()
    }
    await vote(one, '赞成')
    await two.getByText('已计入：赞成').waitFor()
    await two.getByRole('button', { name: '改投' }).click()
    await vote(two, '反对')
    await one.getByText('已计入：反对').waitFor()
    await house.facilitator.order({ type: 'cancelPoll', pollId, reason: '演练' })
  })

  test('who votes on paper reads on the own phone what there is to choose from', async () => {
    const page = await come(tokenOf(0), phone)
    const options = ['径山村村民委员会', '径山茶业有限公司'].map((label, at) => ({
      optionId: `op_0000000${at}`,
      label,
    }))
    const asked = { question: '选一个承办单位', method: { kind: 'chooseOne' }, options, secrecy: 'secret' }
    const pollId = await openPollBy(house.facilitator, asked as Parameters<typeof openPollBy>[1])
    await page.getByText('请投纸票').waitFor()
    for (const { label } of options) await page.getByText(label).waitFor()
    await picture(page, 'handling-paper')
    await house.facilitator.order({ type: 'cancelPoll', pollId, reason: '演练' })
  })

  test('a facilitator whose session ran out signs in and is back at the same cockpit', async () => {
    const { page, context } = await newPerson(browser, laptop)
    await page.goto(`${house.house.url}/cockpit/${house.meetingId}`)
    const next = `/sign-in?next=${encodeURIComponent(`/cockpit/${house.meetingId}`)}`
    expect(await page.getByRole('link', { name: '去登录' }).getAttribute('href')).toBe(next)
    await context.close()
  })

  test('in the largest text, the head of the page leaves a phone to the meeting', async () => {
    const { page, context } = await newPerson(browser, phone, 'en-GB')
    await context.addInitScript(() => localStorage.setItem('yst.textSize', 'largest'))
    await page.goto(`${house.house.url}/j/${tokenOf(1)}`)
    await page.getByRole('button', { name: 'Settings' }).waitFor()
    await picture(page, 'handling-largest')
    const head = await page.locator('header').first().boundingBox()
    expect(head?.height).toBeLessThan(phone.height * 0.27)
    await context.close()
  })

  test('the cockpit’s small picture of the screen is nothing that the keyboard steps into', async () => {
    const page = await come(house.seeded.facilitator.token, laptop)
    await page.getByRole('tab', { name: '大屏' }).click()
    await page.locator('[inert] .draft-text').waitFor()
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  })

  test('on a small window the cockpit scrolls within itself, and no page of nothing hangs below it', async () => {
    const { page, context } = await newPerson(browser, zoomed)
    await page.goto(`${house.house.url}/j/${house.seeded.facilitator.token}`)
    await page.getByRole('tab', { name: '表决' }).click()
    await openPollBy(house.facilitator)
    await page.getByText('未投', { exact: false }).first().waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(zoomed.height)
    await context.close()
  })

  test('no page complained', () => {
    expect(people.flatMap(({ errors }) => errors)).toEqual([])
  })
})

describe.skipIf(skipsWalks)('the desk of a new hall', () => {
  let hall: TestHall
  let browser: Browser
  let folder: string
  let page: Page
  let person: Person

  beforeAll(async () => {
    hall = await openTestHall(builtClient())
    browser = await openBrowser()
    folder = await mkdtemp(join(tmpdir(), 'yst-handling-'))
    const account = await seedHall({
      store: hall.hall.store,
      clock: systemClock,
      ids: systemIds,
      rooms: hall.hall.rooms,
    })
    if (account === null) throw new Error('the hall is set up already')
    person = await newPerson(browser, zoomed)
    page = person.page
    await page.goto(`${hall.url}/hall`)
    await page.getByLabel('登录名').fill(account.login)
    await page.getByLabel('密码').fill(account.password)
    await page.getByRole('button', { name: '登录' }).click()
    await page.getByRole('heading', { name: '会议', level: 1 }).waitFor()
  })
  afterAll(async () => {
    await browser?.close()
    await hall?.close()
    await rm(folder, { recursive: true, force: true })
  })

  test('zoomed to 200 %, the ways through the hall stand beside each other and leave room for the page', async () => {
    const ways = page.getByRole('navigation').getByRole('link')
    const tops = await ways.evaluateAll((links) => links.map((it) => it.getBoundingClientRect().top))
    expect(tops.length).toBeGreaterThan(3)
    expect(new Set(tops).size).toBe(1)
    await picture(page, 'handling-zoomed')
    const header = await page.locator('header').first().boundingBox()
    expect(header?.height).toBeLessThan(3 * targetPx)
  })

  test('a phone that opened the big screen’s address by mistake finds its way in from the first page', async () => {
    const visitor = await newPerson(browser, phone)
    await visitor.page.goto(`${hall.url}/screen`)
    await visitor.page.getByRole('img', { name: /^[2-9A-Z]{6}$/ }).waitFor()
    expect(await visitor.page.evaluate(() => document.documentElement.scrollWidth)).toBe(phone.width)
    for (const letter of await visitor.page.locator('[role=img] span').all()) {
      const box = await letter.boundingBox()
      expect(box?.x).toBeGreaterThanOrEqual(0)
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(phone.width)
    }
    await visitor.page.goto(`${hall.url}/`)
    await visitor.page.getByLabel('房间码').waitFor()
    await visitor.context.close()
  })

  test.each([
    { name: '空.csv', bytes: '', says: /里面没有内容/ },
    { name: '引号.csv', bytes: '姓名,界别\n"孙建国,村集体\n', says: /有的引号没有成对/ },
  ])('a roster that cannot be read says what to do: $name', async ({ name, bytes, says }) => {
    await page.goto(`${hall.url}/hall/roster`)
    await page.getByRole('button', { name: '导入表格' }).first().click()
    const file = join(folder, name)
    await writeFile(file, bytes)
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByText(says).waitFor()
  })

  test('before the first item, a draft is shown under the name of its item', async () => {
    const asks = (path: string, body: object): Promise<unknown> =>
      page.evaluate(
        async ([to, sent]) => {
          const headers = { 'content-type': 'application/json' }
          return (await fetch(to, { method: 'POST', headers, body: sent })).json()
        },
        [path, JSON.stringify(body)] as const,
      )
    await asks('/api/roster', { name: '孙建国', partyId: seedParties[0]?.partyId })
    const { meetingId } = (await asks('/api/meetings', {
      template: 'free',
      title: '座谈会',
      startsAt: systemClock.now(),
      presetCode: 'simple',
      agenda: [
        { title: '听取意见', minutes: 10 },
        { title: '小结', minutes: 5 },
      ],
    })) as MeetingMade
    const { cards } = (await asks(`/api/meetings/${meetingId}/cards`, {})) as CardsView
    const villager = await newPerson(browser, phone)
    await villager.page.goto(`${hall.url}${new URL(cards[0]?.url ?? '').pathname}`)
    await villager.page.getByRole('tab', { name: '文稿' }).click()
    await villager.page.getByText('您正在看：听取意见').waitFor()
    expect(await villager.page.getByRole('button', { name: '回到当前议题' }).count()).toBe(0)
    expect(villager.errors).toEqual([])
    await villager.context.close()
  })

  test('no page complained', () => {
    expect(person.errors).toEqual([])
  })
})
