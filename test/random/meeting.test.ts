// Random meetings on paper: whoever orders whatever, the rules of a meeting hold after every event.
import { isDeepStrictEqual } from 'node:util'
import { expect, test } from 'vitest'
import { count } from '../../shared/counting/count.ts'
import { readPoll } from '../../shared/counting/readPoll.ts'
import { reasonOf } from '../../shared/kernel/reason.ts'
import type { Command } from '../../shared/meeting/commands.ts'
import type { Actor, Decision } from '../../shared/meeting/deciding.ts'
import type { EventType, MeetingEvent, Recorded } from '../../shared/meeting/events.ts'
import { decide, evolve, fold } from '../../shared/meeting/meeting.ts'
import { exportedPoll } from '../../shared/meeting/pollCount.ts'
import { mayOrder } from '../../shared/meeting/roles.ts'
import type { FrozenText, MeetingState, Poll } from '../../shared/meeting/state.ts'
import { canonical } from '../../shared/record/canonical.ts'
import { firstHash, linkHash } from '../../shared/record/chain.ts'
import { sha256 } from '../../shared/record/sha256.ts'
import { textsNamed, verifyRecord } from '../../shared/record/verify.ts'
import type { ChainLinkCode } from '../../shared/rules/fourDeliberations.ts'
import type { Preset } from '../../shared/rules/preset.ts'
import { presets } from '../../shared/rules/presets.ts'
import { facilitator, parties, seatsOf } from '../meeting/given.ts'
import { type Dice, diceOf } from './dice.ts'
import { checkMeeting } from './invariants.ts'
import { isUrnOrder, PaperUrn } from './paperUrn.ts'
import { commandTypes, presetByCode, randomActor, randomOrder } from './randomOrders.ts'

const runs = Number(process.env.MEETING_RUNS ?? 200)
const seedBase = process.env.MEETING_SEED ?? 'hall'
const ordersPerRun = 200

/** Seeds that once failed stay. */
const oldSeeds: readonly string[] = ['hall 13', 'hall 70']

const visited = { commands: new Set<string>(), events: new Set<string>(), refusals: new Set<string>() }

const words = '一、村口停车场共设车位六十个。'
const text = { draftId: 'dr_0001', sha256: sha256(words), chars: words.length }

const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const part of Object.values(value)) frozen(part)
  }
  return value
}

class RandomMeeting {
  readonly log: string[] = []
  readonly events: Recorded[] = []
  private readonly urn = new PaperUrn()
  private readonly dice: Dice
  private readonly rolls = new Map<string, Pick<Poll, 'electors' | 'recused' | 'roll' | 'text'>>()
  private state!: MeetingState
  private twin: MeetingState | null = null
  private now = 1_750_000_000_000
  private ids = 0

  constructor(seed: string) {
    this.dice = diceOf(seed)
    const some = () => this.dice.below(5)
    const preset = this.dice.oneIn(2) ? presetByCode('ownSimple') : this.dice.pick(presets)
    if (!preset) throw new Error('no preset')
    this.append(facilitator, 'convene', {
      type: 'meetingConvened',
      meetingId: 'mt_0001',
      unitId: 'un_0001',
      template: 'tripartiteCouncil',
      title: '例会',
      place: '',
      startsAt: this.now,
      preset,
      parties,
    })
    const seats = seatsOf(some(), some(), 1 + some()).map((seat) => ({
      ...seat,
      ...(this.dice.oneIn(2) ? { household: `hh_000${this.dice.below(2)}` } : {}),
      ...(this.dice.oneIn(6) ? { households: 1 + this.dice.below(30) } : {}),
      ...(this.dice.oneIn(8) ? { weight: 1 + this.dice.below(3) } : {}),
    }))
    this.append(facilitator, 'convene', { type: 'seatsAdded', seats })
  }

  private append(by: Actor, commandId: string, event: MeetingEvent): void {
    const recorded = { seq: this.events.length + 1, at: this.now, by: by.actorId, commandId, event }
    const before = this.events.length === 0 ? null : this.state
    this.urn.hears(before, event)
    this.events.push(recorded)
    this.state = frozen(evolve(before, recorded))
    this.twin = evolve(this.twin, JSON.parse(canonical(recorded)) as Recorded)
    visited.events.add(event.type)
    if (event.type === 'pollOpened') this.rolls.set(event.pollId, event)
    this.check()
  }

