// Owns the type of a counting method and what each asks of a ballot. The schema is in methodSchema.ts, which the
// browser never loads.
import type { z } from 'zod'
import type { methodSchema } from './methodSchema.ts'

/**
 * How a poll is counted: yes/no/abstain; choose one; choose up to `max`; approval (at most `max` yes, where given);
 * score 0..`max`; ranked by IRV (one winner), STV (several) or Schulze (one or several).
 */
export type Method = z.infer<typeof methodSchema>

export type MethodKind = Method['kind']

/** The option ids of a yes/no poll: for, against, abstain. */
export const yesNoOptions = ['yes', 'no', 'abstain'] as const

export type BallotForm = 'choice' | 'choices' | 'scores' | 'ranking'

/** What a ballot of each method holds. */
export const ballotForms: Readonly<Record<MethodKind, BallotForm>> = {
  yesNo: 'choice',
  chooseOne: 'choice',
  chooseUpTo: 'choices',
  approval: 'choices',
  score: 'scores',
  irv: 'ranking',
  stv: 'ranking',
  schulze: 'ranking',
}

/** Methods that always elect exactly one option. */
export const electsOne = (method: Method): boolean =>
  method.kind === 'yesNo' || method.kind === 'chooseOne' || method.kind === 'irv'
