// The poll sheet: everything that is known of a closed poll as rows of cells, for spreadsheets. Figures are those of
// the counted result, to the digit; nothing is computed here.
import { isBlank, namedIn } from '../../shared/counting/ballot.ts'
import type { CountResult } from '../../shared/counting/poll.ts'
import { electorOf, optionIds } from '../../shared/meeting/pollOptions.ts'
import type { MeetingState, NamedBallot, Poll } from '../../shared/meeting/state.ts'
import { percentText } from '../../shared/rules/fractions.ts'
import { outcomeOf } from '../../shared/views/polls.ts'
import type { Names } from '../../shared/wire/live.ts'
import { type SheetWord, type SheetWords, sheetWords } from './pollSheetWords.ts'

export type Cell = string | number

export interface PollSheet {
  readonly name: string
  readonly rows: readonly (readonly Cell[])[]
}

interface Sheeting {
  readonly state: MeetingState
  readonly poll: Poll
  readonly result: CountResult
  readonly names: Names
  readonly language: 'zh' | 'en'
  readonly word: SheetWords
}

/** @returns the sheets of a closed poll: its result, its rounds where it is ranked, and its ballots. */
export const pollSheets = (
  state: MeetingState,
  poll: Poll,
  names: Names,
  language: 'zh' | 'en',
): PollSheet[] | undefined => {
  const { result } = poll
  if (!result) return undefined
  const word = sheetWords[language]
  const all = { state, poll, result, names, language, word }
  const sheets = [
    { name: word.result, rows: [...headRows(all), [], ...optionRows(all), [], ...partyRows(all)] },
    { name: word.rounds, rows: roundRows(all) },
    { name: word.ballots, rows: ballotRows(all) },
  ]
  return sheets.filter(({ rows }) => rows.length > 0)
}

const at = (ms: number | null): string =>
  ms === null
    ? ''
    : new Intl.DateTimeFormat('sv-SE', {
        timeZone: 'Asia/Shanghai',
        dateStyle: 'short',
        timeStyle: 'medium',
      }).format(ms)

const optionName = ({ poll, word }: Sheeting, id: string): string =>
  poll.options.find(({ optionId }) => optionId === id)?.label ??
  (id === 'yes' || id === 'no' || id === 'abstain' ? word[id] : id)

const partyName = ({ state, language }: Sheeting, partyId: string): string =>
  state.parties.find((party) => party.partyId === partyId)?.name[language] ?? partyId

const headRows = (all: Sheeting): Cell[][] => {
  const { state, poll, result, language, word } = all
  const covered = [poll.itemId, ...(poll.covers ?? []).map(({ itemId }) => itemId)]
  const titles = covered.map((id) => state.agenda.find(({ itemId }) => itemId === id)?.title ?? id)
  const sum = (of: 'due' | 'present' | 'recused') => poll.roll.reduce((total, party) => total + party[of], 0)
  const outcome = outcomeOf(poll)
  const { quorum } = result
  return [
    [word.meeting, state.title],
    ...titles.map((title) => [word.item, title]),
    [word.question, poll.question],
    [word.rule, poll.preset.name[language], poll.preset.source[language]],
    [word.method, word[poll.method.kind], word[poll.secrecy]],
    [word.opened, at(poll.openedAt)],
    [word.closed, at(poll.closedAt)],
    [word.due, sum('due')],
    [word.present, sum('present')],
    [word.recused, sum('recused')],
    ...(quorum ? [[word.quorum, quorum.need, word.have, quorum.have]] : []),
    [word.outcome, word[outcome?.outcome ?? result.outcome]],
    ...(outcome?.winners ?? []).map((id) => [word.winner, optionName(all, id)]),
    ...(poll.broken ? [[word.broken, poll.broken.winners.map((id) => optionName(all, id)).join(' / ')]] : []),
    [word.why, result.why[language]],
    [word.text, poll.text.sha256],
  ]
}

const optionRows = (all: Sheeting): Cell[][] => {
  const { poll, result, word } = all
  const base = result.base
  return [
    [word.option, word.votes, word.percent, ...(base ? [`${word.base}: ${word[`base_${base.of}`]}`] : [])],
    ...optionIds(poll).map((id) => [
      optionName(all, id),
      result.totals[id] ?? 0,
      result.shares?.[id] ? `${percentText(result.shares[id].perMille)}%` : '',
      ...(base ? [base.count] : []),
    ]),
    [word.blank, result.ballots.blank],
    ...(result.ballots.notVoted === undefined ? [] : [[word.notVoted, result.ballots.notVoted]]),
    [word.cast, result.ballots.cast],
  ]
}

