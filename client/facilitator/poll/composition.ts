// A poll while it is being composed: what is still missing, and the order it becomes.
import { limits } from '../../../shared/kernel/limits.ts'
import type { CommandOf } from '../../../shared/meeting/commands.ts'
import type { Preset } from '../../../shared/rules/preset.ts'

export const composedKinds = ['yesNo', 'chooseOne', 'chooseUpTo', 'approval'] as const
export type ComposedKind = (typeof composedKinds)[number]

export interface Composition {
  readonly question: string
  readonly preset: Preset
  readonly kind: ComposedKind
  /** For `chooseUpTo`, as typed. */
  readonly max: string
  /** Labels as typed; empty ones are left out. */
  readonly options: readonly string[]
  readonly show: 'hidden' | 'live'
  readonly changeable: boolean
}

export type Problem = 'questionMissing' | 'optionsFew' | 'optionsTwice' | 'maxWrong'

export const optionsOf = ({ kind, options }: Composition): readonly string[] =>
  kind === 'yesNo' ? [] : options.map((label) => label.trim()).filter((label) => label !== '')

const maxOf = (composition: Composition): number => Number(composition.max)

export const problemsOf = (composition: Composition): Problem[] => {
  const problems: Problem[] = []
  if (composition.question.trim() === '') problems.push('questionMissing')
  if (composition.kind === 'yesNo') return problems
  const options = optionsOf(composition)
  if (options.length < 2) problems.push('optionsFew')
  if (new Set(options).size < options.length) problems.push('optionsTwice')
  const max = maxOf(composition)
  const isUpTo = composition.kind === 'chooseUpTo'
  // With too few options the number is judged once they are there.
  const most = options.length < 2 ? limits.pollOptionsMax : options.length
  if (isUpTo && !(Number.isInteger(max) && max >= 1 && max <= most)) problems.push('maxWrong')
  return problems
}

export const mayAddOption = ({ options }: Composition): boolean => options.length < limits.pollOptionsMax

/** @returns the order; only for a composition without problems */
export const openPollOf = (itemId: string, composition: Composition): CommandOf<'openPoll'> => {
  const { kind, preset, show } = composition
  return {
    type: 'openPoll',
    itemId,
    question: composition.question.trim(),
    presetCode: preset.code,
    method: kind === 'chooseUpTo' ? { kind, max: maxOf(composition) } : { kind },
    options: optionsOf(composition).map((label, index) => ({ optionId: `op_${index + 1}`, label })),
    secrecy: 'named',
    show,
    changeable: preset.ballotChange && composition.changeable,
  }
}
