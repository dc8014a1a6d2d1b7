// Orders that go to the urn and not into the record: ballots, counted hands, papers. Checked against the newest state,
// stored with their answer in one write, and the store has the last word.
import { accept, type Result, refuse } from '../../shared/kernel/result.ts'
import type { Command, CommandOf } from '../../shared/meeting/commands.ts'
import type { Actor } from '../../shared/meeting/deciding.ts'
import { checkPaperFor } from '../../shared/meeting/paper.ts'
import { checkBallotFor, checkHandsFor } from '../../shared/meeting/pollChecks.ts'
import type { MeetingState } from '../../shared/meeting/state.ts'
import type { Done, Receipt } from '../../shared/wire/live.ts'
import { castSteps } from '../ballots/cast.ts'
import { discardSteps, paperState, paperSteps } from '../ballots/papers.ts'
import { receiptOf } from '../ballots/receipt.ts'
import { handsSteps, urnState } from '../ballots/urn.ts'
import type { Bus, Clock, Step, Store } from '../ports.ts'
import { checkedNewest } from './newest.ts'
import { answerStep } from './steps.ts'
import { bodyHashOf, type Envelope, type Stream } from './stream.ts'

const urnOrderTypes = ['castBallot', 'countHands', 'enterPaper', 'discardPaper'] as const

export type UrnCommand = CommandOf<(typeof urnOrderTypes)[number]>

export const isUrnOrder = (command: Command): command is UrnCommand =>
  (urnOrderTypes as readonly string[]).includes(command.type)

export interface UrnOrdersDeps {
  readonly store: Store
  readonly clock: Clock
  readonly bus: Bus
  readonly streamOf: (meetingId: string) => Stream
}

/** What a checked order writes, what it is answered, and why the store might not take it. */
interface Taking {
  readonly pollId: string
  readonly steps: readonly Step[]
  readonly receipt?: Receipt
  /** Asked after the store refused, while the urn is still open. */
  readonly whyNot: () => Promise<Result<never>>
}

export const openUrnOrders = ({ store, clock, bus, streamOf }: UrnOrdersDeps) => {
  const taking = (state: MeetingState, actor: Actor, envelope: Envelope, command: UrnCommand, at: number) => {
    switch (command.type) {
      case 'castBallot':
        return ballotTaking(store, state, actor, envelope.commandId, command, at)
      case 'countHands':
        return handsTaking(store, state, actor, command, at)
      case 'enterPaper':
        return paperTaking(store, state, actor, command, at)
      case 'discardPaper':
        return discardTaking(store, state, command)
    }
  }

  /** Kept under the order's id like every answer, so that the same order sent again is answered the same. */
  const keepRefusal = async (
    meetingId: string,
    actor: Actor,
    envelope: Envelope,
    refusal: Result<never>,
  ): Promise<Result<Done>> => {
    const asked = { commandId: envelope.commandId, actor, bodyHash: bodyHashOf(actor, envelope.command) }
    const written = await store.write([answerStep(store, meetingId, asked, refusal, clock.now())])
    if (written.ok) return refusal
    return (await streamOf(meetingId).answered(actor, envelope)) ?? refuse('busy')
  }

  return async (
    meetingId: string,
    actor: Actor,
    envelope: Envelope,
    command: UrnCommand,
  ): Promise<Result<Done>> => {
    const stream = streamOf(meetingId)
    const at = clock.now()
    const { checked, seq } = await checkedNewest(store, stream, (state) =>
      taking(state, actor, envelope, command, at),
    )
    if (!checked.ok) {
      if (checked.refusal.code === 'meetingUnknown') return checked
      // What was taken when it first came stands; one that would be taken now finds its answer in its way.
      const known = await stream.answered(actor, envelope)
      if (known) return known
      const isLate = command.type === 'castBallot' && checked.refusal.code === 'pollClosed'
      return isLate ? stream.order(actor, envelope) : keepRefusal(meetingId, actor, envelope, checked)
    }
    const { pollId, steps, receipt, whyNot } = checked.value
    const result = accept(receipt ? { seq, receipt } : { seq })
    const asked = { commandId: envelope.commandId, actor, bodyHash: bodyHashOf(actor, command) }
    const written = await store.write([answerStep(store, meetingId, asked, result, at), ...steps])
    if (written.ok) {
      bus.publish({ kind: 'ballots', meetingId, pollId })
      return result
    }
    if (written.reason === 'conflict') return (await stream.answered(actor, envelope)) ?? refuse('busy')
    const urn = await urnState(store, pollId, '')
    if (urn.state !== 'open') {
      if (command.type !== 'castBallot') {
        return keepRefusal(meetingId, actor, envelope, refuse('pollClosed'))
      }
      await streamOf(meetingId).fresh()
      return streamOf(meetingId).order(actor, envelope)
    }
    return keepRefusal(meetingId, actor, envelope, await whyNot())
  }
}

