// The urn on paper: the same rules as the store's own statements, over plain maps. For meetings without a store.
import type { CommandOf } from '../../shared/meeting/commands.ts'
import type { Actor } from '../../shared/meeting/deciding.ts'
import type { MeetingEvent } from '../../shared/meeting/events.ts'
import { checkBallotFor, checkHandsFor } from '../../shared/meeting/poll.ts'
import type { HandCount, MeetingState, NamedBallot } from '../../shared/meeting/state.ts'
import { openPoll } from '../../shared/views/polls.ts'

interface Box {
  readonly channels: Map<string, { partyId: string; channel: 'device' | 'clerk' }>
  readonly ballots: Map<string, NamedBallot & { readonly partyId: string }>
  readonly hands: Map<string, HandCount>
}

export class PaperUrn {
  private readonly boxes = new Map<string, Box>()
  private receipts = 0

  /** Keeps step with the record, as the store's rows do. */
  hears(before: MeetingState | null, event: MeetingEvent): void {
    if (event.type === 'pollOpened') {
      const channels = new Map(event.electors.map(({ seatId, ...rest }) => [seatId, { ...rest }]))
      this.boxes.set(event.pollId, { channels, ballots: new Map(), hands: new Map() })
    }
    if (event.type !== 'channelSet' && event.type !== 'seatCheckedIn') return
    const box = this.boxes.get((before && openPoll(before)?.pollId) ?? '')
    const elector = box?.channels.get(event.seatId)
    if (!box || !elector || box.ballots.has(event.seatId) || box.hands.has(elector.partyId)) return
    elector.channel = event.channel
  }

  cast(state: MeetingState, command: CommandOf<'castBallot'>, by: Actor): string {
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

  count(state: MeetingState, command: CommandOf<'countHands'>, by: Actor): string {
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

  contents(pollId: string): { ballots: NamedBallot[]; hands: HandCount[] } {
    const box = this.boxes.get(pollId)
    const ballots = [...(box?.ballots.values() ?? [])].map(({ partyId: _, ...ballot }) => ballot)
    return {
      ballots: ballots.sort((a, b) => (a.seatId < b.seatId ? -1 : 1)),
      hands: [...(box?.hands.values() ?? [])],
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
