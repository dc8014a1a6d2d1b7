// The real hall under hostile frames while honest people write on: two in the draft that is attacked, two in another.
import { type ChildProcess, fork } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { type AttackPlace, attack, type Outcomes } from './attacker.ts'
import type { HallFigures, HallReady } from './hallProcess.ts'

export interface SiegeAsk {
  readonly seed: string
  readonly frames: number
  readonly onTick?: (frames: number, figures: HallFigures) => void
}

export interface Siege extends Outcomes {
  /** After a first part, when everything is warm, and at the end. */
  readonly warm: HallFigures
  readonly end: HallFigures
  readonly longestStallMs: number
  readonly longestOwnStallMs: number
  readonly seconds: number
  /** Milliseconds from a letter to the other person in its draft, and how many of them when it was warm. */
  readonly echoMs: readonly number[]
  readonly echoesWhenWarm: number
  /** Why honest people were closed, and what their Yjs complained of. */
  readonly noticed: readonly string[]
  readonly lettersTyped: number
}

const lanes = 16
const warmShare = 0.1
const typeEveryMs = 50
const tickEveryMs = 10_000
const hallScript = fileURLToPath(new URL('./hallProcess.ts', import.meta.url))

const answerOf = <A>(child: ChildProcess): Promise<A> =>
  new Promise((resolve, reject) => {
    const gone = (code: number | null): void => reject(new Error(`the hall ended with ${code}`))
    child.once('exit', gone)
    child.once('message', (answer) => {
      child.off('exit', gone)
      resolve(answer as A)
    })
  })

const withCookie = (cookie: string): typeof globalThis.WebSocket =>
  class extends WebSocket {
    constructor(url: string) {
      super(url, { headers: { cookie } })
    }
  } as unknown as typeof globalThis.WebSocket

interface Honest {
  readonly doc: Y.Doc
  readonly provider: WebsocketProvider
  letters: number
}

const enter = (hall: HallReady, draftId: string, cookie: string, noticed: string[]): Honest => {
  const doc = new Y.Doc()
  const url = `${hall.url.replace('http', 'ws')}/drafts`
  const options = { WebSocketPolyfill: withCookie(cookie), disableBc: true }
  const provider = new WebsocketProvider(url, draftId, doc, options)
  provider.on('connection-close', (event: { code: number; reason: string } | null) => {
    if (event) noticed.push(`closed: ${event.code} ${event.reason}`)
  })
  return { doc, provider, letters: 0 }
}

/** Writes into a list of its own, and notes how long a letter takes to the neighbour. */
const typing = (me: Honest, neighbour: Honest, echoMs: number[]): (() => void) => {
  const mine = me.doc.getArray<string>(`of ${me.doc.clientID}`)
  const sentAt: number[] = []
  neighbour.doc.on('update', () => {
    // A letter is a clock, whether or not somebody has taken it out of the list since.
    const seen = Y.getState(neighbour.doc.store, me.doc.clientID)
    const arrived = sentAt.splice(0, sentAt.length - (me.letters - seen))
    for (const at of arrived) echoMs.push(performance.now() - at)
  })
  const timer = setInterval(() => {
    me.letters += 1
    sentAt.push(performance.now())
    mine.push(['x'])
  }, typeEveryMs)
  return () => clearInterval(timer)
}

const until = async (what: string, holds: () => boolean): Promise<void> => {
  const deadline = performance.now() + 60_000
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`waited in vain: ${what}`)
    await pause(5)
  }
}

const shown = ({ doc }: Honest): string =>
  JSON.stringify([...Y.decodeStateVector(Y.encodeStateVector(doc))].sort(([a], [b]) => a - b))

export const besiege = async ({ seed, frames, onTick }: SiegeAsk): Promise<Siege> => {
  const child = fork(hallScript, [], { execArgv: ['--import', 'tsx', '--expose-gc'] })
  const hall = await answerOf<HallReady>(child)
  const [attacked = '', other = ''] = hall.draftIds
  const noticed: string[] = []
  const complain = console.error
  console.error = (...said: unknown[]) => noticed.push(said.map(String).join(' '))
  const people = [attacked, attacked, other, other].map((draftId, i) =>
    enter(hall, draftId, hall.cookies[i] ?? '', noticed),
  ) as [Honest, Honest, Honest, Honest]
  await until('honest people are in', () => people.every(({ provider }) => provider.synced))
  const echoMs: number[] = []
  const stops = people.map((me, i) => typing(me, people[i ^ 1] as Honest, echoMs))

  const { port } = new URL(hall.url)
  const places = hall.cookies
    .slice(people.length)
    .map((cookie): AttackPlace => ({ port: Number(port), draftId: attacked, cookie }))
  const outcomes: Outcomes = { frames: 0, kinds: new Map(), closes: new Map() }
  const clocks = (): Map<number, number> =>
    new Map(people.slice(0, 2).map(({ doc }) => [doc.clientID, Y.getState(doc.store, doc.clientID)]))
  let stalls = { longestStallMs: 0, longestOwnStallMs: 0 }
  const figures = async (): Promise<HallFigures> => {
    child.send('figures')
    const now = await answerOf<HallFigures>(child)
    stalls = {
      longestStallMs: Math.max(stalls.longestStallMs, now.longestStallMs),
      longestOwnStallMs: Math.max(stalls.longestOwnStallMs, now.longestOwnStallMs),
    }
    onTick?.(outcomes.frames, now)
    return now
  }
  const storm = (upTo: number, wave: string): Promise<unknown> =>
    Promise.all(
      Array.from({ length: lanes }, (_, lane) =>
        attack(`${seed} ${wave} ${lane}`, places, { clocks }, outcomes, () => outcomes.frames < upTo),
      ),
    )

  await figures()
  stalls = { longestStallMs: 0, longestOwnStallMs: 0 }
  const began = performance.now()
  await storm(frames * warmShare, 'warm')
  const warm = await figures()
  const echoesWhenWarm = echoMs.length
  let isOver = false
  const watch = (async () => {
    while (!isOver) {
      await pause(tickEveryMs)
      await figures()
    }
  })()
  await storm(frames, 'storm')
  isOver = true
  await watch
  const end = await figures()
  const seconds = (performance.now() - began) / 1_000

  for (const stop of stops) stop()
  const [one, two, three, four] = people
  await until('those in the attacked draft agree', () => shown(one) === shown(two))
  await until('those in the other draft agree', () => shown(three) === shown(four))
  for (const { provider } of people) provider.destroy()
  console.error = complain
  child.send('end')
  await new Promise((resolve) => child.once('exit', resolve))
  const lettersTyped = people.reduce((sum, { letters }) => sum + letters, 0)
  return { ...outcomes, warm, end, ...stalls, seconds, echoMs, echoesWhenWarm, noticed, lettersTyped }
}
