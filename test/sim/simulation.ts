// One simulated meeting from a seed: nodes that crash and freeze over one store, people who come and go and order whatever
// through lines that break, and in the end nothing lost, nothing doubled, and one meeting for all. And one draft.
import { createHash } from 'node:crypto'
import { type Step, type Store, step } from '../../server/ports.ts'
import { reasonOf } from '../../shared/kernel/reason.ts'
import type { Actor } from '../../shared/meeting/deciding.ts'
import type { MeetingEvent } from '../../shared/meeting/events.ts'
import { openPoll } from '../../shared/views/polls.ts'
import { checkAnswers, checkCopies, checkPolls, checkRecord, recordIn } from './checks.ts'
import { SimClient } from './client.ts'
import { simulateDraft } from './drafts/simulation.ts'
import { firstPassword, identitySteps, staffRoles } from './givenIdentity.ts'
import { checkIdentity } from './identityChecks.ts'
import { IdentityDesk } from './identityDesk.ts'
import { Ledger } from './ledger.ts'
import { beginning, trouble } from './machine.ts'
import { MatterDesk, matterSteps } from './matterDesk.ts'
import type { MemoryDisk } from './memoryStore.ts'
import { noteHead } from './moments.ts'
import { SimNode, type Town } from './node.ts'
import { begun, nextOrder } from './people.ts'
import { type FaultKind, World } from './world.ts'

const meetingId = 'mt_0001'
/** Time for a few looks into the store and a welcome. */
const restMs = 1_200
/** Long enough for every patience and every look into the store. */
const enoughMs = 60_000

export interface Outcome {
  readonly diary: readonly string[]
  readonly events: ReadonlySet<string>
  readonly faults: ReadonlySet<FaultKind>
  readonly answers: ReadonlySet<string>
}

export const digestOf = ({ diary }: Outcome): string =>
  createHash('sha256').update(diary.join('\n')).digest('hex')

export class Failure extends Error {
  constructor(seed: string, diary: readonly string[], cause: unknown) {
    const said = reasonOf(cause)
    super(`${said}\nnpm run sim -- --seed ${seed} tells it again:\n${diary.join('\n')}`, { cause })
  }
}

/**
 * A meeting, and a draft in a world of its own.
 * @throws Failure
 */
export const simulate = async (seed: string, disk: MemoryDisk): Promise<Outcome> => {
  const play = async <T>(world: World, part: (world: World, disk: MemoryDisk) => Promise<T>): Promise<T> => {
    disk.wipe()
    try {
      return await part(world, disk)
    } catch (fault) {
      throw new Failure(seed, world.diary, fault)
    }
  }
  const met = await play(new World(seed), live)
  const drafting = new World(`${seed} draft`)
  const { deeds } = await play(drafting, simulateDraft)
  return {
    diary: [...met.diary, ...drafting.diary],
    events: new Set([...met.events, ...deeds]),
    faults: new Set([...met.faults, ...drafting.faults]),
    answers: met.answers,
  }
}

const live = async (world: World, disk: MemoryDisk): Promise<Outcome> => {
  const { dice } = world
  const ledger = new Ledger()
  const faults: unknown[] = []
  const town: Town = {
    world,
    disk,
    meetingId,
    nodes: [],
    storeAwayUntil: 0,
    busAwayUntil: 0,
    ids: 0,
    signIns: [],
    onFault: (fault) => faults.push(fault),
    heads: [],
    committed: () => {
      noteHead(town)
      identityDesk.noteEnded()
    },
  }
  const identityDesk = new IdentityDesk(town)
  for (let i = 0; i < 2 + dice.below(2); i += 1) town.nodes.push(new SimNode(town, `node${i}`))
  town.nodes[0]?.start()
  await convene(town, 3 + dice.below(3))
  for (const node of town.nodes.slice(1)) node.start()
  const clients = await peopleOf(town, ledger, identityDesk)
  for (const client of clients) client.connect()
  let left = 25 + dice.below(45)

  const work = (client: SimClient): void => {
    world.after(world.soon(world.orderEveryMs), () => {
      if (left <= 0) return
      if (client.followed && !client.pending && client.isLive) {
        left -= 1
        client.give(nextOrder(client.followed.state, client.actor, dice, left < 8))
      }
      // Whose line breaks each time before it is opened orders nothing: a meeting that stands still finds nothing either.
      const mayBreak = client.isLive || dice.oneIn(4)
      if (mayBreak && world.strikes('lineBroken', 60, client.name)) client.connect()
      work(client)
    })
  }
  for (const client of clients) work(client)
  const desk = new MatterDesk(town)
  desk.work()
  identityDesk.work(clients)
  trouble(town)
  await world.run(() => left <= 0 || world.now > enoughMs)
  if (left > 0) throw new Error(`the meeting stood still with ${left} orders left`)

  await comeToRest(town, clients)
  await desk.sendAgain((asked) => world.untilKept(asked))
  const states = checkRecord(town)
  const state = states.at(-1)
  if (!state) throw new Error('there is no record')
  checkAnswers(town, ledger, states)
  checkPolls(town, ledger, state)
  const events = recordIn(disk, meetingId)
  const ofMatter = desk.check(events)
  await checkCopies(town, clients, state, events.length, (asked) => world.untilKept(asked))
  await checkIdentity(town, identityDesk.tokens(), (asked) => world.untilKept(asked))
  const bugs = faults.filter((fault) => !(fault instanceof Error && /\bstore\b/.test(fault.message)))
  if (bugs.length > 0) throw bugs[0]
  return {
    diary: world.diary,
    events: new Set([...events.flatMap(({ event }) => kindsOf(event)), ...ofMatter, ...identityDesk.deeds]),
    faults: world.faults,
    answers: new Set(
      [...ledger.entries.values()].map(({ answer }) => (answer.ok ? 'accepted' : answer.refusal.code)),
    ),
  }
}

