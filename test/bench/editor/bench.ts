// `npm run bench:editor`: a draft of 20 people typing, in real Chromium with its processor slowed down to that of a
// cheap laptop: ours beside a plain TipTap on the same schema and server, and an empty page for what the machine can
// give at all. Prints frames and ratios, asserts nothing. `-- --slower 4 --seconds 10 --rounds 2 --paragraphs 200`

import type { Page } from 'playwright-core'
import { optionsOf, wholeNumber } from '../../../server/cli/options.ts'
import { type DraftHouse, openDraftHouse } from '../../editor/house.ts'
import { cookieFor } from '../../live/hall.ts'
import { machine, spread } from '../figures.ts'
import { openTypists } from './typists.ts'

const usage = `npm run bench:editor -- [--slower N] [--seconds N] [--rounds N] [--paragraphs N] [--picture FILE]
  counts the frames of the editor among people typing`
const { values, refuse } = optionsOf(usage, {
  slower: { type: 'string', default: '4' },
  seconds: { type: 'string', default: '10' },
  rounds: { type: 'string', default: '2' },
  paragraphs: { type: 'string', default: '200' },
  picture: { type: 'string' },
})
const seconds = wholeNumber('seconds', values.seconds, 1, refuse)
const paragraphs = wholeNumber('paragraphs', values.paragraphs, 1, refuse)
const rounds = wholeNumber('rounds', values.rounds, 1, refuse)
const slower = wholeNumber('slower', values.slower, 1, refuse)
const kinds = ['empty', 'ours', 'plain'] as const
type Kind = (typeof kinds)[number]
const titles: Record<Kind, string> = { empty: 'an empty page', ours: 'Yishiting', plain: 'plain TipTap' }

/** The page itself is the twentieth. */
const others = 19
const keyEveryMs = 200
/** A busy machine is slow to open a page, and is measured none the less. */
const waitMsMax = 120_000

interface Leg {
  readonly frameMs: readonly number[]
  /** Share of the time in which the page's main thread was busy. */
  readonly busy: number
  readonly script: number
  readonly layout: number
}

const say = (line: string): boolean => process.stdout.write(`${line}\n`)

/** Types at a steady pace until told to stop. */
const typeIn = (page: Page): { readonly stop: () => Promise<void> } => {
  let isOver = false
  const typing = (async () => {
    while (!isOver) {
      await page.keyboard.type('x')
      await page.waitForTimeout(keyEveryMs)
    }
  })()
  // Heard of when it is stopped, and not as a rejection that nobody handles.
  typing.catch(() => {})
  return {
    stop: () => {
      isOver = true
      return typing
    },
  }
}

const measure = async (page: Page, kind: Kind): Promise<Leg> => {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Performance.enable')
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: slower })
  const metrics = async (): Promise<Map<string, number>> =>
    new Map((await cdp.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value]))
  const before = await metrics()
  const typing = kind === 'empty' ? null : typeIn(page)
  const frameMs = await page.evaluate((forMs) => window.framesOf(forMs), seconds * 1_000)
  const after = await metrics()
  await typing?.stop()
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  const took = (name: string): number => (after.get(name) ?? 0) - (before.get(name) ?? 0)
  const all = took('Timestamp')
  return {
    frameMs,
    busy: took('TaskDuration') / all,
    script: took('ScriptDuration') / all,
    layout: (took('LayoutDuration') + took('RecalcStyleDuration')) / all,
  }
}

const leg = async (house: DraftHouse, kind: Kind): Promise<Leg> => {
  const seat = house.seat(0, '记录员')
  const context = await house.signIn(seat.token)
  context.setDefaultTimeout(waitMsMax)
  const page = await house.open(context, seat, { more: `&kind=${kind}` })
  if (kind !== 'empty') {
    // Asked now and then, and not at every frame: a page that has no time for frames is measured too.
    await page.waitForFunction(
      (wanted) => document.querySelectorAll('.draft-text p').length > wanted,
      paragraphs,
      { polling: 200 },
    )
    await page.evaluate(() => {
      const paragraph = document.querySelectorAll('.draft-text p')[30]
      document.querySelector<HTMLElement>('.draft-text')?.focus()
      if (paragraph) getSelection()?.collapse(paragraph, paragraph.childNodes.length)
    })
  }
  // Once through, so that what runs often is compiled.
  await page.waitForTimeout(2_000)
  const result = await measure(page, kind)
  if (values.picture && kind === 'ours') await page.screenshot({ path: `${values.picture}/${kind}.png` })
  await context.close()
  return result
}

const percent = (share: number): string => `${(share * 100).toFixed(0)} %`.padStart(6)

const perSecond = (frameMs: readonly number[]): number =>
  (frameMs.length * 1_000) / frameMs.reduce((sum, each) => sum + each, 0)

const print = (kind: Kind, legs: readonly Leg[]): number => {
  const frameMs = legs.flatMap((each) => each.frameMs)
  const { p50, p95, p99, max } = spread(frameMs)
  const late = frameMs.filter((each) => each > 25).length / frameMs.length
  const mean = (of: (each: Leg) => number): number =>
    legs.reduce((sum, each) => sum + of(each), 0) / legs.length
  const times = [p50, p95, p99, max].map((each) => each.toFixed(1).padStart(7)).join('')
  const shares = [late, mean(({ busy }) => busy), mean(({ script }) => script), mean(({ layout }) => layout)]
  const fps = perSecond(frameMs)
  say(`  ${titles[kind].padEnd(16)}${fps.toFixed(1).padStart(8)}${times}  ${shares.map(percent).join('  ')}`)
  return fps
}

const compare = async (house: DraftHouse): Promise<void> => {
  const cookies: string[] = []
  for (const { token } of house.seeded.seats.slice(1)) cookies.push(await cookieFor(house.url, token))
  const seats = Array.from({ length: others }, (_, i) => cookies[i % cookies.length] ?? '')
  const typists = await openTypists(house.url, house.seeded.draftId, seats, paragraphs)
  const legs: Record<Kind, Leg[]> = { empty: [], ours: [], plain: [] }
  for (let round = 0; round < rounds; round += 1) {
    // There and back, since the text grows.
    const order = round % 2 === 0 ? kinds : [...kinds].reverse()
    for (const kind of order) {
      process.stderr.write(`${titles[kind]}…\n`)
      legs[kind].push(await leg(house, kind))
    }
  }
  say(
    `an editor among 20 people typing in ${paragraphs} paragraphs, on ${machine()}, Chromium ${house.browser.version()}`,
  )
  say(`its processor slowed down ${values.slower} times, ${seconds} s each, ${values.rounds} rounds`)
  say(`  ${''.padEnd(16)}frames/s    p50    p95    p99    max    late    busy  script  layout   (ms a frame)`)
  const [, ours, plain] = kinds.map((kind) => print(kind, legs[kind]))
  say(
    `  ours has ${((ours ?? 0) / (plain ?? 1)).toFixed(2)} × the frames of the plain one; ${typists.letters()} letters typed`,
  )
  typists.end()
}

// Every y-websocket client listens for the end of the process.
process.setMaxListeners(0)
const house = await openDraftHouse(new URL('./page', import.meta.url))
await compare(house).finally(() => house.close())
process.exit()