  private check(): void {
    checkMeeting(this.state, this.now)
    const copied = JSON.parse(JSON.stringify(this.state))
    if (!isDeepStrictEqual(copied, this.state)) throw new Error('the state is not plain JSON')
    if (!isDeepStrictEqual(this.twin, this.state)) throw new Error('a replay from JSON differs')
    for (const [pollId, { electors, recused, roll, text }] of this.rolls) {
      const poll = this.state.polls[pollId]
      const still = poll && {
        electors: poll.electors,
        recused: poll.recused,
        roll: poll.roll,
        text: poll.text,
      }
      if (!isDeepStrictEqual(still, { electors, recused, roll, text })) throw new Error('a roll has changed')
    }
  }

  private decided(command: Command, by: Actor): Decision {
    const { ids } = this
    const facts = {
      ...(this.dice.oneIn(10) ? {} : { text, texts: this.textsOf(command) }),
      ...(command.type === 'proposeAmendment' ? { fork: { draftId: `dr_fork${this.ids}` } } : {}),
      ...(command.type === 'closePoll' ? { urn: this.urn.contents(command.pollId) } : {}),
      ...(command.type === 'openPoll'
        ? { linksDone: this.dice.oneIn(4) ? ('unknown' as const) : new Set<ChainLinkCode>() }
        : {}),
      ...(command.type === 'substitute'
        ? {
            substitute: this.dice.of<'fits' | 'otherHousehold' | 'unknown'>(
              'fits',
              'fits',
              'otherHousehold',
              'unknown',
            ),
          }
        : {}),
    }
    const ask = () => {
      this.ids = ids
      return decide(this.state, command, {
        now: this.now,
        by,
        newId: (kind) => {
          this.ids += 1
          const prefix =
            { item: 'it', draft: 'dr', amendment: 'am', poll: 'po', speech: 'sp' }[kind as 'item'] ?? 'xx'
          return `${prefix}_${String(this.ids).padStart(4, '0')}`
        },
        presetByCode,
        facts,
      })
    }
    const decision = ask()
    if (!isDeepStrictEqual(ask(), decision)) throw new Error('the same order was decided twice differently')
    return decision
  }

  private textsOf(command: Command): Record<string, FrozenText> {
    const covers = command.type === 'openPoll' ? (command.covers ?? []) : []
    return Object.fromEntries(covers.map((itemId) => [itemId, text]))
  }

  /** Most meetings begin as meetings do, so that the random part finds something going on. */
  begin(): void {
    this.give({ type: 'openMeeting' }, facilitator)
    for (const seatId of Object.keys(this.state.seats)) this.give({ type: 'checkIn', seatId }, facilitator)
    this.give(
      { type: 'addAgendaItem', title: '停车', parentId: null, minutes: 10, matterId: null },
      facilitator,
    )
  }

  step(): void {
    this.now += this.dice.oneIn(3) ? this.dice.below(90_000) : this.dice.below(50)
    this.give(randomOrder(this.state, this.dice), randomActor(this.state, this.dice))
  }

  private give(command: Command, by: Actor): void {
    this.log.push(`${this.log.length} ${by.role} ${by.actorId} ${JSON.stringify(command)}`)
    const open = isUrnOrder(command) && this.state.polls[command.pollId]?.status === 'open'
    if (open && mayOrder(by.role, command.type)) this.note(this.urn.take(this.state, command, by), command)
    const decision = this.decided(command, by)
    const code = decision.ok ? 'accepted' : decision.refusal.code
    if (command.type === 'giveFloor' && command.seatId === undefined && code === 'floorTaken') {
      throw new Error('whoever speaks stands in the way of the next')
    }
    if (open && decision.ok) throw new Error('the record itself took a ballot')
    this.note(code, command)
    for (const event of decision.events) this.append(by, `command-${this.log.length}`, event)
  }

  private note(outcome: string, command: Command): void {
    this.log.push(`  ${outcome}`)
    if (outcome === 'accepted') visited.commands.add(command.type)
    else visited.refusals.add(outcome)
  }

