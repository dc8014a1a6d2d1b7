// What a letter costs each server in processor time at a given rate: a figure that other work on the machine disturbs
// little, for tuning. `node --import tsx test/bench/drafts/costs.ts --letters 20000 --only hall,relay [--human 200]`
import { readdirSync, readFileSync } from 'node:fs'
import { optionsOf, wholeNumber } from '../../../server/cli/options.ts'
import { openHallContender, openPeers, pinLoad } from './contenders.ts'
import { crowdDrafts } from './seedTemplate.ts'
import { Traffic } from './traffic.ts'

const usage =
  'node --import tsx test/bench/drafts/costs.ts [--only NAME,…] [--letters N] [--human N] [--seconds N] [--cursors]'
const { values, refuse } = optionsOf(usage, {
  only: { type: 'string', default: 'hall,relay' },
  letters: { type: 'string', default: '20000' },
  human: { type: 'string', default: '0' },
  seconds: { type: 'string', default: '3' },
  cursors: { type: 'boolean', default: false },
})

/** Processor milliseconds of each thread of a process. */
const threadsOf = (pid: number): Map<string, number> => {
  const tasks = `/proc/${pid}/task`
  return new Map(
    readdirSync(tasks).map((id) => {
      const [head = '', tail = ''] = readFileSync(`${tasks}/${id}/stat`, 'utf8').split(') ')
      const fields = tail.split(' ')
      return [`${id} ${head.split('(')[1]}`, (Number(fields[11]) + Number(fields[12])) * 10]
    }),
  )
}

pinLoad()
const human = wholeNumber('human', values.human, 0, refuse)
const seconds = wholeNumber('seconds', values.seconds, 1, refuse)
const drafts = human > 0 ? human : 20
const perWriter = human > 0 ? 5 : wholeNumber('letters', values.letters, 1, refuse) / 60
const { peers } = await openPeers()
const hall = await openHallContender({ drafts: drafts + crowdDrafts, crowd: 10 })
for (const contender of [hall, ...peers].filter(({ name }) => values.only.split(',').includes(name))) {
  const server = await contender.start(false)
  const traffic = new Traffic(server, { people: 10, writers: 3, cursors: values.cursors })
  await traffic.fill(drafts, crowdDrafts)
  await traffic.run(perWriter, 2)
  const before = threadsOf(server.pid)
  const m = await traffic.run(perWriter, seconds)
  process.stdout.write(
    `${contender.name.padEnd(12)} ${m.serverUs.toFixed(1)} µs a letter, ${Math.round(m.deliveries)} deliveries/s, ` +
      `p50 ${m.p50.toFixed(1)}, p99 ${m.p99.toFixed(1)} ms, arrived ${(m.arrived * 100).toFixed(1)} %\n`,
  )
  const letters = (m.deliveries / 9) * (seconds + 1)
  for (const [thread, ms] of threadsOf(server.pid)) {
    const us = ((ms - (before.get(thread) ?? 0)) * 1_000) / letters
    if (us > 0.2) process.stdout.write(`  thread ${thread}: ${us.toFixed(1)} µs a letter\n`)
  }
  traffic.end()
  if (process.env.BENCH_NODE_FLAGS) await server.restart('SIGTERM')
  await server.end()
}
for (const contender of [hall, ...peers]) await contender.remove()
process.exit()
