// One simulated draft from a seed: several nodes write its log at once, crash, freeze and miss each other's hints, while
// people write through lines that break. In the end all hold one text, nothing is lost, and nobody saw anything early.
import * as Y from 'yjs'
import { loadDraft } from '../../../server/drafts/load.ts'
import { readDraft } from '../../../server/drafts/log.ts'
import type { Schema } from '../../../server/store/schema.ts'
import { syncMessage } from '../../../shared/drafts/wire.ts'
import { trouble } from '../machine.ts'
import type { MemoryDisk } from '../memoryStore.ts'
import type { World } from '../world.ts'
import { DraftNode } from './node.ts'
import { DraftTown, draftId } from './town.ts'
import { syncPayload, Writer } from './writer.ts'

const deedEveryMs = 200
const enoughMs = 60_000
/** Beyond every patience, every look into the store and every letting go. */
const restMs = 3_000
const stolen = 'STOLEN'

export const simulateDraft = async (world: World, disk: MemoryDisk): Promise<DraftTown> => {
  const { dice } = world
  const town = new DraftTown(world, disk)
  await town.found()
  for (let i = 0; i < 2 + dice.below(2); i += 1) town.nodes.push(new DraftNode(town, `node${i}`))
  for (const node of town.nodes) node.start()
  const writers = Array.from({ length: 2 + dice.below(3) }, (_, i) => new Writer(town, `st_000${i}`))
  for (const writer of writers) writer.connect()
  let left = 15 + dice.below(35)
  const work = (writer: Writer): void =>
    world.after(world.soon(4 * world.orderEveryMs), () => {
      if (left <= 0) return
      left -= 1
      write(town, writer)
      work(writer)
    })
  for (const writer of writers) work(writer)
  const doMore = (): void =>
    world.after(world.soon(deedEveryMs), () => {
      if (!world.isRough) return
      const writer = dice.pick(writers)
      if (writer) dice.of(freeze, reload, steal)(town, writer)
      doMore()
    })
  doMore()
  trouble(town)
  await world.run(() => left <= 0 || world.now > enoughMs)
  await comeTogether(town, writers)
  await check(town, writers)
  if (town.faults.length > 0) throw town.faults[0]
  return town
}

/** Letters typed in a row, pastes, deletions; now and then the line breaks. */
const write = ({ world }: DraftTown, writer: Writer): void => {
  const { dice } = world
  const { text, doc } = writer
  const at = dice.below(text.length + 1)
  const what = dice.of('type', 'type', 'paste', 'delete', 'replace')
  world.note(`${writer.owner} ${what} at ${at}`)
  if (what === 'type')
    for (let i = 0; i < 1 + dice.below(4); i += 1) text.insert(at + i, dice.of('a', '村', '里'))
  if (what === 'paste') text.insert(at, '停车场共设车位六十个。')
  const some = Math.min(1 + dice.below(4), text.length - at)
  if (what === 'delete') text.delete(at, some)
  if (what === 'replace')
    doc.transact(() => {
      text.delete(at, some)
      text.insert(at, '改')
    })
  if (world.strikes('lineBroken', 20, writer.owner)) writer.connect()
}

/** What a poll would freeze holds everything that was committed by then. */
const freeze = ({ world, nodes, truth, faults, deeds }: DraftTown): void => {
  const node = world.dice.pick(nodes.filter(({ isUp }) => isUp))
  node?.on(0, () => {
    const then = new Map(truth.clocks)
    node.updates().then(
      (updates) => {
        const doc = docOf(updates)
        for (const [client, clock] of then)
          if (Y.getState(doc.store, client) < clock)
            faults.push(new Error(`${node.name} froze an older text`))
        deeds.add('draftFrozen')
      },
      // The store was away.
      () => {},
    )
  })
}

const reload = ({ world, deeds }: DraftTown, writer: Writer): void => {
  if (!writer.isLive || !world.dice.oneIn(3)) return
  world.note(`${writer.owner} reloads`)
  deeds.add('pageReloaded')
  writer.reload()
}

