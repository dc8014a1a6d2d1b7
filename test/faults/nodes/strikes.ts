// What befalls the nodes, one fault each, under load. A strike leaves everything running again; what it measured is said
// and not judged, what must never happen becomes a problem.

import { openPoll } from '../../../shared/views/polls.ts'
import { spread } from '../../bench/figures.ts'
import type { ClusterNode } from '../../cluster/topology.ts'
import { Person } from '../person.ts'
import { hear, untilHeard } from './ears.ts'
import type { Stage } from './stage.ts'

export interface Lengths {
  readonly kills: number
  readonly nodeFreezeMs: number
  readonly redisFreezeMs: number
  readonly outageMs: number
  readonly duels: number
}

export type Strike = (stage: Stage, lengths: Lengths) => Promise<void>

const acksBetweenKillsMost = 120
const killsBetweenWords = 20
const dayMs = 24 * 60 * 60_000
const lookAgainMs = 20
const lineCutWithinMs = 1_000
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const nodeOf = ({ topology }: Stage, i: number): ClusterNode => {
  const node = topology.nodes[i]
  if (!node) throw new Error(`no node ${i}`)
  return node
}

const everybodyIn = (stage: Stage): Promise<unknown> =>
  Promise.all(stage.people.map((person) => person.until(({ isIn }) => isIn)))

const awayOf = ({ people }: Stage): number[] => people.flatMap(({ awayMs }) => awayMs.splice(0))

const sayAway = ({ say }: Stage, what: string, awayMs: readonly number[]): void => {
  if (awayMs.length === 0) return
  const { n, p50, p95, max } = spread(awayMs)
  const figures = [p50, p95, max].map((ms) => ms.toFixed(0))
  say(`  ${what}: ${n} people away for ${figures[0]} ms (p50), ${figures[1]} (p95), ${figures[2]} (max)`)
}

const killNodes: Strike = async (stage, { kills }) => {
  const { dice, topology } = stage
  const away: Record<'one' | 'all', number[]> = { one: [], all: [] }
  awayOf(stage)
  for (let kill = 0; kill < kills; kill += 1) {
    await stage.acknowledged(1 + dice.below(acksBetweenKillsMost))
    const bothDie = dice.oneIn(12)
    const first = dice.below(topology.nodes.length)
    const dying = bothDie ? topology.nodes : [nodeOf(stage, first)]
    await Promise.all(dying.map((node) => node.kill()))
    await Promise.all(dying.map((node) => node.start()))
    await everybodyIn(stage)
    away[bothDie ? 'all' : 'one'].push(...awayOf(stage))
    // Last, since reading it all takes the people's own time too, and what is lost stays lost.
    await stage.look(`kill ${kill + 1}`)
    if ((kill + 1) % killsBetweenWords === 0) stage.say(`  ${kill + 1} of ${kills}`)
  }
  sayAway(stage, 'one node killed', away.one)
  sayAway(stage, 'all killed, and started', away.all)
}

const freezeNode: Strike = async (stage, { nodeFreezeMs }) => {
  await stage.acknowledged(20)
  const node = nodeOf(stage, stage.dice.below(2))
  node.freeze()
  await pause(nodeFreezeMs)
  const known = stage.chair.seq
  node.thaw()
  const ear = await hear(node.url, stage)
  if (ear.firstSeq < known)
    stage.problems.push(`a thawed node welcomed with event ${ear.firstSeq}, and ${known} was known`)
  ear.leave()
  await stage.acknowledged(40)
}

/** Something is ordered on one node, and heard on the other. */
const catchUp = async (stage: Stage, what: string): Promise<void> => {
  const ms = await untilHeard(stage)
  stage.say(`  ${what}: heard on the other node after ${ms.toFixed(0)} ms`)
}

const killRedis: Strike = async (stage, { outageMs }) => {
  await stage.topology.redis.kill()
  await catchUp(stage, 'without Redis')
  await Promise.all([pause(outageMs), stage.acknowledged(40)])
  await stage.topology.redis.start()
  await catchUp(stage, 'Redis back')
}

