// Real Chromium for the walks: one browser, one context a person.
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { patienceMs } from '../patience.ts'

const found = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]
export const chromiumPath =
  found.find((path): path is string => Boolean(path) && existsSync(path ?? '')) ?? null

/** Walks are skipped without a browser, in words; with CI they must run. */
export const skipsWalks = ((): boolean => {
  if (chromiumPath) return false
  const how = 'no Chromium was found: install Debian’s package chromium, or set CHROMIUM_PATH'
  if (process.env.CI) throw new Error(how)
  process.stderr.write(`browser walks are skipped: ${how}\n`)
  return true
})()

const flags =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'

/** Browsers trust 127.0.0.1 as if it were https; this name leads there too, and is what a village's network is. */
const plainHost = 'hall.test'

export const openBrowser = (): Promise<Browser> => {
  if (!chromiumPath) throw new Error('no Chromium')
  const lan = `--host-resolver-rules=MAP ${plainHost} 127.0.0.1`
  return chromium.launch({
    timeout: patienceMs,
    executablePath: chromiumPath,
    args: [...flags.split(' '), lan],
  })
}

/** The hall's address as a phone on the local network has it: plain http, and no secure context. */
export const plainAddress = (url: string): string => url.replace('127.0.0.1', plainHost)

export interface Person {
  readonly context: BrowserContext
  readonly page: Page
  /** Errors that the page threw or logged; a walk ends with none. */
  readonly errors: string[]
}

/** Answers that the walk itself provokes, such as "who am I" before there is a session. */
const expectedNoise =
  /401 \(Unauthorized\)|409 \(Conflict\)|ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|WebSocket connection to|ERR_INTERNET_DISCONNECTED/

export const newPerson = async (
  browser: Browser,
  size: { width: number; height: number },
  locale = 'zh-CN',
): Promise<Person> => {
  const context = await browser.newContext({ viewport: size, locale, timezoneId: 'Asia/Shanghai' })
  context.setDefaultTimeout(patienceMs)
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !expectedNoise.test(message.text())) errors.push(message.text())
  })
  return { context, page, errors }
}

/** Keeps a picture when `WALK_PICTURES` names a folder. */
export const picture = async (page: Page, name: string): Promise<void> => {
  const folder = process.env.WALK_PICTURES
  if (!folder) return
  await mkdir(folder, { recursive: true })
  await page.screenshot({ path: `${folder}/${name}.png` })
}

export const phone = { width: 360, height: 740 }
export const laptop = { width: 1366, height: 768 }
export const projector = { width: 1920, height: 1080 }
