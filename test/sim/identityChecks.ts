// What must hold of sessions in the end: everybody is who the store says, and whatever ended is over everywhere.
import { isDeepStrictEqual } from 'node:util'
import { type Identity, openIdentity } from '../../server/identity/identity.ts'
import type { Ids } from '../../server/ports.ts'
import type { Schema } from '../../server/store/schema.ts'
import type { Dice } from '../random/dice.ts'
import { cookieOf, type Line } from './door.ts'
import { plainPasswords } from './givenIdentity.ts'
import { beginning } from './machine.ts'
import type { SimNode, Town } from './node.ts'

type SessionRow = Schema['sessions']

/** How long a cookie may be believed where no word came that its session ended. */
export const believedMs = 5_000

/** Everybody is who the store says, at every node and on every line; nothing of what was withdrawn is left. */
export const checkIdentity = async (
  town: Town,
  tokens: readonly string[],
  answerOf: <T>(asked: Promise<T>) => Promise<T>,
): Promise<void> => {
  const { world, nodes, disk } = town
  const until = world.now + believedMs + 1
  await world.run(() => world.now >= until)
  const identity = openAnew(town)
  const rows = disk.rows<SessionRow>('select * from sessions')
  const asked = someOf(world.dice, [...new Set(tokens)]).map(async (token) => ({
    token,
    principal: await identity.fromCookieHeader(cookieOf(token)),
  }))
  const people = await Promise.all(asked)
  for (const node of nodes) {
    for (const { token, principal } of people) {
      const found = await answerOf(node.door.principalOf(token))
      if (!isDeepStrictEqual(found, principal))
        throw new Error(`${node.name} takes ${principal?.sessionId} for ${JSON.stringify(found)}`)
    }
    for (const line of node.door.lines) checkLine(node, line, rows)
  }
  checkCards(town)
  checkSessions(rows, town)
}

/** A node that has just started: it believes nothing but the store. */
/** Asking about every cookie at every node would take as long as the whole meeting. */
const cookiesAsked = 8

const someOf = ({ below }: Dice, all: readonly string[]): readonly string[] => {
  const from = below(Math.max(1, all.length))
  return [...all.slice(from), ...all.slice(0, from)].slice(0, cookiesAsked)
}

const openAnew = (town: Town): Identity => {
  const { disk } = town
  const never = (): never => {
    throw new Error('nothing is made here')
  }
  const ids: Ids = { newId: never, secret: never, code: never }
  return openIdentity({
    store: disk.connect(),
    clock: { now: () => beginning + town.world.now },
    ids,
    bus: { publish: never, hear: never, subscribe: () => () => {}, status: () => 'up', close: never },
    passwords: plainPasswords,
    order: never,
    seatRole: async (meetingId, seatId) => {
      const [node] = town.nodes
      const seat = (await node?.meetings?.state(meetingId))?.seats[seatId]
      return seat ? (seat.role === 'observer' ? 'observer' : 'participant') : null
    },
  })
}

/** A card that works once let one device in, as one session, however often and wherever it was scanned. */
const checkCards = (town: Town): void => {
  const byCard = new Map<string, { device: string; sessionId: string }>()
  for (const { way, principal } of town.signIns) {
    if (way.kind !== 'card') continue
    const here = { device: way.device, sessionId: principal.sessionId }
    const known = byCard.get(way.token)
    if (known && !isDeepStrictEqual(known, here)) throw new Error('a card let two in')
    byCard.set(way.token, here)
  }
}

/** A cookie may have been handed out anew since the line was opened with the one before. */
const checkLine = ({ name }: SimNode, { principal }: Line, rows: readonly SessionRow[]): void => {
  const { sessionId, role } = principal
  const row = rows.find((one) => one.sessionId === sessionId)
  if (!row || row.endedAt !== null || (row.kind === 'waiting') !== (role === 'waiting'))
    throw new Error(`${name} keeps a line of ${sessionId} as ${role}, which is over`)
}

/** Nobody is in who came by what is withdrawn, and one seat sits on one device. */
const checkSessions = (rows: readonly SessionRow[], { disk }: Town): void => {
  const accounts = new Map(
    disk.rows<Schema['accounts']>('select * from accounts').map((row) => [row.accountId, row]),
  )
  const running = rows.filter(({ endedAt }) => endedAt === null)
  const seats = running.flatMap(({ kind, seatId }) => (kind === 'seat' && seatId !== null ? [seatId] : []))
  if (new Set(seats).size !== seats.length) throw new Error('a seat sits on two devices')
  for (const { sessionId, accountId } of running) {
    if (accountId !== null && accounts.get(accountId)?.endedAt !== null)
      throw new Error(`${sessionId} outlives its account`)
  }
  const links = disk.rows<Schema['cards']>('select * from cards where reusable = 1')
  const isAnyGood = links.some(({ withdrawnAt }) => withdrawnAt === null)
  const ofLink = running.filter(({ kind, accountId }) => kind === 'staff' && accountId === null)
  if (!isAnyGood && ofLink.length > 0) throw new Error('a session outlives its link')
}
