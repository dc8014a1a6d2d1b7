// A real hall and real browsers for the editor's tests: the server as a process of its own that can be killed and
// started again on the same store, the test page built by vite, Chromium contexts each signed in as a seat.
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { accessSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import react from '@vitejs/plugin-react'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import type { Seeded } from '../../server/cli/seedMeeting.ts'
import { patienceMs } from '../patience.ts'
import { openFrontDoor } from './frontDoor.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const chromiumPath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => {
    try {
      accessSync(path)
      return true
    } catch {
      return false
    }
  },
)

/** With `CI=true` nothing is skipped: a missing browser is then a failure. */
export const lacksChromium = chromiumPath === undefined && process.env.CI !== 'true'

const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const freePort = (): Promise<number> =>
  new Promise((settle) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => settle(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

const buildPage = async (page: URL, outDir: string): Promise<void> => {
  await build({
    root: fileURLToPath(page),
    configFile: false,
    logLevel: 'error',
    base: '/editor-page/',
    plugins: [react()],
    css: { modules: { localsConvention: 'camelCaseOnly' } },
    build: { outDir, emptyOutDir: true, minify: false, chunkSizeWarningLimit: 5_000 },
  })
}

export interface Place {
  readonly name: string
  readonly actorId: string
  readonly token: string
  readonly seed: number
}

export interface OpenAs {
  readonly view?: 'editor' | 'mirror'
  readonly size?: string
  readonly lang?: 'zh' | 'en'
  readonly viewport?: { readonly width: number; readonly height: number }
  readonly mayEdit?: boolean
  readonly more?: string
}

export interface SignedIn extends BrowserContext {
  /** Takes this browser's network away, or gives it back. */
  setCut(isCut: boolean): void
}

export interface DraftHouse {
  readonly url: string
  readonly seeded: Seeded
  readonly browser: Browser
  seat(index: number, name: string): Place
  /** A browser of its own, signed in. */
  signIn(token: string, open?: OpenAs): Promise<SignedIn>
  open(context: BrowserContext, place: Place, open?: OpenAs): Promise<Page>
  /** `kill -9`, and later the same store again. */
  killServer(): Promise<void>
  startServer(): Promise<void>
  close(): Promise<void>
}

const startProcess = (env: NodeJS.ProcessEnv): Promise<ChildProcess> =>
  new Promise((settle, fail) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    const hear = (bytes: Buffer) => {
      said += bytes.toString()
      if (said.includes('on this machine')) settle(child)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.on('exit', (code) => fail(new Error(`the hall stopped with ${code}: ${said}`)))
  })

/** @param page the folder of the page that browsers open */
export const openDraftHouse = async (page = new URL('./page', import.meta.url)): Promise<DraftHouse> => {
  const dir = await mkdtemp(join(tmpdir(), 'yst-editor-'))
  const pageDir = join(dir, 'page')
  const [port, doorPort] = await Promise.all([freePort(), freePort()])
  const url = `http://127.0.0.1:${doorPort}`
  const env = {
    ...process.env,
    DATA_DIR: join(dir, 'data'),
    PORT: String(port),
    HOST: '127.0.0.1',
    PUBLIC_URL: url,
    LOG_LEVEL: 'error',
  }
  const [{ stdout }] = await Promise.all([
    promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', 'server/cli/seed.ts', '--seats', '12', '--json'],
      { cwd: root, env },
    ),
    buildPage(page, pageDir),
  ])
  const seeded = JSON.parse(stdout) as Seeded
  let server = await startProcess(env)
  const door = await openFrontDoor(doorPort, port, pageDir)
  let contexts = 0
  const browser = await chromium.launch({
    timeout: patienceMs,
    ...(chromiumPath === undefined ? {} : { executablePath: chromiumPath }),
    args: chromiumArgs,
  })

  const killServer = (): Promise<void> =>
    new Promise((settle) => {
      server.removeAllListeners('exit')
      server.on('exit', () => settle())
      server.kill('SIGKILL')
    })

  return {
    url,
    seeded,
    browser,
    seat: (index, name) => {
      const seat = seeded.seats[index]
      if (seat === undefined) throw new Error(`the seeded meeting has no seat ${index}`)
      return { name, actorId: seat.seatId, token: seat.token, seed: index }
    },
    signIn: async (token, open = {}) => {
      contexts += 1
      const tag = `${contexts}`
      const context = await browser.newContext({
        userAgent: `Chromium tag-${tag}`,
        viewport: open.viewport ?? { width: 1366, height: 768 },
        locale: open.lang === 'en' ? 'en-GB' : 'zh-CN',
      })
      const answer = await context.request.post(`${url}/api/session`, { data: { token } })
      if (!answer.ok()) throw new Error(`could not sign in: ${await answer.text()}`)
      context.setDefaultTimeout(patienceMs)
      return Object.assign(context, { setCut: (isCut: boolean) => door.setCut(tag, isCut) })
    },
    open: async (context, place, open = {}) => {
      const page = await context.newPage()
      const query = new URLSearchParams({
        draft: seeded.draftId,
        view: open.view ?? 'editor',
        size: open.size ?? 'laptop',
        lang: open.lang ?? 'zh',
        actor: place.actorId,
        name: place.name,
        seed: String(place.seed),
        mayEdit: open.mayEdit === false ? '0' : '1',
      })
      await page.goto(`${url}/editor-page/?${query}${open.more ?? ''}`)
      return page
    },
    killServer,
    startServer: async () => {
      server = await startProcess(env)
    },
    close: async () => {
      await browser.close()
      await door.close()
      await killServer()
      await rm(dir, { recursive: true, force: true })
    },
  }
}