/** An event's type, and of a poll what is special about it. */
const kindsOf = (event: MeetingEvent): string[] => {
  if (event.type !== 'pollOpened') return [event.type]
  const isWeighed = event.electors.some(({ weight = 1 }) => weight !== 1)
  return [
    event.type,
    ...(isWeighed ? ['pollOpened weighed'] : []),
    ...(event.link ? ['pollOpened link'] : []),
  ]
}

const convene = async (town: Town, seats: number): Promise<void> => {
  const { world, nodes } = town
  world.isRough = false
  const events = begun(meetingId, beginning, seats, world.dice)
  const [node] = nodes
  const store = town.disk.connect()
  const steps = [
    ...householdRows(store, events),
    ...matterSteps(store, world.dice),
    ...identitySteps(store, meetingId, beginning),
  ]
  const asked = node?.meetings?.convene({
    meetingId,
    by: 'ac_facilitator',
    commandId: 'convening',
    events,
    steps,
  })
  const convened = await world.untilKept(asked ?? Promise.reject(new Error('no node')))
  if (!convened.ok) throw new Error('the meeting was not convened')
  world.isRough = true
}

/** One household sits in every seat, so that somebody of it may sit in for somebody else. */
const householdRows = ({ db }: Store, events: readonly MeetingEvent[]): Step[] => {
  const person = {
    personId: 'pe_0001',
    unitId: 'un_0001',
    name: '甲',
    partyId: '',
    bodyRole: '',
    household: 'hh',
    phone: '',
  }
  const rows = events
    .flatMap((event) => (event.type === 'seatsAdded' ? event.seats : []))
    .map(({ seatId }) => ({ meetingId, seatId, personId: null, name: '乙', household: 'hh' }))
  return [
    step(
      db.insertInto('people').values({ ...person, households: 1, weight: 1, createdAt: 0, removedAt: null }),
    ),
    step(db.insertInto('seatNames').values(rows)),
  ]
}

/** The secretary comes first, and stays. */
const peopleOf = async (town: Town, ledger: Ledger, desk: IdentityDesk): Promise<SimClient[]> => {
  const { world, nodes } = town
  const seatIds = recordIn(town.disk, meetingId).flatMap(({ event }) =>
    event.type === 'seatsAdded' ? event.seats.map(({ seatId }) => seatId) : [],
  )
  world.isRough = false
  const issuing = nodes[0]?.identity?.issueCards(meetingId, seatIds)
  const cards = await world.untilKept(issuing ?? Promise.reject(new Error('no node')))
  world.isRough = true
  const staff = staffRoles.map((role) => {
    const way = { kind: 'account', login: role, password: firstPassword } as const
    return new SimClient(town, ledger, { actorId: `ac_${role}`, role, seatId: null }, way, desk.help)
  })
  const voters = cards.map(({ seatId, token }) => {
    const actor: Actor = { actorId: seatId ?? '', role: 'participant', seatId }
    return new SimClient(town, ledger, actor, { kind: 'card', token, device: desk.newDevice() }, desk.help)
  })
  return [...staff, ...voters]
}

/** Nothing goes wrong any more: what is on its way arrives, the open poll is closed, and everybody hears the last event. */
const comeToRest = async (town: Town, clients: readonly SimClient[]): Promise<void> => {
  const { world, nodes } = town
  world.isRough = false
  world.note('from here on all is well')
  for (const node of nodes) if (!node.isUp) node.start()
  const [chair] = clients
  if (!chair) throw new Error('nobody is there')
  const settle = async (client: SimClient): Promise<void> => {
    const until = world.now + enoughMs
    await world.run(() => (client.isLive && !client.pending) || world.now > until)
    if (!client.isLive || client.pending) throw new Error(`${client.name} was never answered`)
  }
  for (const client of clients) await settle(client)
  const give = async (order: Parameters<SimClient['give']>[0]): Promise<void> => {
    chair.give(order)
    await settle(chair)
    await rest(world)
  }
  await rest(world)
  const poll = chair.followed && openPoll(chair.followed.state)
  if (poll) await give({ type: 'closePoll', pollId: poll.pollId })
  const still = chair.followed && openPoll(chair.followed.state)
  if (still) await give({ type: 'cancelPoll', pollId: still.pollId, reason: '' })
  await give({ type: 'setScene', scene: 'welcome' })
  await give({ type: 'setScene', scene: 'agenda' })
}

/** Time for hints, looks and welcomes to go round. */
const rest = (world: World): Promise<void> => {
  const until = world.now + restMs
  return world.run(() => world.now >= until)
}
