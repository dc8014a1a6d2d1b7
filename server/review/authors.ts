// Who wrote what: every letter of a draft carries the client id it was typed under, and the hall knows whose that is
// since it first let it in. Nobody's word is needed for it.
import type { Names } from '../../shared/wire/live.ts'
import type { Store } from '../ports.ts'

export interface Author {
  readonly actorId: string
  /** Yjs client ids. */
  readonly clients: readonly number[]
}

export interface Authors {
  of(draftId: string): Promise<readonly Author[]>
  /** Names of seats and of accounts; whoever came by a link has none. */
  names(meetingId: string, actorIds: Iterable<string>): Promise<Readonly<Record<string, string>>>
}

export const openAuthors = ({ db }: Store, seatNames: (meetingId: string) => Promise<Names>): Authors => ({
  of: async (draftId) => {
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
  },
  names: async (meetingId, actorIds) => {
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
    const known = accounts.map(({ accountId, name }) => [accountId, name] as const)
    for (const actorId of wanted) {
      const seat = seats[actorId]
      if (seat) known.push([actorId, seat.name])
    }
    return Object.fromEntries(known)
  },
})
