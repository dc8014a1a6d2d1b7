// One meeting's stream: orders are decided one by one on the newest state, committed many together, and answered
// only after the commit. Memory is a copy of the record: whenever in doubt it is dropped and folded again.
import { hash } from 'node:crypto'
import { sql } from 'kysely'
import { limits } from '../../shared/kernel/limits.ts'
import { accept, type Result, refuse } from '../../shared/kernel/result.ts'
import type { Command } from '../../shared/meeting/commands.ts'
import type { Actor, Context } from '../../shared/meeting/deciding.ts'
import { decide, evolve } from '../../shared/meeting/meeting.ts'
import { inOneGo } from '../../shared/meeting/oneGo.ts'
import { mayOrder } from '../../shared/meeting/roles.ts'
import type { MeetingState } from '../../shared/meeting/state.ts'
import { firstHash } from '../../shared/record/chain.ts'
import type { Done } from '../../shared/wire/live.ts'
import type { Fetched } from '../amendments/facts.ts'
import type { Clock, Step, Store } from '../ports.ts'
import { reading } from '../statement.ts'
import { type Chained, chain, recordedOf } from './encode.ts'
import { projectionSteps } from './projections.ts'
import { answerStep, eventSteps } from './steps.ts'

export interface Envelope {
  readonly commandId: string
  readonly command: Command
}

export interface StreamDeps {
  readonly store: Store
  readonly clock: Clock
  readonly newId: Context['newId']
  /** Fetches what only the store knows; `undefined` where the order needs nothing. */
  readonly factsFor: (state: MeetingState, command: Command, by: Actor) => Promise<Fetched> | undefined
  /** `isOwn`: appended by this stream, and not read from what another node appended. */
  readonly onAppended: (events: readonly Chained[], state: MeetingState, isOwn: boolean) => void
  readonly onFault: (fault: unknown) => void
}

interface Memory {
  readonly state: MeetingState | null
  readonly seq: number
  readonly hash: string
  readonly lastAt: number
}

interface Pending extends Envelope {
  readonly actor: Actor
  readonly bodyHash: string
  readonly answer: (result: Result<Done>) => void
}

interface Planned {
  readonly events: Chained[]
  readonly steps: Step[]
  readonly memory: Memory
  readonly answers: { pending: Pending; result: Result<Done> }[]
}

const attemptsMax = 6
/** So many events are read at once: a long record in a few readings, and never all of it beside its state. */
const eventsPerReading = 5_000
const answersKept = 2_000

export interface Stream {
  order(actor: Actor, envelope: Envelope): Promise<Result<Done>>
  /** Folds what the store holds beyond memory; resolves with the newest memory. */
  fresh(): Promise<Memory>
  /** The memory as it is, loading it if there is none. */
  current(): Promise<Memory>
  answered(actor: Actor, envelope: Envelope): Promise<Result<Done> | undefined>
  readonly busy: boolean
}

/** The same for the same order: the schema that let it in has put its fields in their order. */
export const bodyHashOf = (actor: Actor, command: Command): string =>
  hash('sha256', JSON.stringify([actor.actorId, command]))

const eventsAfter = reading(['stream', 'seq'], ({ db }, { stream, seq }: { stream: string; seq: number }) =>
  db
    .selectFrom('events')
    .selectAll()
    .where('stream', '=', stream)
    .where('seq', '>', seq)
    .orderBy('seq')
    // In the text: SQLite plans a statement anew whenever another value is bound to its limit.
    .limit(sql.lit(eventsPerReading)),
)

const answerTo = reading(
  ['stream', 'commandId'],
  ({ db }, { stream, commandId }: { stream: string; commandId: string }) =>
    db
      .selectFrom('commands')
      .select(['commandId', 'bodyHash', 'answer'])
      .where('stream', '=', stream)
      .where('commandId', '=', commandId),
)

const answersTo = (store: Store, stream: string, commandIds: readonly string[]) => {
  const [commandId] = commandIds
  // Mostly an order comes alone.
  if (commandId !== undefined && commandIds.length === 1) return answerTo(store, { stream, commandId })
  return store.db
    .selectFrom('commands')
    .select(['commandId', 'bodyHash', 'answer'])
    .where('stream', '=', stream)
    .where('commandId', 'in', commandIds)
    .execute()
}

