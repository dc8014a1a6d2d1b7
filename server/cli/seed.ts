// `npm run seed -- --seats N --json`: a live meeting in DATA_DIR, whether or not a server is running on it.
import { pino } from 'pino'
import { limits } from '../../shared/kernel/limits.ts'
import { presetByCode } from '../../shared/rules/presets.ts'
import { storeOf } from '../app.ts'
import { openLocalBus } from '../bus/local.ts'
import { openRooms } from '../rooms.ts'
import { systemClock, systemIds } from '../system.ts'
import { optionsOf } from './options.ts'
import { seedHall, seedMeeting } from './seedMeeting.ts'
import { settings } from './settings.ts'

const usage = `yishiting seed [--seats N] [--preset CODE] [--json]
  makes a live meeting of N seats in DATA_DIR or DATABASE_URL and prints a link for each face, or one JSON object`
const { values, refuse } = optionsOf(usage, {
  seats: { type: 'string', default: '30' },
  preset: { type: 'string', default: 'tripartite' },
  json: { type: 'boolean', default: false },
})

const seats = Number(values.seats)
if (!Number.isInteger(seats) || seats < 1 || seats > limits.seatsMax)
  refuse(`--seats takes 1 to ${limits.seatsMax}`)
if (!presetByCode(values.preset)) refuse(`--preset: no rule preset is called ${values.preset}`)

const config = settings()
const store = await storeOf(config)
const bus = openLocalBus()
const rooms = openRooms({ store, clock: systemClock, ids: systemIds, bus, logger: pino({ level: 'silent' }) })
const parts = { store, clock: systemClock, ids: systemIds, rooms }

const account = await seedHall(parts)
const baseUrl = process.env.PUBLIC_URL ? config.publicUrl : `http://127.0.0.1:${config.port}`
const seeded = await seedMeeting(parts, { seats, presetCode: values.preset, baseUrl })
await rooms.close()
await bus.close()
await store.close()

if (account) process.stderr.write(`hall set up; sign in as ${account.login} with ${account.password}\n`)
if (values.json) process.stdout.write(`${JSON.stringify(seeded)}\n`)
else {
  const link = (token: string) => `${baseUrl}/j/${token}`
  process.stdout.write(
    [
      `meeting      ${baseUrl}/m/${seeded.meetingId}`,
      `facilitator  ${link(seeded.facilitator.token)}`,
      `screen       ${link(seeded.screen.token)}`,
      ...seeded.seats.slice(0, 3).map(({ party, token }) => `seat         ${link(token)}  (${party})`),
      '',
    ].join('\n'),
  )
}