const ballotTaking = (
  store: Store,
  state: MeetingState,
  actor: Actor,
  commandId: string,
  command: CommandOf<'castBallot'>,
  castAt: number,
): Result<Taking> => {
  const checked = checkBallotFor(state, command, actor)
  if (!checked.ok) return checked
  const { poll, elector, source } = checked.value
  const { pollId } = poll
  const { seatId, partyId } = elector
  const choice = JSON.stringify(command.choice)
  const receipt = receiptOf(pollId, seatId, commandId, choice)
  const castBy = actor.actorId
  const changeable = poll.changeable ? 1 : 0
  const cast = { pollId, seatId, partyId, choice, source, castBy, castAt, receipt, commandId, changeable }
  return accept({
    pollId,
    steps: castSteps(store, cast),
    receipt: { pollId, seatId, receipt, castAt },
    whyNot: async () => {
      const urn = await urnState(store, pollId, seatId)
      const isOther = urn.channel !== source || (urn.ballot && urn.ballot.source !== source)
      return refuse(isOther ? 'otherSource' : urn.ballot ? 'ballotFixed' : 'handsExceedSeats')
    },
  })
}

const handsTaking = (
  store: Store,
  state: MeetingState,
  actor: Actor,
  command: CommandOf<'countHands'>,
  countedAt: number,
): Result<Taking> => {
  const checked = checkHandsFor(state, command)
  if (!checked.ok) return checked
  const { pollId, partyId, counts, witness } = command
  const { hands } = checked.value
  const count = { pollId, partyId, counts, witness, countedBy: actor.actorId, countedAt, hands }
  return accept({
    pollId,
    steps: handsSteps(store, count),
    whyNot: async () => refuse('handsExceedSeats'),
  })
}

const paperTaking = (
  store: Store,
  state: MeetingState,
  actor: Actor,
  command: CommandOf<'enterPaper'>,
  enteredAt: number,
): Result<Taking> => {
  const checked = checkPaperFor(state, command)
  if (!checked.ok) return checked
  const { pollId, partyId } = command
  const teller = actor.actorId
  const reasons = { agreed: 'paperAgreed', tellers: 'paperTellers', handedOut: 'papersExceedSeats' } as const
  return accept({
    pollId,
    steps: paperSteps(store, { pollId, partyId, sheet: checked.value.sheet, teller, enteredAt }),
    whyNot: async () => refuse(reasons[await paperState(store, pollId, partyId, teller)]),
  })
}

const discardTaking = (
  store: Store,
  state: MeetingState,
  { pollId, partyId }: CommandOf<'discardPaper'>,
): Result<Taking> => {
  const poll = state.polls[pollId]
  if (!poll) return refuse('pollUnknown')
  if (poll.status !== 'open') return refuse('pollClosed')
  return accept({
    pollId,
    steps: discardSteps(store, pollId, partyId),
    whyNot: async () => refuse('paperUnknown'),
  })
}
