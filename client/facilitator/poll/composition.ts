// A poll while it is being composed: what is still missing, and the order it becomes.
import { limits } from '../../../shared/kernel/limits.ts'
import type { CommandOf } from '../../../shared/meeting/commands.ts'
import type { Preset } from '../../../shared/rules/preset.ts'

export const composedKinds = [
  'yesNo',
  'chooseOne',
  'chooseUpTo',
  'approval',
  'score',
  'irv',
  'stv',
  'schulze',
] as const
export type ComposedKind = (typeof composedKinds)[number]

export interface Composition {
  readonly question: string
  readonly preset: Preset
  readonly kind: ComposedKind
  /** Labels as typed; empty ones are left out. */
  readonly options: readonly string[]
  /** As typed: how many may be chosen, by choosing up to a number; `''` by approval for no bound. */
  readonly max: string
  readonly cap: string
  /** As typed: the most points that a score may give. */
  readonly points: string
  /** As typed: how many places are filled. `''` by choosing up to a number for as many as may be chosen. */
  readonly winners: string
  /** Offers none of the above as an option of its own. */
  readonly hasNone: boolean
  readonly isSecret: boolean
  readonly show: 'hidden' | 'live'
  readonly changeable: boolean
  /** Further items decided by the same ballots. */
  readonly covers: readonly string[]
  /** Own rules of units, by party id, where every unit concurs by one. */
  readonly unitPresets: Readonly<Record<string, Preset>>
}

export const newComposition = (question: string, preset: Preset): Composition => ({
  question: question.slice(0, limits.questionCharsMax),
  preset,
  kind: 'yesNo',
  options: ['', ''],
  max: '2',
  cap: '',
  points: '5',
  winners: '',
  hasNone: false,
  isSecret: false,
  show: 'hidden',
  changeable: true,
  covers: [],
  unitPresets: {},
})

export type Problem =
  | 'questionMissing'
  | 'optionsFew'
  | 'optionsTwice'
  | 'optionsMany'
  | 'maxWrong'
  | 'capWrong'
  | 'pointsWrong'
  | 'winnersWrong'

export const optionsOf = ({ kind, options }: Composition): readonly string[] =>
  kind === 'yesNo' ? [] : options.map((label) => label.trim()).filter((label) => label !== '')

/** Methods that fill as many places as are asked for; the others choose one. */
export const asksWinners = (kind: ComposedKind): boolean =>
  kind !== 'yesNo' && kind !== 'chooseOne' && kind !== 'irv'

const isFrom1To = (typed: string, most: number): boolean => {
  const figure = Number(typed)
  return Number.isInteger(figure) && figure >= 1 && figure <= most
}

/** With too few options a number is judged once they are there. */
export const mostPlaces = (composition: Composition): number => {
  const { length } = optionsOf(composition)
  return length < 2 ? limits.pollOptionsMax : length
}

const numberProblems = (composition: Composition): Problem[] => {
  const { kind, max, cap, points, winners } = composition
  const most = mostPlaces(composition)
  const problems: Problem[] = []
  if (kind === 'chooseUpTo' && !isFrom1To(max, most)) problems.push('maxWrong')
  if (kind === 'approval' && cap !== '' && !isFrom1To(cap, most)) problems.push('capWrong')
  if (kind === 'score' && !isFrom1To(points, limits.scoreMax)) problems.push('pointsWrong')
  if (asksWinners(kind) && winners !== '' && !isFrom1To(winners, most)) problems.push('winnersWrong')
  return problems
}

export const problemsOf = (composition: Composition): Problem[] => {
  const problems: Problem[] = []
  if (composition.question.trim() === '') problems.push('questionMissing')
  if (composition.kind === 'yesNo') return problems
  const options = optionsOf(composition)
  if (options.length < 2) problems.push('optionsFew')
  if (new Set(options).size < options.length) problems.push('optionsTwice')
  if (options.length + (composition.hasNone ? 1 : 0) > limits.pollOptionsMax) problems.push('optionsMany')
  return [...problems, ...numberProblems(composition)]
}

export const mayAddOption = ({ options }: Composition): boolean => options.length < limits.pollOptionsMax

const noneId = 'op_none'

const methodOf = ({ kind, max, cap, points, hasNone }: Composition): CommandOf<'openPoll'>['method'] => {
  if (kind === 'yesNo') return { kind }
  const none = hasNone ? { none: noneId } : {}
  switch (kind) {
    case 'chooseUpTo':
      return { kind, max: Number(max), ...none }
    case 'approval':
      return { kind, ...(cap === '' ? {} : { max: Number(cap) }), ...none }
    case 'score':
      return { kind, max: Number(points), ...none }
    default:
      return { kind, ...none }
  }
}

/** Whether the rule itself leaves no choice: paper only, or ballots that name their seats. */
export const isSecretUnder = ({ preset, isSecret }: Pick<Composition, 'preset' | 'isSecret'>): boolean =>
  preset.recordOnly || isSecret

/**
 * @param own the meeting's own rule, which is not named: the meeting keeps the version it has
 * @param noneLabel what none of the above is called on the ballot
 * @returns the order; only for a composition without problems
 */
export const openPollOf = (
  itemId: string,
  composition: Composition,
  own?: Preset,
  noneLabel = '',
): CommandOf<'openPoll'> => {
  const { kind, preset, show, hasNone, winners, covers, unitPresets } = composition
  const options = optionsOf(composition).map((label, index) => ({ optionId: `op_${index + 1}`, label }))
  const none = hasNone && kind !== 'yesNo' ? [{ optionId: noneId, label: noneLabel }] : []
  const isSecret = isSecretUnder(composition)
  const codes = Object.entries(unitPresets).map(([partyId, { code }]) => [partyId, code] as const)
  const asksUnits = preset.pass.form === 'everyUnit' && codes.length > 0
  return {
    type: 'openPoll',
    itemId,
    question: composition.question.trim(),
    ...(preset === own ? {} : { presetCode: preset.code }),
    method: methodOf(composition),
    options: [...options, ...none],
    ...(asksWinners(kind) && winners !== '' ? { winners: Number(winners) } : {}),
    ...(covers.length === 0 ? {} : { covers: [...covers] }),
    ...(asksUnits ? { unitPresetCodes: Object.fromEntries(codes) } : {}),
    secrecy: isSecret ? 'secret' : 'named',
    show: isSecret ? 'hidden' : show,
    changeable: preset.ballotChange && composition.changeable,
  }
}
