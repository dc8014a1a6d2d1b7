// Owns the satisfaction figures of an evaluation: rate and index in thousandths, hidden where the sample is small.
import { assertTally, share } from './fractions.ts'

/** Below this number of answers nothing is shown. */
export const evaluationSampleMin = 10

export interface EvaluationAnswers {
  satisfied: number
  basically: number
  not: number
}

/** `rate` is (a+b)/n and `index` (100a+60b)/n of 100, both in thousandths and half up; null where n is under 10. */
export interface Evaluation {
  answers: number
  tooSmall: boolean
  ratePerMille: number | null
  indexPerMille: number | null
}

export const evaluationOf = ({ satisfied, basically, not }: EvaluationAnswers): Evaluation => {
  for (const figure of [satisfied, basically, not]) assertTally(figure, 'answers')
  const answers = satisfied + basically + not
  if (answers < evaluationSampleMin)
    return { answers, tooSmall: true, ratePerMille: null, indexPerMille: null }
  return {
    answers,
    tooSmall: false,
    ratePerMille: share(satisfied + basically, answers).perMille,
    indexPerMille: share(100 * satisfied + 60 * basically, 100 * answers).perMille,
  }
}

/**
 * Whether an evaluation closes a matter *(default)*: at least 80 % satisfied or basically so, from at least ten people
 * and a third of those affected.
 */
export const evaluationCloses = (answers: EvaluationAnswers, affected: number): boolean => {
  const { answers: given } = evaluationOf(answers)
  const enough = given >= evaluationSampleMin && 3 * given >= affected
  return enough && 5 * (answers.satisfied + answers.basically) >= 4 * given
}
