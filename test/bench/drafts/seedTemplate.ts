// A data folder with meetings, drafts and sessions, made by the hall's own code and through its own door; each measured
// server starts on a copy of it.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { openHall } from '../../../server/app.ts'
import { type Seeded, seedHall, seedMeeting } from '../../../server/cli/seedMeeting.ts'
import { readConfig } from '../../../server/config.ts'
import { systemClock, systemIds } from '../../../server/system.ts'
import { limits } from '../../../shared/kernel/limits.ts'
import { cookieFor } from '../../live/hall.ts'

export interface SeededTemplate {
  readonly dataDir: string
  readonly drafts: readonly { readonly draftId: string; readonly cookies: readonly string[] }[]
  remove(): Promise<void>
}

const peoplePerDraft = 10
/** The first drafts are open to a crowd, the others to ten people each. */
export const crowdDrafts = 16

export const seedTemplate = async (ask: { drafts: number; crowd: number }): Promise<SeededTemplate> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'yishiting-bench-template-'))
  const config = { ...readConfig({ DATA_DIR: dataDir, HOST: '127.0.0.1', LOG_LEVEL: 'error' }), port: 0 }
  const hall = await openHall({ config, clientDir: null })
  const parts = {
    store: hall.store,
    clock: systemClock,
    ids: systemIds,
    rooms: hall.rooms,
    logger: pino({ level: 'silent' }),
  }
  await seedHall(parts)
  const drafts: { draftId: string; cookies: string[] }[] = []
  for (let people = ask.crowd; drafts.length < ask.drafts; people = peoplePerDraft) {
    const seeded = await seedMeeting(parts, { seats: people, presetCode: 'simple', baseUrl: hall.url })
    const cookies: string[] = []
    for (const { token } of seeded.seats) cookies.push(await cookieFor(hall.url, token))
    const wanted = drafts.length === 0 ? crowdDrafts : ask.drafts - drafts.length
    for (const draftId of await fillAgenda(hall, seeded, wanted)) {
      drafts.push({ draftId, cookies })
    }
  }
  await hall.close()
  return { dataDir, drafts, remove: () => rm(dataDir, { recursive: true, force: true }) }
}

const fillAgenda = async (
  { rooms: { meetings } }: Awaited<ReturnType<typeof openHall>>,
  { meetingId }: Seeded,
  wanted: number,
): Promise<string[]> => {
  const by = { actorId: 'bench', role: 'secretary', seatId: null } as const
  const item = { type: 'addAgendaItem', minutes: 0, parentId: null, matterId: null } as const
  const there = (await meetings.state(meetingId))?.agenda.length ?? 0
  const count = Math.min(wanted, limits.agendaItemsMax - there)
  for (let i = 0; i < count; i += 1) {
    const command = { ...item, title: `议题 ${i + 1}` }
    const done = await meetings.order(meetingId, by, { commandId: `bench-${meetingId}-${i}`, command })
    if (!done.ok) throw new Error(`no item was added: ${done.refusal.code}`)
  }
  // Items that the seeding made hold text already; only empty drafts are measured.
  return ((await meetings.state(meetingId))?.agenda ?? []).slice(there).map(({ draftId }) => draftId)
}
