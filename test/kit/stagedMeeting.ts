// Owns a council of 村 企 民 driven by real orders to the moments that the big screen shows.
import type { Command } from '../../shared/meeting/commands.ts'
import type { Facts } from '../../shared/meeting/deciding.ts'
import type { MeetingEvent } from '../../shared/meeting/events.ts'
import { decide, evolve } from '../../shared/meeting/meeting.ts'
import type { MeetingState, NamedBallot } from '../../shared/meeting/state.ts'
import { presetByCode } from '../../shared/rules/presets.ts'
import type { Names } from '../../shared/wire/live.ts'

export const startsAt = Date.UTC(2026, 10, 23, 1, 0)

const parties = [
  { partyId: 'pt_village0', name: { zh: '村', en: 'Village' }, seats: 5 },
  { partyId: 'pt_firms000', name: { zh: '企', en: 'Enterprises' }, seats: 5 },
  { partyId: 'pt_people00', name: { zh: '民', en: 'Residents' }, seats: 10 },
]
const people = ['王建国', '李秀英', '张伟', '刘芳', '陈志强', '杨桂兰', '黄敏', '周海', '吴玉梅', '徐东升']
const more = [
  '孙丽',
  '马国庆',
  '朱小红',
  '胡大海',
  '郭靖远',
  '何春梅',
  '高志远',
  '林月娥',
  '罗永福',
  '梁文静',
]

const seats = parties.flatMap(({ partyId, seats: count }, p) =>
  Array.from({ length: count }, (_, i) => ({
    seatId: `st_p${p}s${i}0000`,
    partyId,
    role: 'member' as const,
  })),
)
export const seatIds = seats.map(({ seatId }) => seatId)
export const names: Names = Object.fromEntries(
  seatIds.map((seatId, i) => [seatId, { name: [...people, ...more][i] ?? '', household: '' }]),
)

const preset = (code: string) => {
  const found = presetByCode(code)
  if (found === undefined) throw new Error(`no preset ${code}`)
  return found
}

/** A meeting under way: `give` carries an order out at the next second, `state` is what came of all. */
export class StagedMeeting {
  state: MeetingState
  at = startsAt
  private seq = 0
  private made = 0

  constructor(presetCode = 'tripartite') {
    this.state = this.record(null, {
      type: 'meetingConvened',
      meetingId: 'mt_staged00',
      unitId: 'un_village0',
      template: 'tripartiteCouncil',
      title: '径山村十一月村企民三方议事会',
      place: '文化礼堂二楼',
      startsAt,
      preset: preset(presetCode),
      parties: parties.map(({ partyId, name }) => ({ partyId, name })),
    })
    this.state = this.record(this.state, { type: 'seatsAdded', seats })
  }

  private record(state: MeetingState | null, event: MeetingEvent): MeetingState {
    this.seq += 1
    return evolve(state, {
      seq: this.seq,
      at: this.at,
      by: 'ac_facilitator',
      commandId: `c-${this.seq}`,
      event,
    })
  }

  give(command: Command, facts: Facts = {}, afterMs = 1_000): this {
    this.at += afterMs
    const decision = decide(this.state, command, {
      now: this.at,
      by: { actorId: 'ac_facilitator', role: 'facilitator', seatId: null },
      newId: (kind) => {
        this.made += 1
        return `${kind.slice(0, 2)}_made${String(this.made).padStart(4, '0')}`
      },
      presetByCode,
      facts,
    })
    if (!decision.ok) throw new Error(`${command.type} was refused: ${decision.refusal.code}`)
    for (const event of decision.events) this.state = this.record(this.state, event)
    return this
  }

  itemAt(index: number): string {
    return this.state.agenda[index]?.itemId ?? ''
  }
}

const agenda: readonly [string, number][] = [
  ['通报上月议定事项办理情况', 10],
  ['茶园道路拓宽与停车场建设方案', 25],
  ['民宿夜间噪声与经营时间公约', 20],
  ['垃圾分类积分兑换办法', 15],
  ['其他事项', 10],
]

