// A real hall for tests: the embedded store in a folder of its own, the record, the identity room and the REST door.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { InjectOptions } from 'fastify'
import pino from 'pino'
import { Registry } from 'prom-client'
import { openLocalBus } from '../../server/bus/local.ts'
import type { HttpDeps } from '../../server/http/deps.ts'
import { buildHttp } from '../../server/http/http.ts'
import { openIdentity } from '../../server/identity/identity.ts'
import { argonPasswords } from '../../server/identity/passwords.ts'
import { openMatters } from '../../server/matters/matters.ts'
import type { BusMessage } from '../../server/ports.ts'
import { openPresets } from '../../server/presets/presets.ts'
import { openMeetings } from '../../server/record/meetings.ts'
import { openSqliteStore } from '../../server/store/sqlite.ts'
import { systemIds } from '../../server/system.ts'
import type { MeetingMade, SessionView } from '../../shared/wire/http.ts'

export type House = Awaited<ReturnType<typeof openHouse>>

export const openHouse = async (more: Partial<HttpDeps['config']> = {}) => {
  const dir = await mkdtemp(join(tmpdir(), 'yst-http-'))
  const store = await openSqliteStore(join(dir, 'hall.db'))
  let now = 1_780_000_000_000
  const clock = { now: () => now }
  const bus = openLocalBus()
  const heard: BusMessage[] = []
  bus.subscribe((message) => heard.push(message))
  const faults: unknown[] = []
  const presets = openPresets({ store, clock })
  const matters = openMatters({ store, clock })
  const meetings = openMeetings({
    store,
    clock,
    newId: systemIds.newId,
    bus,
    presetsNamedIn: presets.namedIn,
    linksDone: matters.linksDone,
    freeze: async () => undefined,
    forks: { prepare: async () => undefined, keep: async () => undefined },
    onFault: (fault) => faults.push(fault),
  })
  const identity = openIdentity({
    store,
    clock,
    ids: systemIds,
    bus,
    passwords: argonPasswords,
    order: meetings.order,
    seatRole: async (meetingId, seatId) => {
      const seat = (await meetings.state(meetingId))?.seats[seatId]
      return seat ? (seat.role === 'observer' ? 'observer' : 'participant') : null
    },
  })
  const logged: string[] = []
  const app = await buildHttp({
    store,
    clock,
    ids: systemIds,
    bus,
    identity,
    meetings,
    presets,
    matters,
    registry: new Registry(),
    logger: pino({ level: 'debug' }, { write: (line: string) => logged.push(line) }),
    config: { publicUrl: 'http://hall.test:3000', clientDir: null, ...more },
  })
  return {
    app,
    store,
    identity,
    meetings,
    presets,
    heard,
    logged,
    faults,
    later: (ms: number) => {
      now += ms
    },
    close: async () => {
      await app.close()
      identity.close()
      await bus.close()
      await store.close()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

/** A browser: keeps its cookie, sends JSON. */
export const browser = (house: House) => {
  let cookie = ''
  const ask = async (
    method: 'GET' | 'POST' | 'DELETE',
    url: string,
    body?: unknown,
    more: InjectOptions = {},
  ) => {
    const response = await house.app.inject({
      method,
      url,
      ...(body === undefined ? {} : { payload: body as object }),
      ...more,
      headers: { host: 'hall.test:3000', ...(cookie ? { cookie } : {}), ...more.headers },
    })
    const set = response.cookies.find(({ name }) => name === 'yst_session')
    if (set) cookie = set.value === '' ? '' : `yst_session=${set.value}`
    return response
  }
  return {
    get: (url: string) => ask('GET', url),
    post: (url: string, body: unknown = {}, more: InjectOptions = {}) => ask('POST', url, body, more),
    remove: (url: string) => ask('DELETE', url),
    ask,
    cookie: () => cookie,
    lose: () => {
      cookie = ''
    },
  }
}

export type Browser = ReturnType<typeof browser>

export const parties = [
  { name: { zh: '村', en: 'Village' } },
  { name: { zh: '企', en: 'Enterprise' } },
  { name: { zh: '民', en: 'Residents' } },
]

export const password = 'a long enough secret'

/** What the first visit sends: a hall of one village, and its secretary's account. */
export const firstVisit = (setupToken: string | null, account = { login: 'shuji', name: '李秘书' }) => ({
  setupToken,
  hallName: '径山众人议事厅',
  unitName: { zh: '径山村', en: 'Jingshan' },
  parties,
  account: { ...account, password },
})

/** The first visit; answers the secretary's browser. */
export const setUp = async (house: House): Promise<Browser> => {
  const secretary = browser(house)
  const made = await secretary.post('/api/hall', firstVisit(await house.identity.firstRun()))
  if (made.statusCode !== 200) throw new Error(made.body)
  return secretary
}

export const people = [
  ['张三', 0],
  ['李四', 0],
  ['王五', 1],
  ['赵六', 2],
] as const

/** A hall with four people and a meeting whose doors are open. */
export const openCouncil = async (house: House, doors: 'open' | 'shut' = 'open') => {
  const secretary = await setUp(house)
  const hall = (await secretary.get('/api/hall')).json()
  for (const [name, party] of people) {
    const added = await secretary.post('/api/roster', {
      name,
      partyId: hall.parties[party].partyId,
      phone: '13800138000',
    })
    if (added.statusCode !== 200) throw new Error(added.body)
  }
  const made = await secretary.post('/api/meetings', {
    template: 'tripartiteCouncil',
    title: '七月议事会',
    startsAt: 1_780_000_000_000,
    place: '村委会二楼',
    presetCode: 'tripartite',
    agenda: [{ title: '村口停车', minutes: 20, children: [{ title: '划线方案' }] }],
  })
  if (made.statusCode !== 200) throw new Error(made.body)
  const { meetingId } = made.json<MeetingMade>()
  const session = (await secretary.get('/api/session')).json<SessionView>()
  const actor = { actorId: session.actorId, role: 'secretary' as const, seatId: null }
  if (doors === 'open') {
    await house.meetings.order(meetingId, actor, { commandId: 'open-doors', command: { type: 'openDoors' } })
  }
  const state = await house.meetings.state(meetingId)
  if (!state) throw new Error('no meeting')
  return { secretary, meetingId, actor, seatIds: Object.keys(state.seats), state }
}

export const codeOf = (response: { json: () => unknown }): string =>
  (response.json() as { refusal?: { code: string } }).refusal?.code ?? 'none'
