// `npm run demo`: a seeded town with a live meeting and simulated people; one link per face.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { limits } from '../../shared/kernel/limits.ts'
import { openHall } from '../app.ts'
import { systemClock, systemIds } from '../system.ts'
import { builtClient } from './built.mjs'
import { optionsOf } from './options.ts'
import { seedHall, seedMeeting } from './seedMeeting.ts'
import { settings } from './settings.ts'
import { simulatePeople } from './simulatedPeople.ts'

const spareSeats = 3
const usage = `yishiting demo [--seats N]
  opens a seeded town with a live meeting of N seats and simulated people, and prints one link per face`
const { values, refuse } = optionsOf(usage, { seats: { type: 'string', default: '30' } })
const seats = Number(values.seats)
if (!Number.isInteger(seats) || seats <= spareSeats || seats > limits.seatsMax)
  refuse(`--seats takes ${spareSeats + 1} to ${limits.seatsMax}`)

const ownDataDir = process.env.DATA_DIR ? null : await mkdtemp(join(tmpdir(), 'yishiting-demo-'))
const config = settings({
  ...process.env,
  DATA_DIR: process.env.DATA_DIR || ownDataDir || '',
  LOG_LEVEL: process.env.LOG_LEVEL || 'warn',
})
const hall = await openHall({ config, clientDir: builtClient() })
const parts = { store: hall.store, clock: systemClock, ids: systemIds, rooms: hall.rooms }
const account = await seedHall(parts)
const seeded = await seedMeeting(parts, { seats, presetCode: 'tripartite', baseUrl: hall.url })

process.stdout.write(`${seats - spareSeats} simulated people are coming in…\n`)
const people = await simulatePeople(seeded, spareSeats)
const link = (token: string | undefined) => `${config.publicUrl}/j/${token}`
process.stdout.write(
  [
    '',
    `  facilitator  ${link(seeded.facilitator.token)}`,
    ...seeded.seats.slice(0, spareSeats).map(({ token }) => `  participant  ${link(token)}`),
    `  big screen   ${link(seeded.screen.token)}`,
    `  the hall     ${config.publicUrl}/sign-in`,
    ...(account ? [`               sign in as ${account.login} with ${account.password}`] : []),
    '',
    '  One browser is one person: open each link in a private window or a browser of its own.',
    '  Ctrl-C ends the demonstration.',
    '',
    '',
  ].join('\n'),
)

const stop = async (): Promise<void> => {
  people.stop()
  await hall.close()
  if (ownDataDir) await rm(ownDataDir, { recursive: true, force: true })
  process.exit(0)
}
process.once('SIGINT', () => void stop())
process.once('SIGTERM', () => void stop())
