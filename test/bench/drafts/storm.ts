// A storm: everybody who is in a draft loses the connection and comes back at the same moment.
import { setTimeout as pause } from 'node:timers/promises'
import { writeStateVector } from '../../../server/drafts/bytes.ts'
import { spread } from '../figures.ts'
import type { Contender, Running } from './contenders.ts'
import {
  allKnock,
  clocksReader,
  comeIn,
  documentOf,
  forAll,
  giveUpMs,
  mustHold,
  openAll,
  type Person,
  timed,
  until,
} from './people.ts'
import type { Figure, RowOptions } from './rows.ts'
import { Typist } from './typist.ts'

/** A server that has just started compiles while it runs, so its first storm is told apart. */
const storms = 5

/** One in ten writes while away; of the others, one in a hundred keeps what came. */
const isWriter = (person: number): boolean => person % 10 === 0
const isWitness = (person: number): boolean => person % 100 === 55

/** Everybody in one draft, who come and go together. */
interface Crowd {
  readonly server: Running
  readonly read: ReturnType<typeof clocksReader>
  readonly typists: readonly Typist[]
  /** The next clock of each typist. */
  readonly all: Map<number, number>
  /** As they are connected now, or were last. */
  people: Person[]
  /** What each witness was sent since the beginning. */
  readonly witnessed: Map<number, Uint8Array[]>
}

const typistOf = ({ typists }: Crowd, person: number): Typist | undefined =>
  isWriter(person) ? typists[person / 10] : undefined

const goAway = (crowd: Crowd): void => {
  for (const [i, { line, heard }] of crowd.people.entries()) {
    line.end()
    if (isWitness(i)) crowd.witnessed.set(i, [...(crowd.witnessed.get(i) ?? []), ...heard])
  }
}

/** Everybody comes, one in ten begins a paragraph, and everybody knows of it. */
const comeTogether = async (server: Running, count: number): Promise<Crowd> => {
  const read = clocksReader()
  const people = Array.from({ length: count }, (_, i) => comeIn(server.place(0, i), read, isWitness(i)))
  await openAll(people.map(({ line }) => line))
  const typists = people.filter((_, i) => isWriter(i)).map(({ line }) => new Typist(line.prefix))
  const all = new Map(typists.map(({ client, clock }) => [client, clock]))
  const crowd: Crowd = { server, read, typists, all, people, witnessed: new Map() }
  for (const [i, { line, knowing }] of people.entries()) {
    const typist = typistOf(crowd, i)
    if (!typist) continue
    knowing.clocks.set(typist.client, typist.clock)
    line.write(typist.paragraph())
  }
  if (!(await until(forAll(people, ({ knowing }) => knowing.has(all)))))
    throw new Error('the people did not come together before the storm')
  return crowd
}

/** @returns milliseconds until everybody is back and knows all edits */
const comeBack = async (crowd: Crowd, trace: (line: string) => void): Promise<number> => {
  const { server, read, typists, all, people: before } = crowd
  const stateVector = writeStateVector(all)
  const offline = new Map(typists.map((typist) => [typist, typist.letterUpdate()]))
  for (const { client, clock } of typists) all.set(client, clock)
  crowd.people = []
  const clock = timed(server)
  await allKnock(before.length, async (i) => {
    const typist = typistOf(crowd, i)
    const answer = typist && offline.get(typist)
    const person = comeIn(server.place(0, i), read, isWitness(i), { stateVector, ...(answer && { answer }) })
    person.knowing.take(before[i]?.knowing.clocks ?? new Map())
    if (typist) person.knowing.clocks.set(typist.client, typist.clock)
    crowd.people.push(person)
    await person.line.open()
    if (typist) person.line.write(typist.cursor())
  })
  const isBack = ({ knowing, line }: Person): boolean => line.hasAnswer && knowing.has(all)
  const isDone = await until(forAll(crowd.people, isBack))
  const { ms, text } = clock()
  trace(text)
  const away = crowd.people.filter((person) => !isBack(person)).length
  if (!isDone) throw new Error(`${away} of ${before.length} were not back after ${giveUpMs / 1_000} s`)
  return ms
}

/** Milliseconds until everybody is back in one draft, one in ten with an edit made offline, and knows all edits. */
export const storm = async (
  contender: Contender,
  ask: { people: number },
  options: RowOptions,
): Promise<Figure> => {
  const server = await contender.start(true)
  const crowd = await comeTogether(server, ask.people)
  const times: number[] = []
  for (let i = 0; i < storms; i += 1) {
    goAway(crowd)
    await pause(500)
    times.push(await comeBack(crowd, (text) => options.trace(`    ${contender.name}: ${text}`)))
  }
  goAway(crowd)
  await server.end()
  const [expected, ...others] = [...crowd.witnessed.values()]
  // What each of them knows was compared above; so one of them tells what was written.
  mustHold(documentOf(expected ?? []), others)
  const [first = 0] = times
  const { p50: ms } = spread(times)
  return { value: ms, text: `${Math.round(ms)} ms (${Math.round(first)} ms the first time)` }
}