  finish(): void {
    if (!isDeepStrictEqual(fold(this.events), this.state)) throw new Error('the fold differs')
    for (const poll of Object.values(this.state.polls)) {
      if (poll.status !== 'closed') continue
      const read = readPoll(JSON.parse(JSON.stringify(exportedPoll(this.state, poll))), (it) => it as Preset)
      if (!read.ok) throw new Error(`an export cannot be read: ${read.fault.en}`)
      if (!isDeepStrictEqual(count(read.poll), poll.result)) throw new Error('an export counts differently')
    }
    let hash = firstHash('mt_0001')
    const chained = this.events.map((recorded) => {
      hash = linkHash(hash, { stream: 'mt_0001', ...recorded })
      return { ...recorded, hash }
    })
    const isNamed = chained.some(({ event }) => textsNamed(event).length > 0)
    const texts = isNamed ? { [text.sha256]: words } : {}
    const file = { format: 'yishiting-record', version: 1, stream: 'mt_0001', events: chained, texts }
    const finding = verifyRecord(file)
    if (!finding.ok) throw new Error(`the record does not verify: ${finding.problem}`)
  }
}

const seeds = [...oldSeeds, ...Array.from({ length: runs }, (_, run) => `${seedBase} ${run}`)]

test(
  `${seeds.length} random meetings of ${ordersPerRun} orders keep every rule`,
  () => {
    for (const [run, seed] of seeds.entries()) {
      let meeting: RandomMeeting | undefined
      try {
        meeting = new RandomMeeting(seed)
        if (run % 4 > 0) meeting.begin()
        for (let order = 0; order < ordersPerRun; order += 1) meeting.step()
        meeting.finish()
      } catch (fault) {
        const said = reasonOf(fault)
        throw new Error(`${said}\nseed "${seed}" after:\n${meeting?.log.join('\n')}`, { cause: fault })
      }
    }
  },
  60_000 + runs * 200,
)

/** Every refusal that can be given to a well-formed order; the last line is the urn's own. */
const reachable = `
  agendaTooDeep alreadyRecused floorTaken handAlreadyRaised handUnknown itemHasPolls itemIsCurrent itemUnknown
  malformed meetingAlreadyOpen meetingEnded meetingNotOpen noOptions nobodySpeaking notAllowed notAnElector notFound
  observerCannot optionUnknown partyUnknown pollAlreadyOpen pollClosed pollStillOpen pollUnknown presetUnknown
  quorumNotMet recused seatAlreadyPresent seatExists seatNotPresent seatUnknown secretByDevice textMissing tooMany
  tooManyChoices matterUnknown linkNotOpen linkPresetOdd unitPresetOdd weighedByName proxyRefused proxyUnknown substituteRefused noTie
  paperUnsettled paperBroken paperAgreed paperTellers papersExceedSeats
  amendmentUnknown amendmentSettled amendmentPolled amendmentNotPassed itemHasAmendments
  ballotFixed handsExceedSeats otherSource`
  .trim()
  .split(/\s+/)

const eventTypes: { readonly [T in EventType]: true } = {
  meetingConvened: true,
  seatsAdded: true,
  meetingRevised: true,
  doorsOpened: true,
  meetingOpened: true,
  meetingRecessed: true,
  meetingResumed: true,
  meetingClosed: true,
  agendaItemAdded: true,
  agendaItemRevised: true,
  agendaItemMoved: true,
  agendaItemRemoved: true,
  agendaMovedTo: true,
  seatCheckedIn: true,
  seatLeft: true,
  seatExcused: true,
  channelSet: true,
  observerAdmitted: true,
  seatRecused: true,
  recusalLifted: true,
  handRaised: true,
  handLowered: true,
  queueArranged: true,
  floorGiven: true,
  speechExtended: true,
  speechEnded: true,
  amendmentProposed: true,
  amendmentRebased: true,
  amendmentWithdrawn: true,
  amendmentAdopted: true,
  amendmentRejected: true,
  pollOpened: true,
  pollClosed: true,
  pollCancelled: true,
  ballotRefused: true,
  resultShown: true,
  sceneSet: true,
  proxyGiven: true,
  proxyEnded: true,
  seatSubstituted: true,
  tieBroken: true,
}

test('they went everywhere: every order obeyed, every event seen, every refusal given', () => {
  expect([...visited.commands].sort()).toEqual([...commandTypes].sort())
  expect([...visited.events].sort()).toEqual(Object.keys(eventTypes).sort())
  expect([...visited.refusals].sort()).toEqual(reachable.sort())
})
