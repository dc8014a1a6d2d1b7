// Owns the two judgements of a rule: whether a quorum is met, and the verdict on a yes/no question.
import { type Condition, conditionsOf, isTie, type Surroundings } from './conditions.ts'
import { needOf } from './fractions.ts'
import type { Fraction, Preset, Quorum, Words } from './preset.ts'
import { whyOf } from './reasons.ts'
import { type PartyRoll, type Roll, sumVotes, type Tally } from './tally.ts'

export interface PartyQuorum {
  partyId: string
  have: number
  need: number
  short: number
  met: boolean
}

/**
 * What the quorum came to, in seats, households or units (`basis`). `of` is the whole that `need` is a part of; `need`
 * is the smallest number that meets it. `parties` lists what is asked of each, and is empty where nothing is. `met`
 * needs the whole and every party.
 */
export interface QuorumFinding {
  met: boolean
  have: number
  need: number
  short: number
  of: number
  basis: 'roster' | 'households' | 'units' | 'none'
  parties: PartyQuorum[]
}

interface Heads {
  due: number
  present: number
}

const seatsOf = (party: PartyRoll): Heads => ({ due: party.due, present: party.present })

/** Where no households are given, a seat is a household. */
const householdsOf = (party: PartyRoll): Heads => ({
  due: party.households ?? party.due,
  present: party.householdsPresent ?? (party.households === undefined ? party.present : 0),
})

const sum = (heads: readonly Heads[]): Heads => ({
  due: heads.reduce((total, { due }) => total + due, 0),
  present: heads.reduce((total, { present }) => total + present, 0),
})

const measure = (fraction: Fraction, { due, present }: Heads) => {
  if (present > due) throw new Error(`more present (${present}) than due (${due})`)
  const need = needOf(fraction, due)
  return { have: present, need, short: Math.max(0, need - present), of: due, met: present >= need }
}

const byBasis = (
  quorum: Exclude<Quorum, { basis: 'units' }>,
  roll: Roll,
  basis: 'roster' | 'households',
): QuorumFinding => {
  const headsOf = basis === 'households' ? householdsOf : seatsOf
  const whole = measure(quorum, sum(roll.parties.map(headsOf)))
  const { perParty } = quorum
  const parties: PartyQuorum[] = []
  for (const party of perParty === undefined ? [] : roll.parties) {
    const heads = headsOf(party)
    if (perParty === undefined || heads.due === 0) continue
    const { have, need, short, met } = measure(perParty, heads)
    parties.push({ partyId: party.partyId, have, need, short, met })
  }
  return { ...whole, met: whole.met && parties.every(({ met }) => met), basis, parties }
}

/** Every affected unit is there: at least one of its seats, or its own quorum where it names a preset. */
const byUnits = (roll: Roll, unitPresets: ReadonlyMap<string, Preset>): QuorumFinding => {
  const parties = roll.parties.map((unit): PartyQuorum => {
    const own = unitPresets.get(unit.partyId)
    const finding = own === undefined ? undefined : checkQuorum(own, { parties: [unit] })
    const need = Math.max(1, finding?.need ?? 0)
    const have = finding === undefined || finding.basis === 'none' ? unit.present : finding.have
    return { partyId: unit.partyId, have, need, short: Math.max(0, need - have), met: have >= need }
  })
  const have = parties.filter(({ met }) => met).length
  const need = Math.max(1, parties.length)
  return { met: have >= need, have, need, short: need - have, of: parties.length, basis: 'units', parties }
}

const noUnitPresets: ReadonlyMap<string, Preset> = new Map()

/**
 * Checks a quorum against the attendance at this moment; it is asked anew at every poll. Where either seats or
 * households may meet it, the one that does is reported, else the one with fewer missing.
 *
 * @param unitPresets the own presets of units, for talks between villages
 */
export const checkQuorum = (
  preset: Preset,
  roll: Roll,
  unitPresets: ReadonlyMap<string, Preset> = noUnitPresets,
): QuorumFinding => {
  const { quorum } = preset
  if (quorum === null) {
    const all = sum(roll.parties.map(seatsOf))
    return { met: true, have: all.present, need: 0, short: 0, of: all.due, basis: 'none', parties: [] }
  }
  if (quorum.basis === 'units') return byUnits(roll, unitPresets)
  if (quorum.basis !== 'rosterOrHouseholds') return byBasis(quorum, roll, quorum.basis)
  const bySeats = byBasis(quorum, roll, 'roster')
  if (bySeats.met || roll.parties.every(({ households }) => households === undefined)) return bySeats
  const byHouseholds = byBasis(quorum, roll, 'households')
  return byHouseholds.met || byHouseholds.short < bySeats.short ? byHouseholds : bySeats
}

/** `tied`: exactly a tie, which by the preset the chair or a lot decides. Without a quorum nothing is judged. */
export interface Verdict {
  outcome: 'passed' | 'failed' | 'tied' | 'noQuorum'
  quorum: QuorumFinding
  conditions: Condition[]
  why: Words
}

/**
 * The verdict on a yes/no question under a preset. A recused seat has no vote and stays in the denominator or leaves
 * it, as the preset says; whoever is present and does not vote, or abstains, stays in it.
 *
 * Throws where the figures contradict one another (more ballots than voters): that is a bug of the caller.
 */
export const judge = (preset: Preset, tally: Tally, around: Surroundings = {}): Verdict => {
  const quorum = checkQuorum(preset, tally, around.unitPresets)
  for (const party of tally.parties) {
    sumVotes([party])
    if (party.weighed !== undefined) sumVotes([party.weighed])
  }
  const conditions = quorum.met ? conditionsOf(preset, tally, around) : []
  const passed = conditions.every(({ met }) => met)
  const decidesTies = preset.ties !== 'fails' && isTie(preset, tally, conditions)
  const outcome = !quorum.met ? 'noQuorum' : passed ? 'passed' : decidesTies ? 'tied' : 'failed'
  return { outcome, quorum, conditions, why: whyOf(preset, tally, quorum, conditions, outcome, around) }
}
