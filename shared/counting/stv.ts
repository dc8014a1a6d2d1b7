// Owns the single transferable vote as Scotland counts its councils (SSI 2007/42, schedule 1, rules 45–52): Droop
// quota, weighted inclusive Gregory transfers, values truncated to five decimals, each exclusion in one stage.
import { excludeLowest } from './exclusion.ts'
import { type Marked, strictOrder } from './marked.ts'
import type { Round } from './poll.ts'
import { byEarlierRounds, byLot, type TieRule } from './ties.ts'

/** Votes are whole numbers of hundred-thousandths inside the count. */
const scale = 100_000

export interface Transferable {
  winners: string[]
  tied: string[]
  quota: number
  rounds: Round[]
  totals: Map<string, number>
}

/** Ballots that lie together: `weight` papers of one order, each worth `value` hundred-thousandths. */
interface Parcel {
  readonly order: readonly string[]
  readonly weight: number
  readonly value: number
}

interface Stage {
  action: Round['action']
  from: string[]
  excluded: string[]
  tie?: Round['tie']
}

class Count {
  readonly quota: number
  readonly continuing: Set<string>
  readonly elected: string[] = []
  readonly rounds: Round[] = []
  readonly history: Map<string, number>[] = []
  readonly votes: Map<string, number>
  private readonly options: readonly string[]
  private readonly places: number
  private readonly piles: Map<string, Parcel[]>
  private readonly surpluses = new Set<string>()
  private nonTransferable = 0

  constructor(options: readonly string[], ballots: readonly Marked[], places: number) {
    this.options = options
    this.places = places
    this.continuing = new Set(options)
    this.votes = new Map(options.map((option) => [option, 0]))
    this.piles = new Map(options.map((option) => [option, []]))
    let valid = 0
    for (const { choice, weight } of ballots) {
      const order = strictOrder(choice)
      if (order.length === 0) continue
      valid += weight
      this.give({ order, weight, value: scale })
    }
    this.quota = (Math.floor(valid / (places + 1)) + 1) * scale
    this.close({ action: 'first', from: [], excluded: [] })
  }

  votesOf(option: string): number {
    return this.votes.get(option) ?? 0
  }

  get vacancies(): number {
    return this.places - this.elected.length
  }

  /** Rule 48(2), 50(3): a parcel goes to the next continuing preference, or is not transferable. */
  private give(parcel: Parcel): void {
    const next = parcel.order.find((option) => this.continuing.has(option))
    const worth = parcel.weight * parcel.value
    if (next === undefined) {
      this.nonTransferable += worth
      return
    }
    this.piles.get(next)?.push(parcel)
    this.votes.set(next, this.votesOf(next) + worth)
  }

  /** Rules 47 and 52(1): who reaches the quota is elected, and the last ones are once they just fill the places. */
  private close(stage: Stage): void {
    const reached = [...this.continuing].filter((option) => this.votesOf(option) >= this.quota)
    reached.sort((a, b) => this.votesOf(b) - this.votesOf(a))
    const elected = reached.slice(0, this.vacancies)
    for (const option of elected) this.elect(option)
    if (this.vacancies > 0 && this.continuing.size <= this.vacancies) {
      const rest = [...this.continuing].sort((a, b) => this.votesOf(b) - this.votesOf(a))
      for (const option of rest) this.elect(option)
      elected.push(...rest)
    }
    this.record(stage, elected)
  }

  private elect(option: string): void {
    this.continuing.delete(option)
    this.elected.push(option)
    if (this.votesOf(option) > this.quota) this.surpluses.add(option)
  }

  private record(stage: Stage, elected: string[]): void {
    const before = this.history.at(-1)
    const moved: Record<string, number> = {}
    for (const option of before === undefined ? [] : this.options) {
      const change = this.votesOf(option) - (before?.get(option) ?? 0)
      if (change !== 0) moved[option] = change / scale
    }
    this.history.push(new Map(this.votes))
    const { tie, ...rest } = stage
    this.rounds.push({
      round: this.rounds.length + 1,
      ...rest,
      counts: Object.fromEntries(this.options.map((option) => [option, this.votesOf(option) / scale])),
      moved,
      nonTransferable: this.nonTransferable / scale,
      elected,
      ...(tie === undefined ? {} : { tie }),
    })
  }

