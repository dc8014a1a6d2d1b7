// One simulated meeting from a seed: nodes that crash and freeze over one store, people who order whatever through
// lines that break, and in the end nothing lost, nothing doubled, and one meeting for all.
import { createHash } from 'node:crypto'
import { type Step, type Store, step } from '../../server/ports.ts'
import type { Actor } from '../../shared/meeting/deciding.ts'
import type { MeetingEvent } from '../../shared/meeting/events.ts'
import { openPoll } from '../../shared/views/polls.ts'
import { checkAnswers, checkCopies, checkPolls, checkRecord, recordIn } from './checks.ts'
import { SimClient } from './client.ts'
import { Ledger } from './ledger.ts'
import { MatterDesk, matterSteps } from './matterDesk.ts'
import type { MemoryDisk } from './memoryStore.ts'
import { beginning, SimNode, type Town } from './node.ts'
import { begun, nextOrder } from './people.ts'
import { type FaultKind, World } from './world.ts'

const meetingId = 'mt_0001'
const troubleEveryMs = 120
const startedAgainMs = 300
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
    const said = cause instanceof Error ? cause.message : String(cause)
    super(`${said}\nnpm run sim -- --seed ${seed} tells it again:\n${diary.join('\n')}`, { cause })
  }
}

/** @throws Failure */
export const simulate = async (seed: string, disk: MemoryDisk): Promise<Outcome> => {
  const world = new World(seed)
  disk.wipe()
  try {
    return await live(world, disk)
  } catch (fault) {
    throw new Failure(seed, world.diary, fault)
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
    onFault: (fault) => faults.push(fault),
  }
  for (let i = 0; i < 2 + dice.below(2); i += 1) town.nodes.push(new SimNode(town, `node${i}`))
  town.nodes[0]?.start()
  await convene(town, 3 + dice.below(3))
  for (const node of town.nodes.slice(1)) node.start()
  const clients = peopleOf(town, ledger)
  for (const client of clients) client.connect()
  let left = 25 + dice.below(45)

  const work = (client: SimClient): void => {
    world.after(world.soon(world.orderEveryMs), () => {
      if (left <= 0) return
      if (client.followed && !client.pending && client.isLive) {
        left -= 1
        client.give(nextOrder(client.followed.state, client.actor, dice, left < 8))
      }
      if (world.strikes('lineBroken', 60, client.name)) client.connect()
      work(client)
    })
  }
  for (const client of clients) work(client)
  const desk = new MatterDesk(town)
  desk.work()
  trouble(town)
  await world.run(() => left <= 0 || world.now > enoughMs)
  if (left > 0) throw new Error(`the meeting stood still with ${left} orders left`)

  await comeToRest(town, clients)
  await desk.sendAgain((asked) => waitFor(world, asked))
  const state = checkRecord(town)
  checkAnswers(town, ledger)
  checkPolls(town, ledger, state)
  const events = recordIn(disk, meetingId)
  const ofMatter = desk.check(events)
  await checkCopies(town, clients, state, events.length, (asked) => waitFor(world, asked))
  const bugs = faults.filter((fault) => !(fault instanceof Error && /\bstore\b/.test(fault.message)))
  if (bugs.length > 0) throw bugs[0]
  return {
    diary: world.diary,
    events: new Set([...events.flatMap(({ event }) => kindsOf(event)), ...ofMatter]),
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

/** Lets the world run until a promise of one of its nodes is kept. */
const waitFor = async <T>(world: World, asked: Promise<T>): Promise<T> => {
  let isDone = false
  const until = world.now + enoughMs
  const noticed = asked.finally(() => {
    isDone = true
  })
  noticed.catch(() => {})
  await world.run(() => isDone || world.now > until)
  if (!isDone) throw new Error('a node does not answer')
  return noticed
}

const convene = async (town: Town, seats: number): Promise<void> => {
  const { world, nodes } = town
  world.isRough = false
  const events = begun(meetingId, beginning, seats, world.dice)
  const [node] = nodes
  const store = town.disk.connect()
  const steps = [...householdRows(store, events), ...matterSteps(store, world.dice)]
  const asked = node?.meetings?.convene({
    meetingId,
    by: 'ac_facilitator',
    commandId: 'convening',
    events,
    steps,
  })
  const convened = await waitFor(world, asked ?? Promise.reject(new Error('no node')))
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

const peopleOf = (town: Town, ledger: Ledger): SimClient[] => {
  const staff: Actor[] = [
    { actorId: 'ac_facilitator', role: 'facilitator', seatId: null },
    { actorId: 'ac_secretary', role: 'secretary', seatId: null },
    { actorId: 'ac_clerk', role: 'clerk', seatId: null },
  ]
  const seats = recordIn(town.disk, meetingId).flatMap(({ event }) =>
    event.type === 'seatsAdded' ? event.seats : [],
  )
  const voters: Actor[] = seats.map(({ seatId }) => ({ actorId: seatId, role: 'participant', seatId }))
  return [...staff, ...voters].map((actor) => new SimClient(town, ledger, actor))
}

/** Crashes, frozen nodes, the store and the bus away for a while. */
const trouble = (town: Town): void => {
  const { world, nodes } = town
  const { dice } = world
  world.after(world.soon(troubleEveryMs), () => {
    if (!world.isRough) return
    const node = dice.pick(nodes)
    if (node?.isUp && world.strikes('nodeCrashed', 12, node.name)) {
      node.crash()
      world.after(world.soon(startedAgainMs), () => {
        if (!node.isUp) node.start()
      })
    }
    if (node?.isUp && world.strikes('nodeFrozen', 12, node.name)) node.freeze(world.soon(2_000))
    if (world.strikes('storeAway', 25)) town.storeAwayUntil = world.now + world.soon(400)
    if (world.strikes('busAway', 25)) town.busAwayUntil = world.now + world.soon(1_500)
    trouble(town)
  })
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