/** Somebody goes on writing under another's client id, which is known to be theirs. */
const steal = ({ world, nodes, deeds }: DraftTown, { doc: { clientID }, doc, saved }: Writer): void => {
  if ((saved.get(clientID) ?? 0) === 0) return
  const copy = docOf([Y.encodeStateAsUpdate(doc)])
  const before = Y.encodeStateVector(copy)
  copy.clientID = clientID
  copy.getText('t').insert(0, stolen)
  const payload = syncPayload(syncMessage.step2, Y.encodeStateAsUpdate(copy, before))
  const node = world.dice.pick(nodes.filter(({ isUp }) => isUp))
  node?.on(world.soon(10), () => {
    const closed = (reason: string | undefined): void => {
      if (reason === 'clientTaken') deeds.add('clientIdStolen')
    }
    node.enter('st_thief', { message: () => {}, closed }).then(
      (entered) => entered?.line.receive(payload),
      () => {},
    )
  })
}

const comeTogether = async (town: DraftTown, writers: readonly Writer[]): Promise<void> => {
  const { world, nodes, truth } = town
  world.isRough = false
  world.note('from here on all is well')
  for (const node of nodes) if (!node.isUp) node.start()
  const rest = world.now + restMs
  await world.run(() => world.now >= rest)
  for (const writer of writers) if (!writer.isLive) writer.connect()
  const until = world.now + enoughMs
  const isDone = (): boolean =>
    writers.every(
      ({ isLive, doc }) => isLive && isSame(Y.decodeStateVector(Y.encodeStateVector(doc)), truth.clocks),
    )
  await world.run(() => isDone() || world.now > until)
}

const isSame = (held: ReadonlyMap<number, number>, all: ReadonlyMap<number, number>): boolean =>
  held.size === all.size && [...all].every(([client, clock]) => held.get(client) === clock)

const docOf = (updates: readonly Uint8Array[]): Y.Doc => {
  const doc = new Y.Doc({ gc: false })
  for (const update of updates) Y.applyUpdate(doc, update)
  return doc
}

const check = async (town: DraftTown, writers: readonly Writer[]): Promise<void> => {
  const { disk, nodes, truth, world } = town
  const fail = (problem: string): never => {
    throw new Error(problem)
  }
  const stored = loadDraft(await readDraft(disk.connect(), draftId))
  if (stored.strayRows.length > 0) fail('rows do not follow')
  if (!isSame(stored.holdings.clocks, truth.clocks)) fail('the store has forgotten what it acknowledged')
  const words = docOf([
    ...(stored.history.base ? [stored.history.base.bytes] : []),
    ...stored.history.tail.map(({ packet }) => packet.bytes),
  ])
    .getText('t')
    .toString()
  if (words.includes(stolen)) fail('somebody wrote under the client id of another')
  for (const writer of writers) {
    const { owner, doc, text, saved, dismissed, isLive } = writer
    if (dismissed) fail(`${owner} was sent away: ${dismissed}`)
    if (!isLive) fail(`${owner} did not come in`)
    if (text.toString() !== words) fail(`${owner} sees ${text.toString()} instead of ${words}`)
    if (doc.store.pendingStructs !== null) fail(`${owner} waits for what never comes`)
    for (const [client, clock] of saved)
      if ((truth.clocks.get(client) ?? 0) < clock) fail(`${owner} was told that it is saved, and it is lost`)
    if ((truth.clocks.get(doc.clientID) ?? 0) < Y.getState(doc.store, doc.clientID))
      fail(`${owner} is not saved`)
  }
  for (const node of nodes) {
    let held: readonly Uint8Array[] | undefined
    const asked = node.updates().then((updates) => {
      held = updates
    })
    const until = world.now + enoughMs
    await world.run(() => held !== undefined || world.now > until)
    await asked
    const doc = docOf(held ?? [])
    if (doc.getText('t').toString() !== words) fail(`${node.name} holds another text`)
    if (!isSame(Y.decodeStateVector(Y.encodeStateVector(doc)), truth.clocks))
      fail(`${node.name} holds other edits`)
  }
  checkOwners(town, writers, fail)
}

/** Each client id is of the one who wrote under it. */
const checkOwners = (
  { disk, truth }: DraftTown,
  writers: readonly Writer[],
  fail: (problem: string) => never,
): void => {
  const rows = disk.rows<Schema['draftClients']>('select * from "draftClients"')
  const owners = new Map(rows.map(({ clientId, owner }) => [clientId, owner]))
  for (const client of truth.clocks.keys()) if (!owners.has(client)) fail(`nobody wrote under ${client}`)
  for (const { owner, doc, saved } of writers)
    for (const client of [doc.clientID, ...saved.keys()]) {
      const known = owners.get(client)
      if (known !== undefined && known !== owner) fail(`${client} of ${owner} has become ${known}'s`)
    }
}