const freezeRedis: Strike = async (stage, { redisFreezeMs }) => {
  stage.topology.redis.freeze()
  await catchUp(stage, 'Redis frozen')
  await Promise.all([pause(redisFreezeMs), stage.acknowledged(40)])
  stage.topology.redis.thaw()
  await catchUp(stage, 'Redis thawed')
}

const flushRedis: Strike = async (stage) => {
  for (let i = 0; i < 5; i += 1) {
    await stage.acknowledged(10)
    await stage.topology.redis.ask('FLUSHALL')
  }
  await catchUp(stage, 'Redis flushed')
}

const partitionRedis: Strike = async (stage, { redisFreezeMs }) => {
  const { toRedis } = nodeOf(stage, 0)
  toRedis.partition()
  await catchUp(stage, 'Redis partitioned from one node')
  await Promise.all([pause(redisFreezeMs), stage.acknowledged(40)])
  toRedis.mend()
  await catchUp(stage, 'Redis mended')
}

/** What people were told while the store was away; they gave the same orders again. */
const sayPutOff = ({ people, say }: Stage): void => {
  const codes = people.flatMap(({ putOff }) => putOff.splice(0))
  const times = [...new Set(codes)].map(
    (code) => `${code} ${codes.filter((one) => one === code).length} times`,
  )
  say(`  refused for now: ${times.join(', ') || 'nobody'}`)
}

const restartPostgres: Strike = async (stage, { outageMs }) => {
  await pollIsOpen(stage)
  for (const { putOff } of stage.people) putOff.length = 0
  await stage.topology.postgres.crash()
  await pause(outageMs)
  await stage.topology.postgres.start()
  await stage.acknowledged(40)
  sayPutOff(stage)
}

const cutPostgres: Strike = async (stage, { outageMs }) => {
  for (const [i, { toPostgres }] of stage.topology.nodes.entries()) {
    await pollIsOpen(stage)
    if (i === 0) toPostgres.cut()
    else toPostgres.partition()
    await pause(outageMs)
    toPostgres.mend()
    await stage.acknowledged(40)
  }
  sayPutOff(stage)
}

const fillDisk: Strike = async (stage, { outageMs }) => {
  const { postgres } = stage.topology
  await pollIsOpen(stage)
  const how = await postgres.fillDisk()
  stage.say(`  ${how}`)
  await pause(outageMs)
  await postgres.freeDisk()
  await stage.acknowledged(40)
  sayPutOff(stage)
}

const pollIsOpen = (stage: Stage): Promise<void> => stage.chair.until(({ state }) => openPoll(state) !== null)

/** Two facilitators close the same poll, on different nodes, in the same instant. */
const closeTwice: Strike = async (stage, { duels }) => {
  const { meetingId, chairCookie: cookie, ledger, topology } = stage
  const chairs = topology.nodes.map(
    ({ url }, i) => new Person(url, { meetingId, cookie, name: `closer${i}`, seatId: null, ledger }),
  )
  for (let duel = 0; duel < duels; duel += 1) {
    await pollIsOpen(stage)
    const pollId = openPoll(stage.chair.state)?.pollId ?? ''
    const answers = await Promise.all(chairs.map((chair) => chair.give({ type: 'closePoll', pollId })))
    const done = answers.filter(({ ok }) => ok).length
    // None, where the chair of the load was quicker.
    if (done > 1) stage.problems.push(`${pollId} was closed by both`)
  }
  for (const chair of chairs) {
    stage.problems.push(...chair.complaints)
    chair.leave()
  }
}

