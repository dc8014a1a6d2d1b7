// `npm run pictures`: the pictures of the README, taken of a seeded meeting in real browsers.
import { mkdir } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { builtClient } from '../../server/cli/built.mjs'
import { simulatePeople } from '../../server/cli/simulatedPeople.ts'
import { Guest, openPollBy, openTestHall } from '../live/hall.ts'
import { laptop, newPerson, openBrowser, phone, projector } from '../walk/browser.ts'

const folder = 'docs/pictures'
const seats = 40
const spareSeats = 2

const hall = await openTestHall(builtClient())
const browser = await openBrowser()
await mkdir(folder, { recursive: true })

const open = async (size: typeof phone, token: string | undefined, locale = 'zh-CN'): Promise<Page> => {
  const { page } = await newPerson(browser, size, locale)
  await page.goto(`${hall.url}/j/${token}`)
  return page
}
const take = async (page: Page, name: string): Promise<void> => {
  // Nothing is caught in the middle of a movement.
  await page.waitForFunction(() =>
    document.getAnimations().every(({ playState, effect }) => {
      const isClock = Number(effect?.getComputedTiming().endTime ?? 0) > 1_000
      return isClock || playState === 'finished'
    }),
  )
  await page.screenshot({ path: `${folder}/${name}.png` })
  process.stdout.write(`${folder}/${name}.png\n`)
}

const seeded = await hall.seed(seats)
const people = await simulatePeople(seeded, spareSeats)
const facilitator = await Guest.enter(hall.url, seeded.meetingId, seeded.facilitator.token)
const cockpit = await open(laptop, seeded.facilitator.token)
const screen = await open(projector, seeded.screen.token)
const villager = await open(phone, seeded.seats[0]?.token)
const english = await open(phone, seeded.seats[1]?.token, 'en-GB')

await screen.getByText('外来车辆首小时免费').waitFor()
await take(screen, 'screen-text')
await facilitator.until(({ state }) => state.floor.hands.length >= 3)
await facilitator.order({ type: 'giveFloor', seconds: 180 })
await screen.getByRole('timer').waitFor()
await take(screen, 'screen-speaker')
await take(cockpit, 'cockpit')
await villager.getByRole('button', { name: '举手申请发言' }).waitFor()
await take(villager, 'phone-now')

const pollId = await openPollBy(facilitator, { question: '是否同意村口停车场收费与管理方案？' })
await villager.getByText('赞成', { exact: true }).first().click()
await take(villager, 'phone-poll')
await english.getByText('For', { exact: true }).first().waitFor()
await take(english, 'phone-poll-en')
await facilitator.until(({ tally }) => (tally?.cast ?? 0) >= seats - spareSeats)
await take(screen, 'screen-poll')
await facilitator.order({ type: 'closePoll', pollId })
await screen.getByText(/通过/).first().waitFor()
await take(screen, 'screen-result')
await villager.goto(`${hall.url}/m/${seeded.meetingId}/record`)
await villager.getByText(/通过/).first().waitFor()
await take(villager, 'phone-record')

people.stop()
facilitator.leave()
await browser.close()
await hall.close()
process.exit(0)
