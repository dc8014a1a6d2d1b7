// One run of random people at one draft: they write, drop off, come back over a bad network and outlive restarts and
// crashes; in the end all hold one text and nothing was lost. What they do is from the seed; how the machine weaves it
// together is the machine's.
import { setTimeout as pause } from 'node:timers/promises'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { loadDraft } from '../../../server/drafts/load.ts'
import { readDraft } from '../../../server/drafts/log.ts'
import type { Workbench } from '../../../server/drafts/workbench.ts'
import type { Store } from '../../../server/ports.ts'
import { reasonOf } from '../../../shared/kernel/reason.ts'
import { type Dice, diceOf } from '../../random/dice.ts'
import { draftId, type Editor, type Hall, openEditor, openHallOn, storedText } from '../hall.ts'
import { type Mishap, mishaps, unsteadySocket } from './unsteady.ts'

/** The store of one run, outliving the halls that are opened on it. */
export interface Disk {
  connect(): Promise<Store>
  /** Breaks the connections that there are: a write on its way may be kept or not, and nobody hears which. */
  readonly crash: (() => void) | null
}

const deeds = ['insert', 'burst', 'delete', 'mark', 'format', 'caret', 'toggle', 'drop'] as const
export const happenings = [...deeds, 'restart', 'crash', 'cutForGap', 'merged', ...mishaps] as const
export type Happening = (typeof happenings)[number]

/** A run in which something did not hold, with the seed by which it is played again. */
export class Failure extends Error {}

const withinMs = 20_000
/** What a client may be cut for whose own messages were lost or swapped on the way. */
const gapReasons = ['clockGap', 'deleteBeyond']

interface Person {
  readonly editor: Editor
  readonly name: string
  readonly isSteady: boolean
}

class Run {
  readonly happened = new Set<Happening>()
  readonly #log: string[] = []
  readonly #dice: Dice
  readonly #marks = new Set<string>()
  readonly #weather: { isRough: boolean }[] = []
  readonly #seed: string
  readonly #disk: Disk
  readonly #options: Parameters<typeof openHallOn>[1]
  readonly #people: Person[] = []
  #hall: Hall | undefined
  #step = 0

  constructor(seed: string, disk: Disk, workbench: Workbench) {
    this.#seed = seed
    this.#disk = disk
    this.#dice = diceOf(seed)
    const limits = {
      logRowsMax: this.#dice.of(4, 12),
      idleUnloadMs: 20,
      windowMsMax: this.#dice.of(0, 20),
    }
    this.#options = { limits, workbench }
  }

  async play(): Promise<void> {
    this.#hall = await openHallOn(await this.#disk.connect(), this.#options)
    const { port, url } = this.#hall
    for (let i = 0; i < 5; i += 1) this.#people.push(this.#enter(url, i))
    const steps = this.#dice.of(20, 40, 60, 120)
    for (; this.#step < steps; this.#step += 1) {
      if (this.#dice.oneIn(30)) await this.#restart(port)
      else this.#act(this.#dice.of(0, 1, 2, 3))
      for (let turns = this.#dice.below(4); turns > 0; turns -= 1) {
        await new Promise<void>((resolve) => setImmediate(resolve))
      }
    }
    await this.#comeTogether()
    await this.#expectOneText()
  }

  async end(): Promise<void> {
    for (const { editor } of this.#people) editor.leave()
    await this.#hall?.stop()
  }

  failure(cause: unknown): Failure {
    const why = reasonOf(cause)
    const again = `npm run sim:drafts -- --seed ${this.#seed} --again 20`
    return new Failure([`seed ${this.#seed}: ${why}`, ...this.#log, again].join('\n'), { cause })
  }

  #note(what: Happening, who = ''): void {
    this.happened.add(what)
    const line = `${this.#step} ${who} ${what}`
    if (line !== this.#log.at(-1)) this.#log.push(line)
  }

  /** Two on an honest network, two on a bad one, and one who only reads. */
  #enter(url: string, i: number): Person {
    const isSteady = i !== 1 && i !== 2
    const name = `person ${i}`
    const doc = new Y.Doc()
    doc.clientID = 1 + this.#dice.below(2 ** 31)
    const editor = openEditor(url, name, {
      doc,
      read: i === 4,
      maxBackoffMs: 10,
      socket: isSteady ? WebSocket : this.#badSocket(name, i),
    })
    if (!isSteady) {
      editor.provider.on('closed', ({ reason }: { reason: string }) => {
        if (!gapReasons.includes(reason)) return
        this.#note('cutForGap', name)
        editor.provider.connect()
      })
    }
    return { editor, name, isSteady }
  }

  #badSocket(name: string, i: number): typeof WebSocket {
    const struck = (mishap: Mishap, way: string): void => this.#note(mishap, `${name} ${way}`)
    const weather = { isRough: true, dice: diceOf(`${this.#seed} ${i}`), struck }
    this.#weather.push(weather)
    return unsteadySocket(weather)
  }

  /** Each writes marks that nobody deletes (so that loss shows), and other text that anybody may delete. */
  #act(who: number): void {
    const { editor, name } = this.#people[who] as Person
    const { provider, text, doc } = editor
    const dice = this.#dice
    const what = dice.of('insert', 'insert', ...deeds)
    const at = dice.below(text.length + 1)
    this.#note(what, name)
    // No letter of two units: an editor never cuts one in half, and Yjs would show its halves differently.
    if (what === 'insert') text.insert(at, dice.of('a', 'bc', '村里', 'e\u0301'))
    if (what === 'burst') for (let i = 0; i < 12; i += 1) text.insert(at + i, 'x')
    if (what === 'delete') text.delete(at, Math.min(2, text.length - at))
    if (what === 'format') text.format(at, Math.min(3, text.length - at), { bold: dice.of(true, null) })
    if (what === 'caret') provider.awareness.setLocalStateField('cursor', at)
    if (what === 'mark') {
      const mark = `${who}.${this.#step}`
      this.#marks.add(mark)
      doc.getMap('marks').set(mark, true)
    }
    if (what === 'toggle') {
      if (provider.shouldConnect) provider.disconnect()
      else provider.connect()
    }
    // The line breaks without a word.
    if (what === 'drop' && provider.ws instanceof WebSocket) provider.ws.terminate()
  }

  /** An orderly stop, or a crash in the middle of whatever is under way; then a hall on what the disk holds. */
  async #restart(port: number): Promise<void> {
    const hall = this.#hall as Hall
    const isCrash = this.#disk.crash !== null && this.#dice.oneIn(2)
    this.#note(isCrash ? 'crash' : 'restart')
    if (hall.door.stats().merges > 0) this.happened.add('merged')
    if (!isCrash) {
      await hall.stop()
      this.#expectNoFaults(hall)
    } else {
      this.#disk.crash?.()
      await hall.breakOff()
    }
    const store = await this.#disk.connect()
    await this.#expectAllSeenStored(store)
    this.#hall = await openHallOn(store, { ...this.#options, port })
  }

