// The right to edit taken away while somebody writes: what reached the hall stays, what did not is kept and offered.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { editorWords } from '../../client/words/editor.ts'
import { participantWords } from '../../client/words/participant.ts'
import { builtClient } from '../../server/cli/built.mjs'
import { until } from '../drafts/hall.ts'
import { caretAtEnd, paste, textOf, waitForEditor, waitForState, waitForText } from '../editor/hands.ts'
import { openPollBy } from '../live/hall.ts'
import {
  laptop,
  newPerson,
  openBrowser,
  type Person,
  phone,
  plainAddress,
  skipsWalks,
} from '../walk/browser.ts'
import { type House, openHouse } from './house.ts'

describe('a draft when the meeting is closed', () => {
  test('is read by whoever had it open, staff too', async () => {
    const house = await openHouse()
    const staff = await house.openDraft(house.draftId, house.facilitator.cookie)
    const witness = await house.openDraft(house.draftId, house.seat(0).cookie)
    staff.append(1, '（会上）')
    await until('it arrives', () => witness.text().includes('（会上）'))
    await house.facilitator.order({ type: 'closeMeeting' })
    await until('rights have changed', () => staff.closes.some(({ reason }) => reason === 'rightsChanged'))
    await until('it is back', () => staff.provider.synced && staff.provider.wsconnected)
    staff.append(1, '（会后）')
    await until('it is refused', () => staff.closes.some(({ reason }) => reason === 'draftReadOnly'))
    expect(witness.text()).not.toContain('（会后）')
    await house.close()
  })
})

describe.skipIf(skipsWalks)('somebody who writes', () => {
  let house: House
  let browser: Browser
  const people: Person[] = []

  const come = async (size: typeof phone, index: number): Promise<Person> => {
    const person = await newPerson(browser, size)
    people.push(person)
    const token = house.seeded.seats[index]?.token ?? ''
    await person.page.goto(`${plainAddress(house.house.url)}/j/${token}`)
    await person.page.getByRole('tab', { name: '文稿' }).click()
    return person
  }
  const openFork = async (page: Page, title: string): Promise<void> => {
    await page.getByRole('button', { name: title }).click()
    await waitForEditor(page)
    await waitForState(page, 'saved')
    await caretAtEnd(page)
  }
  const held = (count: number) => editorWords.zh.held.replace('{{count}}', String(count))

  beforeAll(async () => {
    house = await openHouse(3, builtClient())
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await house?.close()
  })

  test('offline while the poll opens: the words stay, are not called saved, and go when they may', async () => {
    const { amendmentId, title, draftId } = await house.propose(house.seat(0), '增设洗车区')
    const { page, context } = await come(laptop, 0)
    await openFork(page, title)
    await page.keyboard.type('〔会上写的〕')
    await waitForState(page, 'saved')
    await context.setOffline(true)
    await waitForState(page, 'offline')
    await page.keyboard.type('〔断网写的〕')
    const pollId = await openPollBy(house.facilitator, { amendmentId })
    await context.setOffline(false)
    await waitForState(page, 'held')
    await page.getByText(held(6)).waitFor()
    expect(await textOf(page)).toContain('〔断网写的〕')
    const inHall = async () => (await house.house.hall.rooms.drafts.freeze(draftId))?.text ?? ''
    expect(await inHall()).not.toContain('〔断网写的〕')
    await house.facilitator.order({ type: 'cancelPoll', pollId, reason: '' })
    await waitForState(page, 'saved')
    expect(await inHall()).toContain('〔断网写的〕')
  })

  test('on a phone when a poll calls away: told where the words are, and led back to the same amendment', async () => {
    const { amendmentId, title } = await house.propose(house.seat(1), '增设充电桩')
    const { page } = await come(phone, 1)
    await openFork(page, title)
    await page.keyboard.type('〔手机写的〕')
    await waitForState(page, 'saved')
    const pollId = await openPollBy(house.facilitator, { amendmentId })
    await page.getByText(participantWords.zh.calledAway).waitFor()
    await page.getByRole('tab', { name: '文稿' }).click()
    await page.getByRole('heading', { name: title }).waitFor()
    await page.getByRole('tab', { name: '全文' }).click()
    await waitForText(page, '〔手机写的〕')
    await waitForState(page, 'readOnly')
    await house.facilitator.order({ type: 'cancelPoll', pollId, reason: '' })
  })

  test('may paste what carries handlers: the words come in, and the browser has nothing to forbid', async () => {
    const { page } = await come(laptop, 2)
    await waitForEditor(page)
    await waitForState(page, 'saved')
    await caretAtEnd(page)
    await paste(page, {
      'text/html': '<p onclick="alert(1)">〔贴一〕</p><p onmouseover=\'x()\'>〔贴二〕</p>',
    })
    await paste(page, { 'text/html': '<p onload=x()>〔贴三〕<img src="data:," onerror="y()"></p>' })
    await waitForText(page, '〔贴三〕')
    await waitForState(page, 'saved')
  })

  test('no page complained', () => {
    expect(people.flatMap(({ errors }) => errors)).toEqual([])
  })
})