/** Doors open, everyone but one villager and two residents checked in. */
export const gathering = (presetCode?: string): StagedMeeting => {
  const meeting = new StagedMeeting(presetCode)
  for (const [title, minutes] of agenda) {
    meeting.give({ type: 'addAgendaItem', title, minutes, parentId: null, matterId: null })
  }
  meeting.give({ type: 'openDoors' })
  for (const seatId of seatIds) {
    if (![seatIds[4], seatIds[18], seatIds[19]].includes(seatId)) {
      meeting.give({ type: 'checkIn', seatId, channel: seatId === seatIds[12] ? 'clerk' : 'device' })
    }
  }
  return meeting
}

/** In session, on the second item. */
export const onText = (presetCode?: string): StagedMeeting => {
  const meeting = gathering(presetCode).give({ type: 'openMeeting' })
  const parentId = meeting.itemAt(1)
  meeting.give({ type: 'addAgendaItem', title: '停车场选址', minutes: 10, parentId, matterId: null })
  meeting.give({ type: 'moveAgendaTo', itemId: meeting.itemAt(0) })
  return meeting.give({ type: 'moveAgendaTo', itemId: meeting.itemAt(1) }, {}, 8 * 60_000)
}

const seat = (index: number): string => seatIds[index] ?? ''

export const speaking = (): StagedMeeting => {
  const meeting = onText()
  for (const index of [0, 11, 6, 1, 12])
    meeting.give({ type: 'raiseHand', seatId: seat(index), kind: 'speak' })
  meeting.give({ type: 'raiseHand', seatId: seat(8), kind: 'pointOfOrder' })
  return meeting.give({ type: 'giveFloor', seatId: seat(0), seconds: 180 })
}

export const question = '是否同意茶园道路拓宽至六米并配建四十个车位的停车场?'

export const polling = (show: 'hidden' | 'live' = 'hidden', presetCode?: string): StagedMeeting => {
  const meeting = onText(presetCode)
  const draftId = meeting.state.agenda[1]?.draftId ?? ''
  return meeting.give(
    {
      type: 'openPoll',
      itemId: meeting.itemAt(1),
      question,
      method: { kind: 'yesNo' },
      options: [],
      secrecy: 'named',
      show,
    },
    { text: { draftId, sha256: 'ab'.repeat(32), chars: 812 } },
  )
}

/** A secret poll, held on paper, in which one of some options is chosen. */
export const choosing = (labels: readonly string[]): StagedMeeting => {
  const meeting = onText()
  const draftId = meeting.state.agenda[1]?.draftId ?? ''
  return meeting.give(
    {
      type: 'openPoll',
      itemId: meeting.itemAt(1),
      question: '选一个承办单位',
      method: { kind: 'chooseOne' },
      options: labels.map((label, at) => ({ optionId: `op_${String(at).padStart(8, '0')}`, label })),
      secrecy: 'secret',
      show: 'hidden',
    },
    { text: { draftId, sha256: 'ab'.repeat(32), chars: 812 } },
  )
}

export const openPollId = (meeting: StagedMeeting): string => meeting.state.pollOrder.at(-1) ?? ''

/** @param answers by elector, in order; those beyond it do not vote */
export const decidedBy = (
  answers: readonly ('yes' | 'no' | 'abstain')[],
  presetCode?: string,
): StagedMeeting => {
  const meeting = polling('hidden', presetCode)
  const pollId = openPollId(meeting)
  const electors = meeting.state.polls[pollId]?.electors ?? []
  const ballots = answers.map(
    (choice, i): NamedBallot => ({
      seatId: electors[i]?.seatId ?? '',
      source: 'device',
      choice: { choice },
      receipt: `r${i}`,
    }),
  )
  return meeting.give({ type: 'closePoll', pollId }, { urn: { ballots, hands: [] } })
}
