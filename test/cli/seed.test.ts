// `npm run seed`: one JSON object on stdout and nothing else, whether or not a server runs on the same folder.
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { openHall } from '../../server/app.ts'
import { idPattern } from '../../shared/kernel/ids.ts'
import { codeOf, Guest } from '../live/hall.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const token = z.string().min(16)
/** The documented form, and no more than it. */
const documented = z.strictObject({
  baseUrl: z.url(),
  meetingId: z.string().regex(idPattern('meeting')),
  matterId: z.string().regex(idPattern('matter')),
  draftId: z.string().regex(idPattern('draft')),
  pollPreset: z.string(),
  facilitator: z.strictObject({ token }),
  screen: z.strictObject({ token }),
  seats: z.array(
    z.strictObject({
      seatId: z.string().regex(idPattern('seat')),
      party: z.string().regex(idPattern('party')),
      token,
    }),
  ),
})

const seed = (dataDir: string, env: Record<string, string>, ...args: readonly string[]) =>
  new Promise<{ code: number | null; out: string; error: string }>((resolve, reject) => {
    const child = spawn('npm', ['run', '--silent', 'seed', '--', ...args], {
      cwd: root,
      env: { ...process.env, DATA_DIR: dataDir, ...env },
    })
    let out = ''
    let error = ''
    child.stdout.on('data', (text: Buffer) => {
      out += text.toString()
    })
    child.stderr.on('data', (text: Buffer) => {
      error += text.toString()
    })
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, out, error }))
  })

let dataDir: string
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'yishiting-seed-'))
})
afterAll(() => rm(dataDir, { recursive: true, force: true }))

const readSeeded = (out: string) => documented.parse(JSON.parse(out))

describe('npm run seed', () => {
  test('prints one JSON object of the documented form, and the password elsewhere', async () => {
    const { code, out, error } = await seed(dataDir, { PORT: '4321' }, '--seats', '9', '--json')
    expect(code).toBe(0)
    expect(out.trim().split('\n')).toHaveLength(1)
    const seeded = readSeeded(out)
    expect(seeded.seats).toHaveLength(9)
    expect(new Set(seeded.seats.map(({ party }) => party)).size).toBe(3)
    expect(new Set(seeded.seats.map((seat) => seat.token)).size).toBe(9)
    expect([seeded.baseUrl, seeded.pollPreset]).toEqual(['http://127.0.0.1:4321', 'tripartite'])
    expect(error).toContain('secretary')
  })

  test('refuses a number of seats or a preset that cannot be, with 2 and nothing on stdout', async () => {
    for (const args of [
      ['--seats', '0'],
      ['--seats', 'many'],
      ['--preset', 'constructor'],
    ]) {
      const { code, out, error } = await seed(dataDir, {}, '--json', ...args)
      expect([code, out]).toEqual([2, ''])
      expect(error).not.toBe('')
    }
  })

  test('works while a server runs on the same folder, which serves the new meeting at once', async () => {
    const config = {
      host: '127.0.0.1',
      port: 0,
      dataDir,
      databaseUrl: null,
      redisUrl: null,
      publicUrl: 'http://hall.test',
      tls: null,
      logLevel: 'silent',
      trustProxy: 'loopback',
      drainMs: 0,
      backup: { dir: join(dataDir, 'backups'), everyHours: 0, keep: 7, upgradeWithout: false },
    }
    const hall = await openHall({ config, clientDir: null })
    const guests: Guest[] = []
    try {
      const env = { PUBLIC_URL: hall.url }
      const { code, out } = await seed(dataDir, env, '--seats', '3', '--json', '--preset', 'simple')
      expect(code).toBe(0)
      const seeded = readSeeded(out)
      expect([seeded.baseUrl, seeded.pollPreset]).toEqual([hall.url, 'simple'])
      const enter = async (of: { token: string } | undefined): Promise<Guest> => {
        const guest = await Guest.enter(hall.url, seeded.meetingId, of?.token ?? '')
        guests.push(guest)
        return guest
      }
      const chair = await enter(seeded.facilitator)
      const seat = await enter(seeded.seats[0])
      const screen = await enter(seeded.screen)
      expect([chair.me.role, seat.me.role, screen.me.role]).toEqual(['facilitator', 'participant', 'screen'])
      expect(chair.state.phase).toBe('inSession')
      expect(chair.state.agenda[0]).toMatchObject({ draftId: seeded.draftId, matterId: seeded.matterId })
      expect(codeOf(await seat.order({ type: 'raiseHand', kind: 'speak' }))).toBe('accepted')
      await screen.until(({ state }) => state.floor.hands.length === 1)
    } finally {
      for (const guest of guests) guest.leave()
      await hall.close()
    }
  })
})
