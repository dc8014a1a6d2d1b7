// Strikes one after another on one stage, and the reckoning: the ledger of acknowledgements against the store.
import { isDeepStrictEqual } from 'node:util'
import { fold } from '../../../shared/meeting/meeting.ts'
import { type RecordFile, verifyRecord } from '../../../shared/record/verify.ts'
import { openPoll } from '../../../shared/views/polls.ts'
import { KeptStore } from '../keptStore.ts'
import { checkEvents, checkPolls } from '../verdict.ts'
import { openStage, type Stage, type StageAsk } from './stage.ts'
import { type Lengths, strikes } from './strikes.ts'

export interface Outcome {
  readonly seed: string
  readonly problems: readonly string[]
  readonly acknowledgements: number
  readonly events: number
  readonly polls: number
  readonly ballots: number
  readonly edits: number
}

const resendsPerPerson = 5
const lookAgainMs = 50
/** Hands that were cut off have so long to bring the rest of their edits. */
const wholeWithinMs = 60_000

/** @param only the strikes to run, by name; all of them when empty */
export const runStrikes = async (
  ask: StageAsk,
  lengths: Lengths,
  only: readonly string[] = [],
): Promise<Outcome> => {
  const stage = await openStage(ask)
  const { ledger, say } = stage
  ask.onOpened?.(stage.close)
  say(`seed ${stage.seed}`)
  try {
    for (const [name, { words, strike }] of Object.entries(strikes)) {
      if (only.length > 0 && !only.includes(name)) continue
      const began = performance.now()
      const acknowledgedBefore = ledger.size
      say(words)
      await strike(stage, lengths)
      await stage.look(name)
      await pickUp(stage, name)
      const seconds = ((performance.now() - began) / 1_000).toFixed(1)
      say(`  ${ledger.size - acknowledgedBefore} acknowledgements in ${seconds} s`)
    }
    return await reckon(stage)
  } finally {
    await stage.close()
  }
}

/** A node that ended by itself is a problem, and is started again for those that follow. */
const pickUp = async ({ topology, problems }: Stage, after: string): Promise<void> => {
  for (const [i, node] of topology.nodes.entries()) {
    if (node.isUp) continue
    problems.push(`after ${after}: node ${i + 1} had ended by itself`)
    await node.start()
  }
}

const reckon = async (stage: Stage): Promise<Outcome> => {
  const { ledger, chair, people, problems, witness, written, writers } = stage
  await stage.rest()
  const poll = openPoll(chair.state)
  if (poll) await chair.give({ type: 'closePoll', pollId: poll.pollId })
  await stage.look('everything')

  const file = await exported(stage)
  const verified = verifyRecord(file)
  if (!verified.ok) problems.push(`the record does not verify: ${JSON.stringify(verified)}`)
  problems.push(...checkEvents(file, ledger))
  const state = fold(file.events)
  if (!state) throw new Error('the record is empty')
  const polls = checkPolls(state, file, ledger)
  problems.push(...polls.problems)
  await Promise.all(people.map((person) => person.until(({ seq }) => seq >= file.events.length)))
  for (const person of people) {
    problems.push(...person.complaints)
    if (!isDeepStrictEqual(person.state, state)) problems.push(`${person.name} folded something else`)
  }
  for (const { refusals } of [...writers, witness])
    problems.push(...refusals.map((reason) => `a hand on the draft was sent away: ${reason}`))
  await sendAgain(stage)
  if ((await exported(stage)).events.length !== file.events.length)
    problems.push('what was sent again was done again')

  const kept = await KeptStore.ofDatabase(stage.topology.databaseUrl)
  const until = performance.now() + wholeWithinMs
  const isWhole = async (): Promise<boolean> =>
    (await kept.draftMarks(stage.draftId)).length >= written.length
  while (!(await isWhole()) && performance.now() < until)
    await new Promise((resolve) => setTimeout(resolve, lookAgainMs))
  const marks = (await kept.draftMarks(stage.draftId)).sort()
  if (!isDeepStrictEqual(marks, [...written].sort()))
    problems.push('the draft holds an edit twice, or not at all')
  await kept.close()

  return {
    seed: stage.seed,
    problems,
    acknowledgements: ledger.size,
    events: file.events.length,
    polls: polls.polls,
    ballots: polls.ballots,
    edits: written.length,
  }
}

const exported = async ({ topology, meetingId, chairCookie: cookie }: Stage): Promise<RecordFile> => {
  const answer = await fetch(`${topology.url}/api/meetings/${meetingId}/record/export`, {
    headers: { cookie },
  })
  return (await answer.json()) as RecordFile
}

/** Orders of long ago come again, over whichever node, and are answered as before. */
const sendAgain = async ({ people, ledger, dice, problems }: Stage): Promise<void> => {
  for (const person of people) {
    const own = [...ledger.entries.values()].filter(({ by }) => by === person.name)
    for (const entry of Array.from({ length: resendsPerPerson }, () => dice.pick(own))) {
      if (!entry) continue
      const answer = await person.send(entry.commandId, entry.command)
      if (!isDeepStrictEqual(answer, entry.answer))
        problems.push(`${entry.commandId} was answered otherwise when it was sent again`)
    }
  }
}