export const openStream = (stream: string, deps: StreamDeps): Stream => {
  const { store, clock } = deps
  let memory: Memory | null = null
  let loading: Promise<Memory> | null = null
  let running = false
  /** The last event that was told: a commit and a reading of the store may both come upon the same one. */
  let told = -1
  const queue: Pending[] = []
  const answers = new Map<string, { bodyHash: string; result: Result<Done> }>()

  const empty: Memory = { state: null, seq: 0, hash: firstHash(stream), lastAt: 0 }

  const tell = (events: readonly Chained[], state: MeetingState, isOwn: boolean): void => {
    const news = events.filter(({ seq }) => seq > told)
    const last = news.at(-1)
    if (!last) return
    told = last.seq
    deps.onAppended(news, state, isOwn)
  }

  /** Memory never goes back: whatever a reading or a commit began with, the other may have been quicker. */
  const keepNewer = (next: Memory): Memory => {
    if (!memory || memory.seq < next.seq) memory = next
    return memory
  }

  const readOn = async (from: Memory): Promise<{ next: Memory; news: readonly Chained[] }> => {
    let next = from
    const news: Chained[] = []
    let isAgain = false
    for (;;) {
      const rows = await eventsAfter(store, { stream, seq: next.seq })
      const events = rows.map(recordedOf)
      const before = next
      next = inOneGo(() => events.reduce(advance, before))
      if (told >= 0) news.push(...events.filter(({ seq }) => seq > told))
      if (rows.length === eventsPerReading) continue
      // Memory may have been dropped while this was read, and more been told before that than was read.
      if (memory || next.seq >= told) return { next, news }
      if (isAgain) throw new Error(`the store has lost events of ${stream} that were told`)
      isAgain = true
    }
  }

  const refold = (from: Memory): Promise<Memory> => {
    loading ??= readOn(from)
      .then(({ next, news }) => {
        if (told < 0) told = next.seq
        const kept = keepNewer(next)
        // After memory, so that whoever comes in is welcomed with all that was told before.
        if (next.state) tell(news, next.state, false)
        return kept
      })
      .finally(() => {
        loading = null
      })
    return loading
  }
  const current = async (): Promise<Memory> => memory ?? refold(empty)
  /** A reading that is under way may have begun before what the caller knows of was written. */
  const fresh = async (): Promise<Memory> => {
    await loading?.catch(() => {})
    return refold(memory ?? empty)
  }

  /** The first answer stands, whatever else is sent under the same id. */
  const remember = (commandId: string, bodyHash: string, result: Result<Done>): void => {
    if (answers.has(commandId)) return
    answers.set(commandId, { bodyHash, result })
    if (answers.size > answersKept) {
      const oldest = answers.keys().next().value
      if (oldest !== undefined) answers.delete(oldest)
    }
  }

  const recall = async (commandIds: readonly string[]): Promise<void> => {
    const unknown = commandIds.filter((commandId) => !answers.has(commandId))
    if (unknown.length === 0) return
    for (const row of await answersTo(store, stream, unknown))
      remember(row.commandId, row.bodyHash, JSON.parse(row.answer))
  }

  /** Orders that need facts from the store are decided alone, right after the facts were fetched. */
  const takeBatch = (state: MeetingState): { batch: Pending[]; facts: Promise<Fetched> | undefined } => {
    const batch: Pending[] = []
    while (batch.length < limits.commandBatchMax) {
      const next = queue[0]
      if (!next) break
      const facts = mayOrder(next.actor.role, next.command.type)
        ? deps.factsFor(state, next.command, next.actor)
        : undefined
      if (facts && batch.length > 0) {
        facts.catch(() => {})
        break
      }
      batch.push(next)
      queue.shift()
      if (facts) return { batch, facts }
    }
    return { batch, facts: undefined }
  }

  const plan = (from: Memory, batch: readonly Pending[], facts: Fetched): Planned => {
    let now = from
    const planned: Planned = { events: [], steps: [], memory: from, answers: [] }
    const seen = new Map<string, { bodyHash: string; result: Result<Done> }>()
    for (const pending of batch) {
      const { commandId, command, actor, bodyHash } = pending
      const known = answerIn(answers, commandId, bodyHash) ?? answerIn(seen, commandId, bodyHash)
      if (known || !now.state) {
        planned.answers.push({ pending, result: known ?? refuse('meetingUnknown') })
        continue
      }
      const at = Math.max(clock.now(), now.lastAt)
      const presetByCode = (code: string) => facts.presets?.get(code)
      const context = { now: at, by: actor, newId: deps.newId, presetByCode, facts }
      const decision = decide(now.state, command, context)
      const bare = decision.events.map((event) => ({ at, by: actor.actorId, commandId, event }))
      for (const event of chain(stream, now, bare)) {
        planned.steps.push(...projectionSteps(store, now.state as MeetingState, at, event.event))
        planned.events.push(event)
        now = advance(now, event)
      }
      if (decision.ok) planned.steps.push(...(facts.steps ?? []))
      const result = decision.ok
        ? accept({ seq: now.seq })
        : ({ ok: false, refusal: decision.refusal } as const)
      seen.set(commandId, { bodyHash, result })
      planned.answers.push({ pending, result })
      planned.steps.push(answerStep(store, stream, pending, result, at))
    }
    return { ...planned, memory: now }
  }

  /** Refused, or nothing was left to do. */
  const appendsNothing = ({ events, steps }: Planned): boolean => events.length === 0 && steps.length > 0

  /** An answer without events breaks no unique key, so on a store with other writers it takes a look before it is kept. */
  const isBehind = async ({ seq }: Memory): Promise<boolean> => store.isShared && (await fresh()).seq !== seq

  const commit = async (batch: readonly Pending[], facts: Fetched): Promise<void> => {
    for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
      const before = await current()
      await recall(batch.map(({ commandId }) => commandId))
      const planned = inOneGo(() => plan(before, batch, facts))
      if (attempt === 1 && appendsNothing(planned) && (await isBehind(before))) {
        queue.unshift(...batch)
        return
      }
      const written = await store.write([...eventSteps(store, stream, planned.events), ...planned.steps])
      if (written.ok) {
        keepNewer(planned.memory)
        for (const { pending, result } of planned.answers) {
          remember(pending.commandId, pending.bodyHash, result)
        }
        if (planned.memory.state) tell(planned.events, planned.memory.state, true)
        for (const { pending, result } of planned.answers) pending.answer(result)
        return
      }
      // Somebody else appended first: fold what was missed, and decide again.
      await fresh()
    }
    for (const { answer } of batch) answer(refuse('busy'))
  }

  const run = async (): Promise<void> => {
    if (running) return
    running = true
    let batch: Pending[] = []
    try {
      while (queue.length > 0) {
        const { state } = await current()
        if (!state) {
          batch = queue.splice(0)
          for (const { answer } of batch) answer(refuse('meetingUnknown'))
          continue
        }
        const taken = takeBatch(state)
        batch = taken.batch
        await commit(batch, (await taken.facts) ?? {})
      }
    } catch (fault) {
      deps.onFault(fault)
      // The fate of the write is unknown: forget, and let the clients send again under the same ids.
      memory = null
      answers.clear()
      for (const { answer } of [...batch, ...queue.splice(0)]) answer(refuse('storeUnavailable'))
    } finally {
      running = false
      if (queue.length > 0) void run()
    }
  }

  return {
    order: (actor, { commandId, command }) =>
      new Promise((answer) => {
        queue.push({ commandId, command, actor, bodyHash: bodyHashOf(actor, command), answer })
        void run()
      }),
    current,
    fresh,
    answered: async (actor, { commandId, command }) => {
      await recall([commandId])
      return answerIn(answers, commandId, bodyHashOf(actor, command))
    },
    get busy() {
      return running || queue.length > 0
    },
  }
}

/** What an order under this id was answered; another order under the same id is refused. */
const answerIn = (
  answers: ReadonlyMap<string, { bodyHash: string; result: Result<Done> }>,
  commandId: string,
  bodyHash: string,
): Result<Done> | undefined => {
  const known = answers.get(commandId)
  if (!known) return undefined
  return known.bodyHash === bodyHash ? known.result : refuse('commandIdReused')
}

const advance = (memory: Memory, recorded: Chained): Memory => ({
  state: evolve(memory.state, recorded),
  seq: recorded.seq,
  hash: recorded.hash,
  lastAt: recorded.at,
})
