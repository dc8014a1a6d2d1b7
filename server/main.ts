// Starts the hall, says where it is, and stops it in good order.
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { renderUnicodeCompact } from 'uqr'
import { openHall } from './app.ts'
import { settings } from './cli/settings.ts'
import { faultWords } from './keeping/faultWords.ts'

const config = settings()
/** Built, this file is dist/server/main.js and the client lies in dist/client. */
const here = dirname(fileURLToPath(import.meta.url))
const clientDir = import.meta.url.endsWith('.ts') ? join(here, '../dist/client') : join(here, '../client')
const stopGraceMs = 10_000

const hall = await openHall({ config, clientDir }).catch((fault: unknown) => {
  const isWatched = config.logLevel === 'debug' || config.logLevel === 'trace'
  const cause = isWatched && fault instanceof Error ? `\n${fault.stack}` : ''
  process.stderr.write(`the hall could not be opened: ${faultWords(fault)}${cause}\n`)
  process.exit(1)
})

const greet = async (): Promise<void> => {
  const token = await hall.rooms.identity.firstRun()
  const first = token && `${config.publicUrl}/setup/${token}`
  const lines = [
    '',
    '  议事厅 Yishiting',
    '',
    `  on this machine   ${hall.url}`,
    `  on the network    ${config.publicUrl}`,
    '',
    renderUnicodeCompact(first || config.publicUrl, { border: 1 })
      .split('\n')
      .map((line) => `  ${line}`)
      .join('\n'),
    '',
    first
      ? `  This hall is empty. Open this link once to set it up (首次使用，请打开此链接):\n  ${first}\n`
      : '  Scan or open the address to come in (扫码进入).\n',
  ]
  process.stdout.write(lines.join('\n'))
}
await greet()

let stopping = false
const stop = (): void => {
  if (stopping) return
  stopping = true
  setTimeout(() => process.exit(1), config.drainMs + stopGraceMs).unref()
  const stopped = hall.drain().then(hall.close)
  stopped.then(
    () => process.exit(0),
    () => process.exit(1),
  )
}
process.on('SIGTERM', stop)
process.on('SIGINT', stop)
