// A secret poll counted by two tellers on two laptops, a ranked ballot given by taps, and a proxy cast by its holder: by
// the buttons that people press.
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { builtClient } from '../../server/cli/built.mjs'
import type { Seeded } from '../../server/cli/seedMeeting.ts'
import { cookieFor, Guest, openPollBy, openTestHall, type TestHall } from '../live/hall.ts'
import { laptop, newPerson, openBrowser, type Person, phone, picture, skipsWalks } from './browser.ts'

describe.skipIf(skipsWalks)('ballots that come another way', () => {
  let house: TestHall
  let seeded: Seeded
  let browser: Browser
  let chair: Guest
  let seats: Guest[]
  let tellers: [Page, Page]
  const people: Person[] = []

  const open = async (token: string, size: typeof phone, path: string): Promise<Page> => {
    const person = await newPerson(browser, size)
    people.push(person)
    const [name = '', value = ''] = (await cookieFor(house.url, token)).split('=')
    await person.context.addCookies([{ name, value, url: house.url }])
    await person.page.goto(`${house.url}${path}`)
    return person.page
  }
  const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()
  const sees = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()

  const enter = async (page: Page, figures: Readonly<Record<string, number>>) => {
    await press(page, /录入计票|重新录入/)
    const dialog = page.getByRole('dialog')
    for (const [label, figure] of Object.entries(figures)) {
      await dialog.getByLabel(label, { exact: true }).fill(String(figure))
    }
    await dialog.getByRole('button', { name: '录入', exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
  }

  beforeAll(async () => {
    house = await openTestHall(builtClient())
    seeded = await house.seed(8, 'simple')
    const { meetingId, facilitator } = seeded
    chair = await Guest.enter(house.url, meetingId, facilitator.token)
    seats = await Promise.all(
      seeded.seats.slice(0, 5).map(({ token }) => Guest.enter(house.url, meetingId, token)),
    )
    for (const seat of seats) await seat.order({ type: 'checkIn' })
    await chair.order({ type: 'openMeeting' })
    browser = await openBrowser()
    const cockpit = () => open(facilitator.token, laptop, `/cockpit/${meetingId}`)
    tellers = [await cockpit(), await cockpit()]
  })
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return
    for (const [i, { page }] of people.entries()) await picture(page, `failed-papers-${i}`).catch(() => {})
  })
  afterAll(async () => {
    for (const guest of [chair, ...(seats ?? [])]) guest?.leave()
    await browser?.close()
    await house?.close()
  })

  test('two tellers differ, count again, agree, and the box decides', async () => {
    const pollId = await openPollBy(chair, { secrecy: 'secret' })
    const [one, other] = tellers
    for (const page of tellers) await page.getByRole('tab', { name: /表决/ }).first().click()
    const right = { 赞成: 3, 反对: 1, 空白票: 0, 废票: 1, 票箱内共: 5 }
    await enter(one, right)
    await sees(one, '您已录入。等另一位计票人在另一台设备上录入。')
    await sees(other, '一位计票人已录入')
    await enter(other, { ...right, 赞成: 2, 反对: 2 })
    await sees(other, /您与另一位计票人在这些项上不一致/)
    await picture(other, 'papers-1-differ')
    await enter(other, right)
    await sees(one, '两人一致')
    await picture(one, 'papers-2-agreed')
    await chair.order({ type: 'closePoll', pollId })
    await sees(one, '通过')
    await chair.until(({ state }) => state.polls[pollId]?.status === 'closed')
    expect(chair.state.polls[pollId]?.result).toMatchObject({ outcome: 'passed', totals: { yes: 3, no: 1 } })
  })

  test('a phone ranks by taps, and hears what was counted', async () => {
    const [first] = seeded.seats
    const villager = await open(first?.token ?? '', phone, `/m/${seeded.meetingId}`)
    const options = ['停车场', '礼堂', '步道'].map((label, i) => ({ optionId: `op_${i}`, label }))
    const pollId = await openPollBy(chair, { method: { kind: 'stv' }, winners: 2, options })
    await press(villager, /步道/)
    await press(villager, /停车场/)
    await picture(villager, 'papers-3-ranking')
    await press(villager, /提交/)
    await sees(villager, /已计入/)
    for (const seat of seats.slice(1, 4)) {
      const choice = { ranking: [['op_0'], ['op_1']] }
      await seat.order({ type: 'castBallot', pollId, choice })
    }
    await chair.order({ type: 'closePoll', pollId })
    await chair.until(({ state }) => state.polls[pollId]?.status === 'closed')
    const own = chair.state.polls[pollId]?.ballots.find(({ seatId }) => seatId === first?.seatId)
    expect(own?.choice).toEqual({ ranking: [['op_2'], ['op_0']] })
    await sees(villager, '第一选择')
    await picture(villager, 'papers-4-rounds')
  })

  test('the holder of a written proxy has a second ballot, for whoever gave it', async () => {
    const names = await house.hall.rooms.identity.names(seeded.meetingId)
    const homes = new Map<string, string[]>()
    for (const [seatId, { household }] of Object.entries(names)) {
      if (household !== '') homes.set(household, [...(homes.get(household) ?? []), seatId])
    }
    const [giver = '', holder = ''] = [...homes.values()].find((home) => home.length === 2) ?? []
    await chair.order({ type: 'reviseMeeting', presetCode: 'ceoAssembly' })
    await chair.order({ type: 'leave', seatId: giver })
    for (const { seatId } of seeded.seats) {
      if (seatId !== giver) await chair.order({ type: 'checkIn', seatId, channel: 'device' })
    }
    await chair.order({ type: 'giveProxy', fromSeatId: giver, toSeatId: holder, document: '委托书一号' })
    const token = seeded.seats.find(({ seatId }) => seatId === holder)?.token ?? ''
    const page = await open(token, phone, `/m/${seeded.meetingId}`)
    const pollId = await openPollBy(chair)
    await page
      .getByText(names[giver]?.name ?? '')
      .first()
      .waitFor()
    await picture(page, 'papers-5-proxy')
    for (let ballot = 0; ballot < 2; ballot += 1) {
      await page.locator('label', { hasText: '赞成' }).first().click()
      await press(page, '提交：赞成')
      await expect.poll(() => page.getByText('已计入').count()).toBeGreaterThan(ballot)
    }
    await chair.order({ type: 'closePoll', pollId })
    await chair.until(({ state }) => state.polls[pollId]?.status === 'closed')
    const sources = chair.state.polls[pollId]?.ballots.map(({ seatId, source }) => [seatId, source])
    expect(sources?.sort()).toEqual(
      [
        [giver, 'proxy'],
        [holder, 'device'],
      ].sort(),
    )
  })

  test('and no page had anything to complain of', () => {
    expect(people.flatMap(({ errors }) => errors)).toEqual([])
  })
})
