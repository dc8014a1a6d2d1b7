// Owns the integer arithmetic of shares: what a fraction of a base needs, and how a share is shown. Cross-multiplied,
// never a float: "以上 / at least 2/3" is 3x ≥ 2N, "过半数 / more than half" is 2x > N.
import type { Fraction } from './preset.ts'

/** No tally is larger, so that every product stays far below 2^53. */
export const tallyMax = 1_000_000_000

/** The largest numerator or denominator of a fraction. */
export const fractionPartMax = 10_000

/** Throws where a figure is not a whole number in 0..tallyMax: a bug of the caller, never a person's mistake. */
export const assertTally = (figure: number, what: string): void => {
  if (!Number.isSafeInteger(figure) || figure < 0 || figure > tallyMax) {
    throw new Error(`${what} must be a whole number from 0 to ${tallyMax}, not ${figure}`)
  }
}

const assertFraction = ({ num, den }: Fraction): void => {
  const parts = [num, den]
  if (parts.some((part) => !Number.isSafeInteger(part) || part < 0 || part > fractionPartMax) || den === 0) {
    throw new Error(`not a fraction: ${num}/${den}`)
  }
}

/**
 * The smallest whole number that meets the fraction of `base`. Nothing is never enough of nothing: over an empty base
 * at least 1 is needed (0 of 0 is not two thirds), unless the fraction itself asks for 0.
 */
export const needOf = (fraction: Fraction, base: number): number => {
  assertFraction(fraction)
  assertTally(base, 'base')
  const product = fraction.num * base
  const floor = Math.floor(product / fraction.den)
  if (fraction.strictness === 'moreThan') return floor + 1
  if (fraction.num === 0) return 0
  return Math.max(1, product % fraction.den === 0 ? floor : floor + 1)
}

/** The line that a count must reach or pass: `num/den`, and `text` such as '18.5', '54' or '36 2/3'. */
export interface Threshold {
  num: number
  den: number
  text: string
}

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b))

export const thresholdOf = (fraction: Fraction, base: number): Threshold => {
  assertFraction(fraction)
  assertTally(base, 'base')
  const divisor = greatestDivisor(fraction.num * base, fraction.den) || 1
  const num = (fraction.num * base) / divisor
  const den = fraction.den / divisor
  const whole = Math.floor(num / den)
  const rest = num % den
  if (rest === 0) return { num, den, text: String(whole) }
  if (1_000 % den === 0) {
    const decimals = String((rest * 1_000) / den)
      .padStart(3, '0')
      .replace(/0+$/, '')
    return { num, den, text: `${whole}.${decimals}` }
  }
  return { num, den, text: whole === 0 ? `${rest}/${den}` : `${whole} ${rest}/${den}` }
}

/** A share for display: `perMille` is num/den in thousandths, rounded half up, from 0 to 1000. */
export interface Share {
  num: number
  den: number
  perMille: number
}

/**
 * The share that every face, paper and export shows: thousandths of `base`, half up, all in whole numbers. Over an
 * empty base it is 0. Throws where the numerator is over its base, since no share is over 100 %.
 */
export const share = (numerator: number, base: number): Share => {
  assertTally(numerator, 'numerator')
  assertTally(base, 'base')
  if (numerator > base) throw new Error(`a share of ${numerator} in ${base} would be over 100 %`)
  const perMille = base === 0 ? 0 : Math.floor((2_000 * numerator + base) / (2 * base))
  return { num: numerator, den: base, perMille }
}

/** '96.7' for 967 thousandths: one decimal always, no percent sign. */
export const percentText = (perMille: number): string => `${Math.floor(perMille / 10)}.${perMille % 10}`
