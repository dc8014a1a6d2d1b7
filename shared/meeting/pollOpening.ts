// The opening of a poll: what it is about is frozen with it — texts, rule, quorum, who may vote and how.
import { limits } from '../kernel/limits.ts'
import { fourDeliberations, mayOpen } from '../rules/fourDeliberations.ts'
import { checkQuorum } from '../rules/judge.ts'
import type { Preset } from '../rules/preset.ts'
import { polledAmendment } from './amendments.ts'
import type { CommandOf } from './commands.ts'
import { type Context, type Decision, decided, isPresent, notInSession, refused } from './deciding.ts'
import { represented } from './proxies.ts'
import { isWeighed, membersOf, rollUnder, seatWeight } from './roll.ts'
import type { AgendaItem, Amendment, Elector, FrozenText, MeetingState } from './state.ts'

type Opening = CommandOf<'openPoll'>

export const decideOpening = (state: MeetingState, command: Opening, context: Context): Decision => {
  const closed = notInSession(state)
  if (closed) return refused(closed)
  const items = [command.itemId, ...(command.covers ?? [])].map((id) =>
    state.agenda.find((one) => one.itemId === id),
  )
  const [item] = items
  if (!item || items.includes(undefined)) return refused('itemUnknown')
  if (new Set(items).size !== items.length) return refused('malformed')
  if (Object.values(state.polls).some((poll) => poll.status === 'open')) return refused('pollAlreadyOpen')
  if (state.pollOrder.length >= limits.pollsPerMeetingMax) {
    return refused('tooMany', { max: limits.pollsPerMeetingMax })
  }
  const preset = command.presetCode === undefined ? state.preset : context.presetByCode(command.presetCode)
  if (!preset) return refused('presetUnknown', { code: command.presetCode ?? '' })
  const about = polledAmendment(state, command)
  if (!about.ok) return about
  const odd = checkOptions(command)
  if (odd) return odd
  const unlinked = checkLink(command, preset, context)
  if (unlinked) return unlinked
  const unitPresets = unitPresetsOf(state, preset, command, context)
  if (!unitPresets) return refused('unitPresetOdd')
  const { text } = context.facts
  const covers = coveredTexts(command, context)
  if (!text || !covers) return refused('textMissing')
  const { amendment } = about
  return opened(state, command, context, { preset, item, items, unitPresets, text, covers, amendment })
}

interface Parts {
  readonly preset: Preset
  readonly item: AgendaItem
  readonly items: readonly (AgendaItem | undefined)[]
  readonly unitPresets: Readonly<Record<string, Preset>>
  readonly text: FrozenText
  readonly amendment: Amendment | null
  readonly covers: readonly { readonly itemId: string; readonly text: FrozenText }[]
}

const opened = (state: MeetingState, command: Opening, context: Context, parts: Parts): Decision => {
  const { preset, item, items, unitPresets, text, covers, amendment } = parts
  // Office elections and recall are voted on paper in secret, and the hall records the count.
  const secrecy = preset.recordOnly ? 'secret' : command.secrecy
  const weighed = isWeighed(state, preset)
  if (secrecy === 'secret' && weighed) return refused('weighedByName')

  const recused = new Set(items.flatMap((one) => Object.keys(one?.recused ?? {})))
  const proxies = represented(state, preset, recused)
  const isHere = (seatId: string) => isPresent(state, seatId) || proxies.holders.has(seatId)
  const roll = rollUnder(state, preset, recused)
  const quorum = checkQuorum(preset, { parties: roll }, new Map(Object.entries(unitPresets)))
  if (!quorum.met) {
    return refused('quorumNotMet', { have: quorum.have, need: quorum.need, short: quorum.short })
  }
  const channelOf = (seatId: string): Elector['channel'] => {
    const own = proxies.holders.has(seatId) ? 'proxy' : (state.attendance[seatId]?.channel ?? 'device')
    return channelIn({ preset, secrecy, weighed }, own)
  }
  const here = membersOf(state).filter(({ seatId }) => isHere(seatId))
  const electors = here
    .filter(({ seatId }) => !recused.has(seatId))
    .map((seat): Elector => {
      const heldBy = proxies.holders.get(seat.seatId)
      const weight = seatWeight(seat, preset)
      return {
        seatId: seat.seatId,
        partyId: seat.partyId,
        channel: channelOf(seat.seatId),
        ...(weight === 1 ? {} : { weight }),
        ...(heldBy === undefined ? {} : { heldBy }),
      }
    })
  return decided({
    type: 'pollOpened',
    pollId: context.newId('poll'),
    itemId: item.itemId,
    question: command.question,
    method: command.method,
    options: command.options,
    preset,
    secrecy,
    show: secrecy === 'secret' ? 'hidden' : command.show,
    changeable: preset.ballotChange && (command.changeable ?? true),
    text,
    quorum,
    electors,
    recused: here.filter(({ seatId }) => recused.has(seatId)).map(({ seatId }) => seatId),
    roll,
    ...(command.winners === undefined ? {} : { winners: command.winners }),
    ...(command.link === undefined ? {} : { link: command.link }),
    ...(covers.length === 0 ? {} : { covers }),
    ...(Object.keys(unitPresets).length === 0 ? {} : { unitPresets }),
    ...(proxies.refused.length === 0 ? {} : { proxiesRefused: proxies.refused }),
    ...(amendment === null
      ? {}
      : { amendment: { amendmentId: amendment.amendmentId, base: amendment.base } }),
  })
}

