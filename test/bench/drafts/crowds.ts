// Rows about many people being there: the memory of idle ones, and what they lose when the server is killed.
import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import type { Contender, Running } from './contenders.ts'
import { Line } from './line.ts'
import { clocksReader, Knowing, openAll, until } from './people.ts'
import type { Figure, RowOptions } from './rows.ts'
import { crowdDrafts } from './seedTemplate.ts'
import { Typist } from './typist.ts'

const residentBytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024

/** KiB of memory for each person who is connected and does nothing. */
export const idleMemory = async (contender: Contender, ask: { drafts: number }): Promise<Figure> => {
  const server = await contender.start(false)
  await pause(500)
  const before = residentBytes(server.pid)
  const lines = Array.from({ length: ask.drafts * 10 }, (_, i) => {
    const place = server.place(crowdDrafts + Math.floor(i / 10), i % 10)
    return new Line(place, { onUpdate: () => {} })
  })
  await openAll(lines)
  await pause(3_000)
  const kib = (residentBytes(server.pid) - before) / lines.length / 1024
  for (const line of lines) line.end()
  await server.end()
  return { value: kib, text: `${kib.toFixed(1)} KiB` }
}

const killDrafts = 50
const lettersPerSecond = 100

/** Share of the edits that somebody saw which were gone after a kill, in all rounds together. */
export const kills = async (
  contender: Contender,
  ask: { rounds: number },
  options: RowOptions,
): Promise<Figure> => {
  const server = await contender.start(true)
  let seen = 0
  let lost = 0
  for (let round = 0; round < ask.rounds; round += 1) {
    const people = Array.from({ length: killDrafts }, (_, i) => {
      const read = clocksReader()
      const witness = new Knowing()
      const author = new Line(server.place(crowdDrafts + i, 0), { onUpdate: () => {} })
      const reader = new Line(server.place(crowdDrafts + i, 1), { onUpdate: (b) => witness.take(read(b)) })
      return { draft: crowdDrafts + i, witness, author, reader, typist: new Typist(author.prefix) }
    })
    await openAll(people.flatMap(({ author, reader }) => [author, reader]))
    await pause(500)
    for (const { author, typist } of people) author.write(typist.paragraph())
    const typing = setInterval(() => {
      const now = performance.now()
      for (const { author, typist } of people) author.write(typist.type(1, false, now))
    }, 1_000 / lettersPerSecond)
    await pause(1_500 + Math.random() * 1_500)
    await server.kill()
    clearInterval(typing)
    await pause(100)
    for (const { author, reader } of people) for (const line of [author, reader]) line.end()
    await server.restart('SIGKILL')
    const [wasSeen, isLost] = await missing(server, people)
    options.trace(`    ${contender.name} kill ${round + 1}: ${isLost} of ${wasSeen} seen edits gone`)
    seen += wasSeen
    lost += isLost
  }
  await server.end()
  const percent = (lost / Math.max(1, seen)) * 100
  return {
    value: percent,
    text: `${lost} of ${seen} seen edits gone (${percent.toFixed(0)} %) in ${ask.rounds} kills`,
  }
}

const missing = async (
  server: Running,
  people: readonly { draft: number; witness: Knowing; typist: Typist }[],
): Promise<[seen: number, lost: number]> => {
  const after = people.map(({ draft, witness, typist }) => {
    const read = clocksReader()
    const knowing = new Knowing()
    const line = new Line(server.place(draft, 0), { onUpdate: (bytes) => knowing.take(read(bytes)) })
    return { line, knowing, seen: witness.clocks.get(typist.client) ?? 0, client: typist.client }
  })
  await openAll(after.map(({ line }) => line))
  // A server may answer before it has loaded.
  await until(() => after.every(({ line }) => line.hasAnswer), 10_000)
  await pause(1_500)
  let [seen, lost] = [0, 0]
  for (const { line, knowing, client, seen: clock } of after) {
    seen += clock
    lost += Math.max(0, clock - (knowing.clocks.get(client) ?? 0))
    line.end()
  }
  return [seen, lost]
}
