// `npm run dev`: server and client with reload, a seeded meeting, and one link per face.
import { createServer } from 'vite'
import { optionsOf } from './options.ts'
import { answering, outputOf, runFile } from './run.ts'
import type { Seeded } from './seedMeeting.ts'
import { settings } from './settings.ts'

const serverStartsWithinMs = 30_000
optionsOf('npm run dev\n  server and client with reload, a seeded meeting, and one link per face', {})
const config = settings({ ...process.env, DATA_DIR: process.env.DATA_DIR || 'data/dev' })
const env = {
  DATA_DIR: config.dataDir,
  PORT: String(config.port),
  LOG_LEVEL: process.env.LOG_LEVEL || 'warn',
}

const server = runFile('server/main.ts', [], env, true)
await answering(`http://127.0.0.1:${config.port}/healthz`, serverStartsWithinMs)
const seeded = JSON.parse(await outputOf('server/cli/seed.ts', ['--seats', '12', '--json'], env)) as Seeded

process.env.YST_SERVER_PORT = String(config.port)
const vite = await createServer({ server: { host: '127.0.0.1' } })
await vite.listen()
const base = vite.resolvedUrls?.local[0]?.replace(/\/$/, '') ?? ''

process.stdout.write(
  [
    '',
    `  facilitator  ${base}/j/${seeded.facilitator.token}`,
    `  participant  ${base}/j/${seeded.seats[0]?.token}`,
    `  screen       ${base}/j/${seeded.screen.token}`,
    `  hall         ${base}/sign-in`,
    '',
    '  One browser is one person: open each link in a browser profile or private window of its own.',
    '',
  ].join('\n'),
)

const stop = (): void => {
  server.stop()
  void vite.close().finally(() => process.exit(0))
}
process.on('SIGINT', stop)
process.on('SIGTERM', stop)