const partyRows = (all: Sheeting): Cell[][] => {
  const { poll, result, word } = all
  const parties = result.parties ?? []
  if (parties.length === 0) return []
  const ids = optionIds(poll)
  const isYesNo = poll.method.kind === 'yesNo'
  const counted = isYesNo || parties.some(({ totals }) => Object.keys(totals).length > 0)
  const columns = counted ? ids : []
  return [
    [
      word.party,
      word.due,
      word.present,
      word.recused,
      ...columns.map((id) => optionName(all, id)),
      word.notVoted,
    ],
    ...parties.map((party) => [
      partyName(all, party.partyId),
      party.due,
      party.present,
      party.recused,
      ...columns.map((id) =>
        isYesNo && (id === 'yes' || id === 'no' || id === 'abstain') ? party[id] : (party.totals[id] ?? 0),
      ),
      party.notVoted,
    ]),
  ]
}

const roundRows = (all: Sheeting): Cell[][] => {
  const { poll, result, word } = all
  const { rounds = [], order, pairwise } = result
  const ids = optionIds(poll)
  const names = ids.map((id) => optionName(all, id))
  const listed = (some: readonly string[]) => some.map((id) => optionName(all, id)).join(' / ')
  const ranked = order ? [[word.order, order.map(listed).join(' > ')]] : []
  const pairs = pairwise
    ? [
        [word.preferred, ...names],
        ...ids.map((id) => [
          optionName(all, id),
          ...ids.map((other) => (id === other ? '' : (pairwise[id]?.[other] ?? 0))),
        ]),
      ]
    : []
  if (rounds.length === 0) return [...ranked, ...pairs]
  return [
    ...(result.quota === undefined ? [] : [[word.quota, result.quota]]),
    [word.round, ...names, word.nonTransferable, word.elected, word.excluded],
    ...rounds.map((round) => [
      round.round,
      ...ids.map((id) => round.counts[id] ?? 0),
      round.nonTransferable,
      listed(round.elected),
      listed(round.excluded),
    ]),
    ...ranked,
  ]
}

const choiceText = (all: Sheeting, { choice }: Pick<NamedBallot, 'choice'>): string => {
  if (isBlank(choice)) return all.word.blank
  const name = (id: string) => optionName(all, id)
  if ('scores' in choice) {
    return Object.entries(choice.scores)
      .map(([id, points]) => `${name(id)}: ${points}`)
      .join(', ')
  }
  if ('ranking' in choice) return choice.ranking.map((group) => group.map(name).join(' = ')).join(' > ')
  return namedIn(choice).map(name).join(' / ')
}

const ballotRows = (all: Sheeting): Cell[][] => {
  const { state, poll, names, word } = all
  const whose = ({ seatId }: NamedBallot): Cell[] => {
    const weight = electorOf(poll, seatId)?.weight ?? 1
    const partyId = state.seats[seatId]?.partyId
    return [names[seatId]?.name ?? seatId, partyId ? partyName(all, partyId) : '', weight]
  }
  const rows: Cell[][] = poll.ballots.map((ballot) => [
    ...whose(ballot),
    word[`source_${ballot.source}`],
    choiceText(all, ballot),
    1,
  ])
  for (const { partyId, counts, witness } of poll.hands) {
    const party = partyName(all, partyId)
    for (const [id, count] of Object.entries(counts)) {
      rows.push([witness, party, 1, word.source_hands, optionName(all, id), count])
    }
  }
  for (const { partyId, lines, blank, spoiled } of poll.papers) {
    const party = partyId === null ? '' : partyName(all, partyId)
    const line = (text: string, count: number) => rows.push(['', party, 1, word.source_paper, text, count])
    for (const { choice, count } of lines) line(choiceText(all, { choice }), count)
    if (blank > 0) line(word.blank, blank)
    if (spoiled > 0) line(word.spoiled, spoiled)
  }
  if (rows.length === 0) return []
  const head = [
    'seat',
    'party',
    'weight',
    'source',
    'choice',
    'count',
  ] as const satisfies readonly SheetWord[]
  return [head.map((key) => word[key]), ...rows]
}
