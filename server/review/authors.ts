// Who wrote what: every letter of a draft carries the client id it was typed under, and the hall knows whose that is
// since it first let it in. Letters that were moved are those of who typed them first. Nobody's word is needed for it.
import type { AuthorsView } from '../../shared/wire/httpDrafts.ts'
import type { Names } from '../../shared/wire/live.ts'
import type { Bench } from '../bench.ts'
import { readMarks } from '../drafts/nodesNews.ts'
import type { Clock, Store } from '../ports.ts'
import type { Histories } from './versions.ts'
import type { VersionsDone, VersionsJob } from './versionsWorker.ts'

export interface Authors {
  /** An `AuthorsView` as JSON, as of a moment ago; undefined for a draft that does not exist. */
  of(draftId: string, meetingId: string): Promise<Uint8Array | undefined>
  /** Names of seats and of accounts; whoever came by a link has none. */
  names(meetingId: string, actorIds: Iterable<string>): Promise<Readonly<Record<string, string>>>
}

export interface AuthorsDeps {
  readonly store: Store
  readonly clock: Clock
  readonly drafts: Pick<Histories, 'log'>
  readonly bench: Pick<Bench<VersionsJob, VersionsDone>, 'run'>
  readonly names: (meetingId: string) => Promise<Names>
}

/** Everybody may look at once: what was found is told again for so long, and for longer where it took long to find. */
const tellAgainMs = 1_500
const tellAgainTimes = 20
const draftsKnownMax = 100

export const openAuthors = ({ store, clock, drafts, bench, names: seatNames }: AuthorsDeps): Authors => {
  const { db } = store
  const told = new Map<string, { readonly until: number; readonly json: Promise<Uint8Array | undefined> }>()
  /** The moved letters of a draft, and how its log stood when they were looked for. */
  const known = new Map<string, { readonly mark: string; readonly moved: Uint8Array }>()

  const writersOf = async (draftId: string): Promise<AuthorsView['authors']> => {
    const rows = await db
      .selectFrom('draftClients')
      .select(['clientId', 'owner'])
      .where('draftId', '=', draftId)
      .execute()
    const clientsOf = new Map<string, number[]>()
    for (const { clientId, owner } of rows) {
      const clients = clientsOf.get(owner) ?? []
      clientsOf.set(owner, clients)
      clients.push(Number(clientId))
    }
    return [...clientsOf].map(([actorId, clients]) => ({ actorId, clients }))
  }

  const names: Authors['names'] = async (meetingId, actorIds) => {
    const seats = await seatNames(meetingId)
    const wanted = new Set(actorIds)
    const others = [...wanted].filter((actorId) => actorId.startsWith('ac_'))
    const accounts =
      others.length === 0
        ? []
        : await db
            .selectFrom('accounts')
            .select(['accountId', 'name'])
            .where('accountId', 'in', others)
            .execute()
    const found = accounts.map(({ accountId, name }) => [accountId, name] as const)
    for (const actorId of wanted) {
      const seat = seats[actorId]
      if (seat) found.push([actorId, seat.name])
    }
    return Object.fromEntries(found)
  }

  const movedIn = async (draftId: string): Promise<Uint8Array | undefined> => {
    const [stands] = await readMarks(store, [draftId])
    const mark = JSON.stringify(stands)
    const before = known.get(draftId)
    if (before?.mark === mark) return before.moved
    const log = await drafts.log(draftId)
    if (!log) return undefined
    const { json } = await bench.run({ kind: 'authors', log })
    known.delete(draftId)
    known.set(draftId, { mark, moved: json })
    for (const oldest of known.keys()) {
      if (known.size <= draftsKnownMax) break
      known.delete(oldest)
    }
    return json
  }

  const find = async (draftId: string, meetingId: string): Promise<Uint8Array | undefined> => {
    const moved = await movedIn(draftId)
    if (!moved) return undefined
    // After the letters, so that nobody is missing whose they are.
    const authors = await writersOf(draftId)
    const actorIds = authors.map(({ actorId }) => actorId)
    const rest: Omit<AuthorsView, 'moved'> = { authors, names: await names(meetingId, actorIds) }
    const head = `${JSON.stringify(rest).slice(0, -1)},"moved":`
    return Buffer.concat([Buffer.from(head), moved, Buffer.from('}')])
  }

  return {
    names,
    of: (draftId, meetingId) => {
      const began = clock.now()
      for (const [id, { until }] of told) if (until <= began) told.delete(id)
      const again = told.get(draftId)
      if (again) return again.json
      const json = find(draftId, meetingId)
      const tellFor = (ms: number): void => void told.set(draftId, { until: began + ms, json })
      tellFor(tellAgainMs)
      json.then(
        () => tellFor(Math.max(tellAgainMs, tellAgainTimes * (clock.now() - began))),
        () => told.delete(draftId),
      )
      return json
    },
  }
}
