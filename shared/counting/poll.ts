// Owns the shape of a poll to be counted and of what its count comes to; both are plain JSON and go into the record.
import type { Condition } from '../rules/conditions.ts'
import type { Share } from '../rules/fractions.ts'
import type { QuorumFinding } from '../rules/judge.ts'
import type { Preset, Words } from '../rules/preset.ts'
import type { PartyRoll } from '../rules/tally.ts'
import type { BallotChoice } from './ballot.ts'
import type { Method } from './method.ts'

/** A seat as it was when the poll opened. `households` are those it stands for. */
export interface PollSeat {
  readonly id: string
  readonly party: string
  readonly weight?: number
  readonly households?: number
  readonly present: boolean
  readonly recused?: boolean
}

/** One party's attendance frozen at opening, where `seats` lists only those who may vote (or is left out). */
export interface PollRoll extends PartyRoll {
  /** recused seats among the present */
  readonly recused: number
  /** the same in the preset's weight, where seats weigh */
  readonly weighed?: { readonly due: number; readonly present: number; readonly recused: number }
}

/** A ballot of a seat, or a bundle of `count` equal ballots without a name (hands, paper), of a party where known. */
export interface PollBallot {
  readonly seat?: string
  readonly party?: string
  readonly count?: number
  readonly choice: BallotChoice
}

/**
 * A poll with everything that its count needs.
 *
 * - `winners`: how many are to be chosen; 1 unless given, and `max` for choosing up to `max`.
 * - `roll`: attendance by party; without it, it is taken from `seats`.
 * - `parties`: the meeting's parties; a seat of any other is refused. Without it, the preset's own are known.
 * - `optionNames`: what options are called in the reason; an option that is missing stands for itself.
 * - `ties` and `seed`: how a tie is decided where the preset does not say so, and the published seed of a lot.
 */
export interface Poll {
  readonly preset?: Preset
  readonly method: Method
  readonly options: readonly string[]
  readonly optionNames?: Readonly<Record<string, Words>>
  readonly winners?: number
  readonly seats?: readonly PollSeat[]
  readonly roll?: readonly PollRoll[]
  readonly parties?: readonly { readonly id: string; readonly name?: Words }[]
  readonly unitPresets?: Readonly<Record<string, Preset>>
  readonly ties?: Preset['ties']
  readonly seed?: string
  readonly ballots: readonly PollBallot[]
}

/** One round of a ranked count. Figures of STV have up to five decimals. */
export interface Round {
  /** from 1 */
  round: number
  /** first preferences, the surplus of one elected, or the votes of those excluded */
  action: 'first' | 'surplus' | 'exclusion'
  /** whose votes move in this round */
  from: string[]
  /** votes of each option after it */
  counts: Record<string, number>
  /** what each gained (+) or gave (−) in it; left out where nothing moved */
  moved: Record<string, number>
  /** votes so far that name nobody who is still in, and what truncation left over */
  nonTransferable: number
  /** elected at the end of it */
  elected: string[]
  /** excluded at its start */
  excluded: string[]
  tie?: { among: string[]; decidedBy: 'earlierRound' | 'lot' | 'together' | 'listOrder' }
}

/** One party's figures in seats. `notVoted` were present, might vote, and did not. */
export interface PartyTotals {
  partyId: string
  due: number
  present: number
  recused: number
  yes: number
  no: number
  abstain: number
  notVoted: number
  /** votes or points by option, in the preset's weight; empty where ballots are ranked */
  totals: Record<string, number>
}

/**
 * What a count came to.
 *
 * - `totals`: votes by option in the preset's weight; of a score, its points; of IRV and STV, those of the last round;
 *   of Schulze, how many others an option beats.
 * - `shares`: of the options, over the base named in `base` (never over 100 %).
 * - `tied`: those between whom the count cannot decide.
 * - `ballots`: `cast` in weight, blanks among them; `notVoted` in seats.
 */
export interface CountResult {
  outcome: 'passed' | 'failed' | 'noQuorum' | 'elected' | 'tied'
  winners: string[]
  totals: Record<string, number>
  shares?: Record<string, Share>
  base?: { of: Condition['base'] | 'points'; count: number }
  quorum?: QuorumFinding
  conditions?: Condition[]
  parties?: PartyTotals[]
  rounds?: Round[]
  /** of STV: the votes that elect */
  quota?: number
  /** of Schulze: best first, equals in one group */
  order?: string[][]
  /** of Schulze: how many prefer the first option to the second */
  pairwise?: Record<string, Record<string, number>>
  /** of Schulze: the strength of the strongest path from the first to the second */
  paths?: Record<string, Record<string, number>>
  tied?: string[]
  lot?: { seed: string; order: string[] }
  ballots: { cast: number; blank: number; notVoted?: number }
  method: Method['kind']
  preset?: { code: string; version: number }
  why: Words
}
