// The same figures, to the digit, wherever a result is shown: big screen, phone, cockpit, record page, and every export.
import type { Browser, Page } from 'playwright-core'
import readXlsx from 'read-excel-file/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { builtClient } from '../../server/cli/built.mjs'
import type { Seeded } from '../../server/cli/seedMeeting.ts'
import { count } from '../../shared/counting/count.ts'
import { readPoll } from '../../shared/counting/readPoll.ts'
import type { CommandOf } from '../../shared/meeting/commands.ts'
import type { Poll } from '../../shared/meeting/state.ts'
import { percentText } from '../../shared/rules/fractions.ts'
import type { Preset } from '../../shared/rules/preset.ts'
import { cookieFor, Guest, openPollBy, openTestHall, type TestHall } from '../live/hall.ts'
import { laptop, newPerson, openBrowser, type Person, phone, projector, skipsWalks } from './browser.ts'

interface Figure {
  readonly label: string
  readonly count: string
  readonly share: string
}

/** What the bars of a face say, in the order of the options. */
const figuresOn = async (page: Page, poll: Poll): Promise<Figure[]> => {
  const rows = page.locator('figure li')
  await rows.first().waitFor()
  const said = await rows.evaluateAll((all) =>
    all.map((row) => ({
      label: row.querySelector('span')?.textContent?.trim() ?? '',
      count: row.querySelector('b')?.textContent ?? '',
      share: row.querySelector('b')?.nextElementSibling?.textContent ?? '',
    })),
  )
  const places = namesOf(poll).map((name) => said.findIndex(({ label }) => label === name))
  return places.flatMap((place) => said[place] ?? [])
}

const yesNo = { yes: '赞成', no: '反对', abstain: '弃权' } as const
const namesOf = (poll: Poll): string[] =>
  poll.method.kind === 'yesNo' ? Object.values(yesNo) : poll.options.map(({ label }) => label)

/** What the record's result says. */
const figuresIn = (poll: Poll): Figure[] => {
  const ids = poll.method.kind === 'yesNo' ? Object.keys(yesNo) : poll.options.map(({ optionId }) => optionId)
  return ids.map((id, i) => ({
    label: namesOf(poll)[i] ?? '',
    count: String(poll.result?.totals[id] ?? 0),
    share: poll.result?.shares?.[id] ? `${percentText(poll.result.shares[id].perMille)}%` : '',
  }))
}

describe.skipIf(skipsWalks)('one result', () => {
  let house: TestHall
  let seeded: Seeded
  let browser: Browser
  let chair: Guest
  let seats: Guest[]
  const people: Person[] = []
  let faces: Record<'screen' | 'phone' | 'cockpit', Page>

  const open = async (token: string, size: typeof phone, path: string): Promise<Page> => {
    const person = await newPerson(browser, size)
    people.push(person)
    const cookie = await cookieFor(house.url, token)
    const [name = '', value = ''] = cookie.split('=')
    await person.context.addCookies([{ name, value, url: house.url }])
    await person.page.goto(`${house.url}${path}`)
    return person.page
  }

  const held = async (
    changes: Partial<CommandOf<'openPoll'>>,
    ballots: readonly CommandOf<'castBallot'>['choice'][],
  ) => {
    const pollId = await openPollBy(chair, changes)
    for (const [i, choice] of ballots.entries()) await seats[i]?.order({ type: 'castBallot', pollId, choice })
    await chair.order({ type: 'closePoll', pollId })
    await chair.until(({ state }) => state.polls[pollId]?.status === 'closed')
    const poll = chair.state.polls[pollId]
    if (!poll?.result) throw new Error('no result')
    return poll
  }

  const file = (pollId: string, format: string) =>
    fetch(`${house.url}/api/meetings/${seeded.meetingId}/polls/${pollId}/export?format=${format}`, {
      headers: { cookie: chair.cookie },
    })

  beforeAll(async () => {
    house = await openTestHall(builtClient())
    seeded = await house.seed(7, 'simple')
    const { meetingId } = seeded
    chair = await Guest.enter(house.url, meetingId, seeded.facilitator.token)
    seats = await Promise.all(seeded.seats.map(({ token }) => Guest.enter(house.url, meetingId, token)))
    for (const seat of seats) await seat.order({ type: 'checkIn' })
    await chair.order({ type: 'openMeeting' })
    browser = await openBrowser()
    const [seat] = seeded.seats
    faces = {
      screen: await open(seeded.screen.token, projector, '/screen'),
      phone: await open(seat?.token ?? '', phone, `/m/${meetingId}`),
      cockpit: await open(seeded.facilitator.token, laptop, `/cockpit/${meetingId}`),
    }
  })
  afterAll(async () => {
    for (const guest of [chair, ...seats]) guest.leave()
    await browser?.close()
    await house?.close()
  })

  const yes = { choice: 'yes' }
  const no = { choice: 'no' }
  const options = ['甲案', '乙案', '丙案'].map((label, i) => ({ optionId: `op_${i}`, label }))
  test.each([
    ['for, against, abstain', {}, [yes, yes, yes, no, { choice: 'abstain' }, no]],
    [
      'approval',
      { method: { kind: 'approval' }, options },
      [['op_0', 'op_1'], ['op_1'], ['op_1', 'op_2'], [], ['op_0']].map((choices) => ({ choices })),
    ],
    [
      'score',
      { method: { kind: 'score', max: 5 }, options },
      [
        { op_0: 5, op_1: 3 },
        { op_1: 4, op_2: 1 },
        { op_0: 2, op_1: 2, op_2: 2 },
      ].map((scores) => ({ scores })),
    ],
    [
      'ranked',
      { method: { kind: 'irv' }, options },
      [['op_0', 'op_1'], ['op_1'], ['op_2', 'op_1'], ['op_0'], ['op_1', 'op_2']].map((order) => ({
        ranking: order.map((id) => [id]),
      })),
    ],
  ] as const)('%s', async (_, changes, ballots) => {
    const poll = await held(changes as Partial<CommandOf<'openPoll'>>, ballots as never)
    const expected = figuresIn(poll)
    for (const [name, page] of Object.entries(faces)) {
      await page.getByText(poll.question).first().waitFor()
      await expect.poll(() => figuresOn(page, poll), { message: name }).toEqual(expected)
    }
    const record = await open(seeded.facilitator.token, laptop, `/m/${seeded.meetingId}/record`)
    const section = record.locator('figure').nth(Object.keys(chair.state.polls).length - 1)
    await section.waitFor()
    const rows = await section.locator('li b').allTextContents()
    expect([...rows].sort()).toEqual(expected.map((figure) => figure.count).sort())
    await record.context().close()

    const read = readPoll(await (await file(poll.pollId, 'json')).json(), (preset) => preset as Preset)
    expect(read.ok && count(read.poll)).toEqual(poll.result)
    const lines = (await (await file(poll.pollId, 'csv')).text()).split('\r\n').map((line) => line.split(','))
    const workbook = Buffer.from(await (await file(poll.pollId, 'xlsx')).arrayBuffer())
    const cells = (await readXlsx(workbook)).flatMap(({ data }) => data)
    for (const { label, count: votes, share } of expected) {
      expect(lines.find(([name]) => name === label)?.slice(1, 3)).toEqual([votes, share])
      const row = cells.find(([name]) => name === label)
      expect([String(row?.[1]), row?.[2] ?? '']).toEqual([votes, share])
    }
  })

  test('and no page had anything to complain of', () => {
    expect(people.flatMap(({ errors }) => errors)).toEqual([])
  })
})
