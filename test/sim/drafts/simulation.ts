// One simulated draft and an amendment of it from a seed: several nodes write their logs at once, crash, freeze and miss
// each other's hints, while people write through lines that break. In the end all hold one text, nothing is lost, and
// nobody saw anything early.
import * as Y from 'yjs'
import { syncMessage } from '../../../shared/drafts/wire.ts'
import { trouble } from '../machine.ts'
import type { MemoryDisk } from '../memoryStore.ts'
import type { World } from '../world.ts'
import { Amendment } from './amendment.ts'
import { checkAdopted, checkDraft, stolen } from './checks.ts'
import { clocksOf, docOf, isSame, isWithin } from './docs.ts'
import { DraftNode } from './node.ts'
import { baseId, DraftTown, forkId } from './town.ts'
import { syncPayload, Writer } from './writer.ts'

const deedEveryMs = 200
const enoughMs = 60_000
/** Longer than a machine stands still. */
const restMs = 2_200
/** Time for deletions, which no clock counts, to go round. */
const quietMs = 500

export const simulateDraft = async (world: World, disk: MemoryDisk): Promise<DraftTown> => {
  const { dice } = world
  const town = new DraftTown(world, disk)
  await town.found()
  for (let i = 0; i < 2 + dice.below(2); i += 1) town.nodes.push(new DraftNode(town, `node${i}`))
  for (const node of town.nodes) node.start()
  const writers: Writer[] = []
  let left = 15 + dice.below(35)
  const work = (writer: Writer): void =>
    world.after(world.soon(4 * world.orderEveryMs), () => {
      if (left <= 0) return
      left -= 1
      write(town, writer)
      work(writer)
    })
  const sit = (draftId: string): void => {
    const writer = new Writer(town, draftId, `st_000${writers.length}`)
    writers.push(writer)
    writer.connect()
    work(writer)
  }
  for (let i = 2 + dice.below(3); i > 0; i -= 1) sit(baseId)
  const amendment = new Amendment(town, () => {
    for (let i = 0; i < 2; i += 1) sit(forkId)
  })
  if (dice.oneIn(2)) amendment.begin()
  doMore(town, writers)
  trouble(town)
  await world.run(() => left <= 0 || world.now > enoughMs)
  await comeTogether(town, writers)
  for (const draftId of new Set(writers.map((writer) => writer.draftId)))
    await checkDraft(
      town,
      draftId,
      writers.filter((writer) => writer.draftId === draftId),
      (asked) => world.untilKept(asked),
    )
  if (amendment.adopted) checkAdopted(town, baseId, amendment.adopted)
  if (town.faults.length > 0) throw town.faults[0]
  return town
}

const doMore = (town: DraftTown, writers: readonly Writer[]): void => {
  const { world } = town
  world.after(world.soon(deedEveryMs), () => {
    if (!world.isRough) return
    const writer = world.dice.pick(writers)
    if (writer) world.dice.of(freeze, reload, steal)(town, writer)
    doMore(town, writers)
  })
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
const freeze = (town: DraftTown, { draftId }: Writer): void => {
  const { world, nodes, faults, deeds } = town
  const node = world.dice.pick(nodes.filter(({ isUp }) => isUp))
  node?.on(0, () => {
    const then = new Map(town.truthOf(draftId).clocks)
    node.updates(draftId).then(
      (updates) => {
        if (!isWithin(then, clocksOf(docOf(updates))))
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
const steal = ({ world, nodes, deeds }: DraftTown, { doc, draftId, saved }: Writer): void => {
  const { clientID } = doc
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
    node.enter(draftId, 'st_thief', { message: () => {}, closed }).then(
      (entered) => entered?.line.receive(payload),
      () => {},
    )
  })
}

/** Nothing goes wrong any more: everybody comes back, and what was adopted is merged. */
const comeTogether = async (town: DraftTown, writers: readonly Writer[]): Promise<void> => {
  const { world, nodes } = town
  world.isRough = false
  world.note('from here on all is well')
  for (const node of nodes) if (!node.isUp) node.start()
  await rest(world, restMs)
  for (const { forks } of nodes) if (forks) await world.untilKept(forks.finishAll())
  for (const writer of writers) if (!writer.isLive) writer.connect()
  const until = world.now + enoughMs
  const isDone = (): boolean =>
    writers.every(({ isLive, doc, draftId }) => isLive && isSame(clocksOf(doc), town.truthOf(draftId).clocks))
  await world.run(() => isDone() || world.now > until)
  await rest(world, quietMs)
}

const rest = (world: World, ms: number): Promise<void> => {
  const until = world.now + ms
  return world.run(() => world.now >= until)
}