  async #comeTogether(): Promise<void> {
    for (const weather of this.#weather) weather.isRough = false
    // What was lost on the way to somebody is made up for when they come back.
    for (const { editor, isSteady } of this.#people) {
      if (!isSteady) editor.provider.disconnect()
      editor.provider.connect()
    }
    const deadline = performance.now() + withinMs
    while (!this.#agree()) {
      if (performance.now() > deadline)
        throw new Error(`not together after ${withinMs} ms: ${this.#states()}`)
      await pause(1)
    }
  }

  #agree(): boolean {
    const [first, ...others] = this.#people.map(({ editor }) => editor)
    const reader = others.pop()
    if (!first || !this.#people.every(({ editor }) => editor.provider.synced)) return false
    if (first.doc.getMap('marks').size !== this.#marks.size) return false
    const shown = everythingOf(first.doc)
    if (!reader || lettersOf(reader.doc) !== lettersOf(first.doc)) return false
    return others.every(({ doc }) => everythingOf(doc) === shown)
  }

  #states(): string {
    return this.#people
      .map(({ editor: { doc, provider, closes }, name }) =>
        [name, provider.synced, doc.getMap('marks').size, doc.store.pendingStructs !== null]
          .concat(JSON.stringify(lettersOf(doc)), JSON.stringify(closes.slice(-3)))
          .concat(Buffer.from(Y.encodeStateAsUpdate(doc)).toString('base64'))
          .join(' '),
      )
      .join('\n')
  }

  async #expectOneText(): Promise<void> {
    const hall = this.#hall as Hall
    if (hall.door.stats().merges > 0) this.happened.add('merged')
    const { text } = (this.#people[0] as Person).editor
    const stored = await storedText(hall.store)
    if (stored !== text.toString()) throw new Error(`stored ${stored}, shown ${text.toString()}`)
    const clocks = await storedClocks(hall.store)
    for (const { editor, name } of this.#people) {
      const { clientID } = editor.doc
      const [own, kept] = [Y.getState(editor.doc.store, clientID), clocks.get(clientID) ?? 0]
      if (name !== 'person 4' && kept !== own) throw new Error(`of ${name} ${kept} of ${own} are stored`)
    }
    for (const { editor, isSteady, name } of this.#people) {
      const refused = editor.closes.filter(({ code }) => code >= 4400 && code < 4500)
      const wrong = refused.filter(({ reason }) => isSteady || !gapReasons.includes(reason))
      if (wrong.length > 0) throw new Error(`${name} was refused: ${JSON.stringify(wrong)}`)
    }
    this.#expectNoFaults(hall)
  }

  #expectNoFaults(hall: Hall): void {
    if (hall.faults.length > 0) throw new Error('the hall found a fault', { cause: hall.faults[0] })
  }

  /** Nobody has anything of somebody else that the disk has not. */
  async #expectAllSeenStored(store: Store): Promise<void> {
    const clocks = await storedClocks(store)
    for (const { editor, name } of this.#people) {
      for (const [client, clock] of Y.decodeStateVector(Y.encodeStateVector(editor.doc))) {
        const kept = clocks.get(client) ?? 0
        if (client !== editor.doc.clientID && kept < clock) {
          throw new Error(`${name} saw ${clock} of client ${client}, and ${kept} are stored`)
        }
      }
    }
  }
}

/** What is shown, and how far each has written: what one wrote and took back while away is in no text. */
const everythingOf = (doc: Y.Doc): string => {
  const clocks = [...Y.decodeStateVector(Y.encodeStateVector(doc))].sort(([a], [b]) => a - b)
  return JSON.stringify([doc.getText('t').toDelta(), clocks])
}

/** A reader's Yjs tidies marks that seem idle to it, and nobody takes that from a reader. */
const lettersOf = (doc: Y.Doc): string => doc.getText('t').toString()

const storedClocks = async (store: Store): Promise<ReadonlyMap<number, number>> => {
  const { holdings, strayRows } = loadDraft(await readDraft(store, draftId))
  if (strayRows.length > 0) throw new Error(`rows do not follow: ${strayRows.join(' ')}`)
  return holdings.clocks
}

/** @returns what happened in it. Throws a `Failure` with the seed. */
export const playRun = async (seed: string, disk: Disk, workbench: Workbench): Promise<Set<Happening>> => {
  const run = new Run(seed, disk, workbench)
  try {
    await run.play()
  } catch (fault) {
    throw run.failure(fault)
  } finally {
    await run.end()
  }
  return run.happened
}