  /** Rule 49: the largest surplus first; of equal ones, whoever had more at the latest stage at which they differed. */
  nextSurplus(rule: TieRule): { option: string; tie?: NonNullable<Round['tie']> } | undefined {
    const waiting = [...this.surpluses]
    const most = Math.max(...waiting.map((option) => this.votesOf(option)))
    const among = waiting.filter((option) => this.votesOf(option) === most)
    const [only] = among
    if (only === undefined || among.length === 1) return only === undefined ? undefined : { option: only }
    const left = byEarlierRounds(among, this.history.slice(0, -1), 'highest')
    const [earlier] = left
    if (earlier !== undefined && left.length === 1) {
      return { option: earlier, tie: { among, decidedBy: 'earlierRound' } }
    }
    const drawn = byLot(left, rule, 'first')
    if (drawn !== undefined) return { option: drawn, tie: { among, decidedBy: 'lot' } }
    const first = this.options.find((option) => left.includes(option)) ?? only
    return { option: first, tie: { among, decidedBy: 'listOrder' } }
  }

  /** Rule 48(3): every paper moves on at surplus × its value ÷ the votes of the elected, five decimals. */
  transferSurplus(option: string, tie?: Round['tie']): void {
    const total = this.votesOf(option)
    const surplus = total - this.quota
    const parcels = this.piles.get(option) ?? []
    this.piles.set(option, [])
    this.surpluses.delete(option)
    this.votes.set(option, this.quota)
    let given = 0
    for (const { order, weight, value } of parcels) {
      const next = Number((BigInt(surplus) * BigInt(value)) / BigInt(total))
      given += next * weight
      this.give({ order, weight, value: next })
    }
    this.nonTransferable += surplus - given
    this.close({ action: 'surplus', from: [option], excluded: [], tie })
  }

  /** Rule 50: the papers of the excluded move on at the value they came with. */
  exclude(out: string[], tie?: Round['tie']): void {
    for (const option of out) this.continuing.delete(option)
    for (const option of out) {
      const parcels = this.piles.get(option) ?? []
      this.piles.set(option, [])
      this.votes.set(option, 0)
      for (const parcel of parcels) this.give(parcel)
    }
    this.close({ action: 'exclusion', from: out, excluded: out, tie })
  }

  continuingVotes(): Map<string, number> {
    return new Map([...this.continuing].map((option) => [option, this.votesOf(option)]))
  }
}

/**
 * Counts by single transferable vote. A tie for exclusion that neither earlier rounds nor a lot can decide, and that
 * matters, ends the count: those elected so far stand, and the level ones are `tied`.
 */
export const countStv = (
  options: readonly string[],
  ballots: readonly Marked[],
  places: number,
  rule: TieRule,
): Transferable => {
  const count = new Count(options, ballots, places)
  let tied: string[] = []
  while (count.vacancies > 0 && count.continuing.size > 0 && tied.length === 0) {
    const surplus = count.nextSurplus(rule)
    if (surplus !== undefined) {
      count.transferSurplus(surplus.option, surplus.tie)
      continue
    }
    const standing = count.continuingVotes()
    const exclusion = excludeLowest(standing, count.history.slice(0, -1), rule, count.vacancies)
    if (exclusion === undefined) {
      const lowest = Math.min(...standing.values())
      tied = [...standing.keys()].filter((option) => standing.get(option) === lowest)
    } else {
      count.exclude(exclusion.out, exclusion.tie)
    }
  }
  const totals = new Map([...count.votes].map(([option, votes]) => [option, votes / scale]))
  return { winners: count.elected, tied, quota: count.quota / scale, rounds: count.rounds, totals }
}
