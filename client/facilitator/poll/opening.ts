// What a poll would open with at this moment: the quorum under its rule, who is recused, represented, and votes how.
// The same figures as the opening itself works with.
import type { SourceFaultCode } from '../../../shared/counting/sources.ts'
import { channelIn } from '../../../shared/meeting/pollOpening.ts'
import { represented } from '../../../shared/meeting/proxies.ts'
import { isWeighed, membersOf, rollUnder } from '../../../shared/meeting/roll.ts'
import type { Elector, MeetingState } from '../../../shared/meeting/state.ts'
import { checkQuorum, type QuorumFinding } from '../../../shared/rules/judge.ts'
import type { Preset } from '../../../shared/rules/preset.ts'

export interface OpeningAsk {
  readonly itemIds: readonly string[]
  readonly preset: Preset
  readonly unitPresets: Readonly<Record<string, Preset>>
  readonly isSecret: boolean
}

export interface OpeningView {
  /** `null` where the rule asks for none. */
  readonly quorum: QuorumFinding | null
  readonly isWeighed: boolean
  /** Present or represented, and without a vote in this poll. */
  readonly recused: number
  /** Electors by the way in which they vote. */
  readonly by: Readonly<Record<Elector['channel'], number>>
  readonly proxiesRefused: readonly { readonly fromSeatId: string; readonly code: SourceFaultCode }[]
}

export const openingView = (state: MeetingState, ask: OpeningAsk): OpeningView => {
  const { preset } = ask
  const items = state.agenda.filter(({ itemId }) => ask.itemIds.includes(itemId))
  const recused = new Set(items.flatMap((item) => Object.keys(item.recused)))
  const { holders, refused } = represented(state, preset, recused)
  const weighed = isWeighed(state, preset)
  const secrecy = preset.recordOnly || ask.isSecret ? 'secret' : 'named'
  const by: Record<Elector['channel'], number> = { device: 0, clerk: 0, paper: 0, proxy: 0 }
  const isHere = (seatId: string) => state.attendance[seatId]?.status === 'present' || holders.has(seatId)
  const here = membersOf(state).filter(({ seatId }) => isHere(seatId))
  for (const { seatId } of here) {
    if (recused.has(seatId)) continue
    const own = holders.has(seatId) ? 'proxy' : (state.attendance[seatId]?.channel ?? 'device')
    by[channelIn({ preset, secrecy, weighed }, own)] += 1
  }
  const units = new Map(Object.entries(ask.unitPresets))
  const finding = checkQuorum(preset, { parties: rollUnder(state, preset, recused) }, units)
  return {
    quorum: preset.quorum === null ? null : finding,
    isWeighed: weighed,
    recused: here.filter(({ seatId }) => recused.has(seatId)).length,
    by,
    proxiesRefused: refused,
  }
}