/** A seat's one source in a poll, from the way it votes otherwise: a secret poll leaves paper and counted hands. */
export const channelIn = (
  { preset, secrecy, weighed }: { preset: Preset; secrecy: 'named' | 'secret'; weighed: boolean },
  own: Elector['channel'],
): Elector['channel'] => {
  if (preset.recordOnly) return 'paper'
  if (secrecy === 'secret') return own === 'clerk' ? 'clerk' : 'paper'
  return own === 'paper' && weighed ? 'clerk' : own
}

/** A link of a chain opens when all before it are done, under a rule by which that link may be decided. */
const checkLink = ({ link }: Opening, preset: Preset, { facts }: Context): Decision | undefined => {
  if (!link) return undefined
  const { linksDone = 'unknown' } = facts
  if (linksDone === 'unknown') return refused('matterUnknown')
  const opening = mayOpen(link.code, linksDone)
  if (!opening.ok) return refused('linkNotOpen', { ...opening.why })
  const allowed = fourDeliberations.find(({ code }) => code === link.code)?.presets ?? []
  return allowed.includes(preset.copy?.of ?? preset.code) ? undefined : refused('linkPresetOdd')
}

/** Texts of the covered items; undefined where one is missing. */
const coveredTexts = ({ covers = [] }: Opening, { facts }: Context): Parts['covers'] | undefined => {
  const texts = covers.flatMap((itemId) => {
    const text = facts.texts?.[itemId]
    return text ? [{ itemId, text }] : []
  })
  return texts.length === covers.length ? texts : undefined
}

/** Own rules of units; undefined where one is unknown, or is no rule that a unit can concur by. */
const unitPresetsOf = (
  state: MeetingState,
  preset: Preset,
  { unitPresetCodes = {} }: Opening,
  { presetByCode }: Context,
): Readonly<Record<string, Preset>> | undefined => {
  const named = Object.entries(unitPresetCodes)
  if (named.length > 0 && preset.pass.form !== 'everyUnit') return undefined
  const found: Record<string, Preset> = {}
  for (const [partyId, code] of named) {
    const own = presetByCode(code)
    if (!own || own.pass.form === 'everyUnit' || own.recordOnly) return undefined
    if (!state.parties.some((party) => party.partyId === partyId)) return undefined
    found[partyId] = own
  }
  return found
}

const checkOptions = ({ method, options, winners = 1 }: Opening): Decision | undefined => {
  if (method.kind === 'yesNo') {
    return options.length > 0 || winners > 1 ? refused('optionUnknown') : undefined
  }
  if (options.length === 0) return refused('noOptions')
  const ids = new Set(options.map((option) => option.optionId))
  if (ids.size !== options.length) return refused('malformed')
  if (method.none !== undefined && !ids.has(method.none)) return refused('optionUnknown')
  const electsOne = method.kind === 'chooseOne' || method.kind === 'irv'
  const places = ids.size - (method.none === undefined ? 0 : 1)
  if (winners > (electsOne ? 1 : places)) return refused('tooManyChoices', { max: electsOne ? 1 : places })
  const cap = method.kind === 'chooseUpTo' || method.kind === 'approval' ? (method.max ?? 1) : 1
  return cap > options.length ? refused('tooManyChoices', { max: options.length }) : undefined
}
