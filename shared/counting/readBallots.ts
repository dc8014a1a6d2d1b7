// Owns the reading of ballots from outside: whose they are, how many are equal, and what they say.
import type { BallotChoice } from './ballot.ts'
import type { PollBallot } from './poll.ts'
import { BadInput, readList, readRecord, readText, type Source } from './reader.ts'

const forms = ['choice', 'choices', 'scores', 'ranking'] as const

const readScores = (value: unknown, what: string, idOf: (id: string) => string): Record<string, number> =>
  Object.fromEntries(
    Object.entries(readRecord(value, `${what}: scores`)).map(([option, score]) => [
      idOf(option),
      score as number,
    ]),
  )

const readChoice = (ballot: Source, what: string, idOf: (id: string) => string): BallotChoice => {
  const given = forms.filter((form) => ballot[form] !== undefined)
  const [form] = given
  if (form === undefined && ballot.blank === true) return { choices: [] }
  if (form === undefined || given.length > 1) {
    throw new BadInput(
      `${what}：须且只须写 choice、choices、scores、ranking 之一`,
      `${what}: give one of choice, choices, scores and ranking`,
    )
  }
  const text = (value: unknown) => idOf(readText(value, `${what}: option`))
  if (form === 'choice') return { choice: text(ballot.choice) }
  if (form === 'choices') return { choices: readList(ballot.choices, `${what}: choices`).map(text) }
  if (form === 'scores') return { scores: readScores(ballot.scores, what, idOf) }
  const groups = readList(ballot.ranking, `${what}: ranking`)
  return { ranking: groups.map((group) => (Array.isArray(group) ? group.map(text) : [text(group)])) }
}

/** Ballots as a file holds them; a rank may be one option or a group of equals. */
export const readBallots = (value: unknown, idOf: (id: string) => string): PollBallot[] =>
  readList(value, 'ballots').map((entry, index) => {
    const what = `ballot ${index + 1}`
    const ballot = readRecord(entry, what)
    const { seat, party, count } = ballot
    return {
      ...(seat === undefined || seat === null ? {} : { seat: readText(seat, `${what}: seat`) }),
      ...(party === undefined || party === null ? {} : { party: readText(party, `${what}: party`) }),
      ...(count === undefined ? {} : { count: count as number }),
      choice: readChoice(ballot, what, idOf),
    }
  })
