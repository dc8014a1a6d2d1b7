// Papers in a box: which boxes a poll has, and whether one teller's count of one can be true.
import { type BallotChoice, ballotFault, isBlank } from '../counting/ballot.ts'
import { type PaperCount, reconcilePaper } from '../counting/sources.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { canonical } from '../record/canonical.ts'
import type { CommandOf, PaperSheet } from './commands.ts'
import { isWeighedPoll, optionIds } from './pollOptions.ts'
import type { MeetingState, Poll } from './state.ts'

const asksParties = ({ preset: { pass } }: Poll): boolean =>
  pass.form === 'everyUnit' || (pass.form === 'share' && pass.perParty !== undefined)

/** One box a party where the rule asks something of each, else one box for all (`null`). */
export const boxesOf = (poll: Poll): readonly (string | null)[] =>
  asksParties(poll) && poll.roll.length > 1 ? poll.roll.map(({ partyId }) => partyId) : [null]

/** Electors who vote on paper into a box. */
export const paperElectors = ({ electors }: Poll, partyId: string | null): number =>
  electors.filter((one) => one.channel === 'paper' && (partyId === null || one.partyId === partyId)).length

const ordered = (choice: BallotChoice): BallotChoice => {
  if ('choices' in choice) return { choices: [...choice.choices].sort() }
  if ('ranking' in choice) return { ranking: choice.ranking.map((group) => [...group].sort()) }
  return choice
}

/** The sheet in the one form in which equal counts are equal texts: bundles that say the same are one. */
export const sortedSheet = (sheet: PaperSheet): PaperSheet => {
  const bundles = new Map<string, PaperSheet['lines'][number]>()
  for (const { choice, count } of sheet.lines) {
    const plain = ordered(choice)
    const key = canonical(plain)
    bundles.set(key, { choice: plain, count: count + (bundles.get(key)?.count ?? 0) })
  }
  const lines = [...bundles].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line)
  return { ...sheet, lines }
}

/** The sheet as the tellers' comparison reads it, a line a bundle. */
export const paperCount = ({ lines, blank, spoiled, box }: PaperSheet): PaperCount => ({
  options: Object.fromEntries(
    lines.map(({ choice, count }) => ['choice' in choice ? choice.choice : canonical(choice), count]),
  ),
  blank,
  spoiled,
  box,
})

/**
 * Whether a teller's sheet may be taken: an open poll, a box that it has, papers that its method allows, and figures
 * that add up. Whether the papers handed out fit the seats that vote on paper is checked where the sheet is stored.
 */
export const checkPaperFor = (
  state: MeetingState,
  command: CommandOf<'enterPaper'>,
): Result<{ poll: Poll; sheet: PaperSheet }> => {
  const poll = state.polls[command.pollId]
  if (!poll) return refuse('pollUnknown')
  if (poll.status !== 'open') return refuse('pollClosed')
  if (!boxesOf(poll).includes(command.partyId)) return refuse('partyUnknown')
  if (isWeighedPoll(poll)) return refuse('weighedByName')
  const options = new Set(optionIds(poll))
  for (const { choice } of command.sheet.lines) {
    if (isBlank(choice)) return refuse('malformed')
    const found = ballotFault(poll.method, options, choice)
    if (found) return refuse(found.code, { zh: found.zh, en: found.en })
  }
  const sheet = sortedSheet(command.sheet)
  const count = paperCount(sheet)
  const present = Math.max(poll.electors.length, sheet.handedOut)
  const finding = reconcilePaper(count, count, { handedOut: sheet.handedOut, present })
  if (!finding.ok) {
    const [first] = finding.mismatches
    return refuse('paperBroken', first ? { zh: first.zh, en: first.en } : {})
  }
  return accept({ poll, sheet })
}
