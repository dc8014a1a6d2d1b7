// Owns the figures that a rule judges: who was due and present, and how they voted, party by party.
import { assertTally } from './fractions.ts'
import type { PassBase, Preset } from './preset.ts'

/**
 * One party's attendance in seats, frozen when a poll opens. `households` are those its seats stand for, and
 * `householdsPresent` those of the seats present; left out where a seat is a household (or households do not matter).
 */
export interface PartyRoll {
  partyId: string
  due: number
  present: number
  households?: number
  householdsPresent?: number
}

export interface Roll {
  parties: readonly PartyRoll[]
}

/** How the present voted, in seats or in weight. `recused` are among the present; `blank` were cast for nothing. */
export interface Votes {
  due: number
  present: number
  recused: number
  yes: number
  no: number
  abstain: number
  blank?: number
}

/** One party's votes in seats; `weighed` holds the same figures in the preset's weight, where seats weigh. */
export interface PartyTally extends PartyRoll, Votes {
  weighed?: Votes
}

export interface Tally {
  parties: readonly PartyTally[]
}

const none: Required<Votes> = { due: 0, present: 0, recused: 0, yes: 0, no: 0, abstain: 0, blank: 0 }

/** The votes of a party in the unit in which the preset counts: seats, or their weight. */
export const votesOf = (preset: Preset, party: PartyTally): Votes => {
  const weighs = preset.weights !== 'one' || (preset.pass.form === 'share' && preset.pass.of === 'household')
  return weighs && party.weighed !== undefined ? party.weighed : party
}

/** Adds up votes, and asserts that each figure is one and that no more voted than were there. */
export const sumVotes = (all: readonly Votes[]): Required<Votes> => {
  const sum = { ...none }
  for (const votes of all) {
    sum.due += votes.due
    sum.present += votes.present
    sum.recused += votes.recused
    sum.yes += votes.yes
    sum.no += votes.no
    sum.abstain += votes.abstain
    sum.blank += votes.blank ?? 0
  }
  for (const [what, figure] of Object.entries(sum)) assertTally(figure, what)
  if (castOf(sum) + sum.recused > sum.present)
    throw new Error('more ballots than people present who may vote')
  if (sum.present > sum.due) throw new Error('more people present than due')
  return sum
}

/** Ballots handed in, abstentions and blanks among them. */
export const castOf = (votes: Votes): number => votes.yes + votes.no + votes.abstain + (votes.blank ?? 0)

/** The base of a share. A recused seat stays in it or leaves it, as the preset says; `cast` never held one. */
export const baseOf = (preset: Preset, of: PassBase, votes: Votes): number => {
  const leaving = preset.recusal === 'leavesDenominator' ? votes.recused : 0
  if (of === 'cast') return castOf(votes)
  return (of === 'roster' ? votes.due : votes.present) - leaving
}
