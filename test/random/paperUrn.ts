// The urn on paper: the same rules as the store's own statements, over plain maps. For meetings without a store.
import type { Command, CommandOf, PaperSheet } from '../../shared/meeting/commands.ts'
import type { Actor, UrnContents } from '../../shared/meeting/deciding.ts'
import type { MeetingEvent } from '../../shared/meeting/events.ts'
import { checkPaperFor, paperElectors } from '../../shared/meeting/paper.ts'
import { checkBallotFor, checkHandsFor } from '../../shared/meeting/pollChecks.ts'
import { channelIn } from '../../shared/meeting/pollOpening.ts'
import { isWeighedPoll } from '../../shared/meeting/pollOptions.ts'
import type { Elector, HandCount, MeetingState, NamedBallot, PaperBox } from '../../shared/meeting/state.ts'
import { canonical } from '../../shared/record/canonical.ts'
import { openPoll } from '../../shared/views/polls.ts'

interface Box {
  readonly channels: Map<string, { partyId: string; channel: Elector['channel'] }>
  readonly ballots: Map<string, NamedBallot & { readonly partyId: string }>
  readonly hands: Map<string, HandCount>
  /** What each teller counted, by box. */
  readonly papers: Map<string | null, Map<string, PaperSheet>>
}

const urnOrders = ['castBallot', 'countHands', 'enterPaper', 'discardPaper'] as const

type UrnOrder = CommandOf<(typeof urnOrders)[number]>

export const isUrnOrder = (command: Command): command is UrnOrder =>
  (urnOrders as readonly string[]).includes(command.type)

const agreed = (sheets: ReadonlyMap<string, PaperSheet> | undefined): boolean =>
  sheets?.size === 2 && new Set([...sheets.values()].map(canonical)).size === 1

export class PaperUrn {
  private readonly boxes = new Map<string, Box>()
  private receipts = 0

  /** Keeps step with the record, as the store's rows do. */
  hears(before: MeetingState | null, event: MeetingEvent): void {
    if (event.type === 'pollOpened') {
      const channels = new Map(event.electors.map(({ seatId, ...rest }) => [seatId, { ...rest }]))
      this.boxes.set(event.pollId, { channels, ballots: new Map(), hands: new Map(), papers: new Map() })
    }
    if (event.type !== 'channelSet' && event.type !== 'seatCheckedIn') return
    const poll = before && openPoll(before)
    const box = this.boxes.get(poll?.pollId ?? '')
    const elector = box?.channels.get(event.seatId)
    if (!poll || !box || !elector || box.ballots.has(event.seatId) || box.hands.has(elector.partyId)) return
    if (elector.channel === 'proxy' || box.papers.has(null) || box.papers.has(elector.partyId)) return
    elector.channel = channelIn({ ...poll, weighed: isWeighedPoll(poll) }, event.channel)
  }

  /** Takes what goes to the urn, or says why not. */
  take(state: MeetingState, command: UrnOrder, by: Actor): string {
    if (command.type === 'castBallot') return this.cast(state, command, by)
    if (command.type === 'countHands') return this.count(state, command, by)
    if (command.type === 'enterPaper') return this.enter(state, command, by)
    this.boxes.get(command.pollId)?.papers.delete(command.partyId)
    return 'accepted'
  }

  private enter(state: MeetingState, command: CommandOf<'enterPaper'>, by: Actor): string {
    const checked = checkPaperFor(state, command)
    if (!checked.ok) return checked.refusal.code
    const { sheet } = checked.value
    const { partyId } = command
    const box = this.boxes.get(command.pollId)
    if (!box) return 'pollClosed'
    const sheets = box.papers.get(partyId)
    if (agreed(sheets)) return 'paperAgreed'
    const others = [...(sheets?.keys() ?? [])].filter((teller) => teller !== by.actorId)
    if (others.length >= 2) return 'paperTellers'
    const electors = [...box.channels].map(([seatId, one]) => ({ seatId, ...one }))
    if (sheet.handedOut > paperElectors({ ...checked.value.poll, electors }, partyId))
      return 'papersExceedSeats'
    box.papers.set(partyId, new Map(sheets).set(by.actorId, sheet))
    return 'accepted'
  }

  private cast(state: MeetingState, command: CommandOf<'castBallot'>, by: Actor): string {
    const checked = checkBallotFor(state, command, by)
    if (!checked.ok) return checked.refusal.code
    const { poll, elector, source } = checked.value
    const { seatId, partyId } = elector
    const box = this.boxes.get(poll.pollId)
    if (box?.channels.get(seatId)?.channel !== source) return 'otherSource'
    const before = box.ballots.get(seatId)
    if (before && before.source !== source) return 'otherSource'
    if (source === 'clerk' && this.taken(box, partyId, seatId) >= this.byClerk(box, partyId)) {
      return 'handsExceedSeats'
    }
    if (before && !poll.changeable) return 'ballotFixed'
    this.receipts += 1
    box.ballots.set(seatId, {
      seatId,
      partyId,
      source,
      choice: command.choice,
      receipt: `R${this.receipts}`,
    })
    return 'accepted'
  }

  private count(state: MeetingState, command: CommandOf<'countHands'>, by: Actor): string {
    const checked = checkHandsFor(state, command)
    if (!checked.ok) return checked.refusal.code
    const { pollId, partyId, counts, witness } = command
    const box = this.boxes.get(pollId)
    if (!box) return 'pollClosed'
    const clerkBallots = [...box.ballots.values()].filter(
      (ballot) => ballot.partyId === partyId && ballot.source === 'clerk',
    ).length
    if (checked.value.hands + clerkBallots > this.byClerk(box, partyId)) return 'handsExceedSeats'
    box.hands.set(partyId, { partyId, counts, countedBy: by.actorId, witness })
    return 'accepted'
  }

  /** What a sealed urn holds; `unsettled` where two tellers do not agree on a box, and it cannot be sealed. */
  contents(pollId: string): UrnContents | 'unsettled' {
    const box = this.boxes.get(pollId)
    const boxes = [...(box?.papers ?? [])]
    if (!boxes.every(([, sheets]) => agreed(sheets))) return 'unsettled'
    const papers = boxes.flatMap(([partyId, sheets]): PaperBox[] => {
      const [sheet] = [...sheets.values()]
      return sheet ? [{ ...sheet, partyId, tellers: [...sheets.keys()].sort() }] : []
    })
    const ballots = [...(box?.ballots.values() ?? [])].map(({ partyId: _, ...ballot }) => ballot)
    return {
      ballots: ballots.sort((a, b) => (a.seatId < b.seatId ? -1 : 1)),
      hands: [...(box?.hands.values() ?? [])],
      ...(papers.length > 0 ? { papers } : {}),
    }
  }

  private byClerk(box: Box, partyId: string): number {
    return [...box.channels.values()].filter((one) => one.partyId === partyId && one.channel === 'clerk')
      .length
  }

  private taken(box: Box, partyId: string, exceptSeatId: string): number {
    const hands = Object.values(box.hands.get(partyId)?.counts ?? {}).reduce((sum, n) => sum + n, 0)
    const ballots = [...box.ballots.values()].filter(
      (ballot) => ballot.partyId === partyId && ballot.source === 'clerk' && ballot.seatId !== exceptSeatId,
    )
    return hands + ballots.length
  }
}
