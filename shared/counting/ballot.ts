// Owns what one ballot says and whether it may say so under its method.
import { unreachable } from '../kernel/exhaustive.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { type Fault, fault } from './fault.ts'
import { type BallotForm, ballotForms, type Method } from './method.ts'

/**
 * What a ballot says, in option ids. `ranking` is best first with ties in one group; options left out rank last.
 * An empty `choices`, `scores` or `ranking` is a blank ballot: cast, and for nobody.
 */
export type BallotChoice =
  | { readonly choice: string }
  | { readonly choices: readonly string[] }
  | { readonly scores: Readonly<Record<string, number>> }
  | { readonly ranking: readonly (readonly string[])[] }

const formOf = (choice: BallotChoice): BallotForm => {
  if ('choice' in choice) return 'choice'
  if ('choices' in choice) return 'choices'
  return 'scores' in choice ? 'scores' : 'ranking'
}

/** Every option that a ballot names, in its own order. */
export const namedIn = (choice: BallotChoice): readonly string[] => {
  if ('choice' in choice) return [choice.choice]
  if ('choices' in choice) return choice.choices
  return 'scores' in choice ? Object.keys(choice.scores) : choice.ranking.flat()
}

/** A ballot with nothing on it. */
export const isBlank = (choice: BallotChoice): boolean => namedIn(choice).length === 0

const firstRepeated = (ids: readonly string[]): string | undefined =>
  ids.find((id, index) => ids.indexOf(id) !== index)

const scoreFault = (max: number, scores: Readonly<Record<string, number>>): Fault | undefined => {
  for (const [option, score] of Object.entries(scores)) {
    if (Number.isSafeInteger(score) && score >= 0 && score <= max) continue
    return fault(
      'malformed',
      `给“${option}”的分数 ${score} 不是 0 到 ${max} 的整数`,
      `the score ${score} for "${option}" is not a whole number from 0 to ${max}`,
    )
  }
  return undefined
}

const capOf = (method: Method): number | undefined => {
  switch (method.kind) {
    case 'chooseUpTo':
    case 'approval':
      return method.max
    case 'chooseOne':
    case 'yesNo':
      return 1
    case 'score':
    case 'irv':
    case 'stv':
    case 'schulze':
      return undefined
    default:
      return unreachable(method)
  }
}

const formFault = (method: Method, choice: BallotChoice): Fault | undefined => {
  const wanted = ballotForms[method.kind]
  const given = formOf(choice)
  const selection = (form: BallotForm) => form === 'choice' || form === 'choices'
  const fits =
    isBlank(choice) || wanted === given || (method.kind !== 'yesNo' && selection(wanted) && selection(given))
  if (fits) return undefined
  return fault(
    'malformed',
    `这种计票法要的是 ${wanted}，票上写的是 ${given}`,
    `this method wants "${wanted}" on a ballot, not "${given}"`,
  )
}

/** Why a ballot cannot be taken, in words; undefined where it can. */
export const ballotFault = (
  method: Method,
  options: ReadonlySet<string>,
  choice: BallotChoice,
): Fault | undefined => {
  if (options.size === 0) return fault('noOptions', '这个表决没有选项', 'the poll has no options')
  const wrongForm = formFault(method, choice)
  if (wrongForm !== undefined) return wrongForm
  const named = namedIn(choice)
  const unknown = named.find((id) => !options.has(id))
  if (unknown !== undefined) {
    return fault('optionUnknown', `没有“${unknown}”这个选项`, `there is no option "${unknown}"`)
  }
  const repeated = firstRepeated(named)
  if (repeated !== undefined) {
    return fault('malformed', `“${repeated}”在票上出现了两次`, `"${repeated}" is on the ballot twice`)
  }
  const cap = capOf(method)
  if (cap !== undefined && named.length > cap) {
    return fault(
      'tooManyChoices',
      `选了 ${named.length} 个，最多 ${cap} 个`,
      `${named.length} options chosen, at most ${cap} allowed`,
    )
  }
  if (method.kind === 'score' && 'scores' in choice) return scoreFault(method.max, choice.scores)
  return undefined
}

/**
 * Checks a ballot against its poll: an option that is not there, over the cap, a ranking with a repeat, a score that
 * is NaN, negative, broken or over the top. The refusal's detail holds the reason in words (`zh`, `en`).
 */
export const checkBallot = (
  method: Method,
  options: readonly string[],
  choice: BallotChoice,
): Result<BallotChoice> => {
  const found = ballotFault(method, new Set(options), choice)
  return found === undefined ? accept(choice) : refuse(found.code, { zh: found.zh, en: found.en })
}