/** A facilitator's account ends on one node while she closes a poll on the other. */
const demote: Strike = async (stage, { duels }) => {
  const { meetingId, account, ledger, topology } = stage
  const secretary = await signIn(topology.url, account)
  const [here, there] = [nodeOf(stage, 0), nodeOf(stage, 1)]
  const outMs: number[] = []
  for (let duel = 0; duel < duels; duel += 1) {
    const login = { login: `deputy${duel}-${ledger.size}`, password: `deputy-${stage.seed}` }
    const deputy = await ask(here.url, secretary, 'POST', '/api/accounts', {
      ...login,
      name: '代主持人',
      role: 'facilitator',
    })
    const cookie = await signIn(there.url, login)
    const person = new Person(there.url, { meetingId, cookie, name: login.login, seatId: null, ledger })
    await person.until(({ isIn }) => isIn)
    await pollIsOpen(stage)
    const pollId = openPoll(stage.chair.state)?.pollId ?? ''
    await Promise.all([
      person.tell({ type: 'closePoll', pollId }),
      ask(here.url, secretary, 'DELETE', `/api/accounts/${deputy.accountId}`),
    ])
    outMs.push(await untilOut(there.url, cookie))
    await Promise.race([person.until(({ isIn }) => !isIn), pause(lineCutWithinMs)])
    if (person.isIn) stage.problems.push(`the line of ${login.login} was not cut`)
    person.leave()
  }
  stage.say(`  out on the other node ${Math.max(...outMs).toFixed(0)} ms after the answer, at the latest`)
}

/** How long, in milliseconds, a cookie is still good for. */
const untilOut = async (url: string, cookie: string): Promise<number> => {
  const began = performance.now()
  for (;;) {
    const { status } = await fetch(`${url}/api/session`, { headers: { cookie } })
    if (status === 401) return performance.now() - began
    await pause(lookAgainMs)
  }
}

const signIn = async (url: string, who: { login: string; password: string }): Promise<string> => {
  let answer = await post(url, '', 'POST', '/api/session', who)
  // Passwords may be tried only so often.
  for (; answer.status === 429; answer = await post(url, '', 'POST', '/api/session', who))
    await pause(1_000 * Number(answer.headers.get('retry-after') ?? 1))
  const cookie = answer.headers.get('set-cookie')?.split(';')[0]
  if (!cookie) throw new Error(`${who.login} could not sign in: ${answer.status}`)
  return cookie
}

const post = (url: string, cookie: string, method: string, path: string, body?: unknown): Promise<Response> =>
  fetch(`${url}${path}`, {
    method,
    headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })

const ask = async (...asked: Parameters<typeof post>): Promise<{ accountId: string }> => {
  const answer = await post(...asked)
  if (!answer.ok) throw new Error(`${asked[2]} ${asked[3]} was answered ${answer.status}`)
  return answer.status === 204 ? { accountId: '' } : ((await answer.json()) as { accountId: string })
}

/** One node's clock is a day ahead, then a day behind. */
const setClocks: Strike = async (stage) => {
  for (const skewMs of [dayMs, -dayMs, 0]) {
    const node = nodeOf(stage, 1)
    await node.stop()
    await node.start(skewMs)
    await everybodyIn(stage)
    await stage.acknowledged(60)
  }
}

/** As at an upgrade: each node is told to stop, drains, and comes back. */
const rollOver: Strike = async (stage) => {
  awayOf(stage)
  for (const node of stage.topology.nodes) {
    await node.stop()
    await node.start()
    await stage.acknowledged(40)
  }
  await everybodyIn(stage)
  sayAway(stage, 'moved', awayOf(stage))
}

/** In this order; the name is what the command line calls it. */
export const strikes: Readonly<Record<string, { readonly words: string; readonly strike: Strike }>> = {
  kill: { words: 'kill -9 of app nodes', strike: killNodes },
  freeze: { words: 'a node is frozen, and thaws', strike: freezeNode },
  roll: { words: 'a rolling restart', strike: rollOver },
  close: { words: 'two nodes close the same poll at once', strike: closeTwice },
  demote: { words: 'a facilitator is demoted while closing a poll', strike: demote },
  redisKill: { words: 'Redis is killed, and starts empty', strike: killRedis },
  redisFreeze: { words: 'Redis is frozen, and thaws', strike: freezeRedis },
  redisFlush: { words: 'Redis is flushed', strike: flushRedis },
  redisPartition: { words: 'Redis is partitioned from one node', strike: partitionRedis },
  postgresRestart: { words: 'PostgreSQL crashes in a vote, and starts', strike: restartPostgres },
  postgresCut: { words: 'PostgreSQL is cut off from each node', strike: cutPostgres },
  postgresDisk: { words: 'PostgreSQL’s disk is full', strike: fillDisk },
  clock: { words: 'a node’s clock is a day ahead, then a day behind', strike: setClocks },
}
