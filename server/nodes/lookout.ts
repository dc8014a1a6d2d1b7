// Finds in the store what the bus should have told and may not have: sessions that ended, ballots cast, people at the
// door, names changed. It looks only after what is live on this node, and tells this node alone.
import { type RawBuilder, sql } from 'kysely'
import type { Principal } from '../identity/principal.ts'
import type { Bus, BusMessage, Store } from '../ports.ts'
import { openRounds, type Rounds } from './rounds.ts'

/** A line of the live door: the principal it was opened as, and the meeting it is in. */
interface Line {
  readonly principal: Pick<Principal, 'sessionId' | 'role' | 'meetingId'>
  readonly meetingId: string | null
}

export interface Watched {
  lines(): readonly Line[]
  /** Sessions with other lines here. */
  sessions(): readonly string[]
  openPoll(meetingId: string): Promise<string | null>
}

/** What a session stands for, as far as a change of it means a new line. */
const asOf = ({ role, meetingId }: Line['principal']): string =>
  `${role === 'waiting' ? 'waiting ' : ''}${meetingId ?? ''}`
const storedAs = sql<string>`case when s."kind" = 'waiting' then 'waiting ' else '' end || coalesce(s."meetingId", '')`

const changedSessions = async ({ db }: Store, watched: Watched): Promise<string[]> => {
  const lines = watched.lines()
  const others = watched.sessions()
  const ids = [...lines.map(({ principal }) => principal.sessionId), ...others]
  const as = [...lines.map(({ principal }) => asOf(principal)), ...others.map(() => null)]
  if (ids.length === 0) return []
  const { rows } = await sql<{ sessionId: string }>`
    select distinct w.id as "sessionId" from unnest(${ids}::text[], ${as}::text[]) as w(id, "as")
    left join "sessions" as s on s."sessionId" = w.id
    where s."sessionId" is null or s."endedAt" is not null or ${storedAs} <> w."as"`.execute(db)
  return rows.map(({ sessionId }) => sessionId)
}

/** Prints differ when what they were taken of differs. */
type Prints = readonly { readonly id: string; readonly print: string }[]

const printsOf = async (
  { db }: Store,
  ids: readonly string[],
  print: RawBuilder<string>,
): Promise<Prints> => {
  if (ids.length === 0) return []
  const { rows } = await sql<{ id: string; print: string }>`
    select w.id, ${print} as print from unnest(${ids}::text[]) as w(id)`.execute(db)
  return rows
}

const pollPrint = sql<string>`concat_ws(' ',
  (select concat_ws(' ', count(*), sum(b."castAt")) from "ballots" as b where b."pollId" = w.id),
  (select concat_ws(' ', count(*), sum(h."hands"), sum(h."countedAt")) from "handCounts" as h where h."pollId" = w.id),
  (select concat_ws(' ', count(*), sum(p."enteredAt")) from "paperSheets" as p where p."pollId" = w.id))`

const deskPrint = sql<string>`(select concat_ws(' ', count(*), count(*) filter (where d."state" = 'open'))
  from "deskEntries" as d where d."meetingId" = w.id)`

const namesPrint = sql<string>`(select concat_ws(' ', count(*), sum(hashtext(concat_ws('|', n."seatId", n."name", n."household"))))
  from "seatNames" as n where n."meetingId" = w.id)`

const commentsPrint = sql<string>`(select concat_ws(' ', count(*), sum(c."changedAt"))
  from "comments" as c where c."draftId" = w.id)`

const versionsPrint = sql<string>`(select count(*)::text from "versions" as v where v."draftId" = w.id)`

const draftsOf = async ({ db }: Store, meetings: readonly string[]) =>
  meetings.length === 0
    ? []
    : db
        .selectFrom('drafts')
        .select(['draftId', 'meetingId'])
        .where('meetingId', 'in', [...meetings])
        .execute()

/** Calls for what has another print than at the last look, and forgets what is no longer looked at. */
const openPrints = (tell: (id: string) => void) => {
  let known = new Map<string, string>()
  return (prints: Prints): void => {
    for (const { id, print } of prints) if (known.get(id) !== print) tell(id)
    known = new Map(prints.map(({ id, print }) => [id, print]))
  }
}

export const openLookout = (store: Store, bus: Bus, watched: Watched): Rounds => {
  const meetingOf = new Map<string, string>()
  const seePolls = openPrints((pollId) =>
    bus.hear({ kind: 'ballots', meetingId: meetingOf.get(pollId) ?? '', pollId }),
  )
  const seeOf = (kind: 'desk' | 'names') =>
    openPrints((meetingId) => bus.hear({ kind, meetingId } satisfies BusMessage))
  const [seeDesks, seeNames] = [seeOf('desk'), seeOf('names')]
  const meetingOfDraft = new Map<string, string>()
  const seeNewsOf = (about: 'comments' | 'versions') =>
    openPrints((draftId) =>
      bus.hear({ kind: 'draftNews', meetingId: meetingOfDraft.get(draftId) ?? '', draftId, about }),
    )
  const [seeComments, seeVersions] = [seeNewsOf('comments'), seeNewsOf('versions')]

  return openRounds(store, bus, async () => {
    for (const sessionId of await changedSessions(store, watched)) {
      bus.hear({ kind: 'sessionEnded', sessionId })
    }
    const meetings = [...new Set(watched.lines().flatMap(({ meetingId }) => meetingId ?? []))]
    meetingOf.clear()
    for (const meetingId of meetings) {
      const pollId = await watched.openPoll(meetingId)
      if (pollId !== null) meetingOf.set(pollId, meetingId)
    }
    seePolls(await printsOf(store, [...meetingOf.keys()], pollPrint))
    seeDesks(await printsOf(store, meetings, deskPrint))
    seeNames(await printsOf(store, meetings, namesPrint))
    meetingOfDraft.clear()
    for (const { draftId, meetingId } of await draftsOf(store, meetings)) {
      if (meetingId !== null) meetingOfDraft.set(draftId, meetingId)
    }
    const drafts = [...meetingOfDraft.keys()]
    seeComments(await printsOf(store, drafts, commentsPrint))
    seeVersions(await printsOf(store, drafts, versionsPrint))
  })
}
