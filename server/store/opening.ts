// What is looked at before a store is opened: whether this build knows its shape, and whether it is whole.
import { stepNames } from './migrations.ts'

/** While a hall is copied into a place this table stands in it: the mark that it is not whole, and the journal. */
export const fillingTable = 'filling'

/** How a place that holds something was found. */
export interface Standing {
  /** Names of the steps that its shape was built by, in order. */
  readonly steps: readonly string[]
  readonly isBeingFilled: boolean
}

export interface Upgrade {
  readonly from: string
  readonly to: string
}

export interface OpeningOptions {
  /** Called before the shape of a hall that is already there is changed; when it throws, nothing is changed. */
  readonly beforeUpgrade?: (upgrade: Upgrade) => Promise<void>
}

/** @throws in words when steps were made by a newer build */
export const assertKnown = (steps: readonly string[], what: string): void => {
  const unknown = steps.filter((name) => !stepNames.includes(name))
  if (unknown.length === 0) return
  throw new Error(
    `${what} was made by a newer build: it is at step ${steps.at(-1)}, and this build knows the steps up to ${stepNames.at(-1)} ` +
      `(unknown here: ${unknown.join(', ')}). Nothing was touched; open it with the newer build.`,
  )
}

/** What is still to be done to a store before it is served, or words why it cannot be. */
export const upgradeOf = (standing: Standing | null): Upgrade | 'nothing' | 'empty' => {
  if (!standing) return 'empty'
  if (standing.isBeingFilled)
    throw new Error(
      'this store is being filled from another one and is not whole: let the copying come to its end, or run it again; it goes on where it stopped',
    )
  assertKnown(standing.steps, 'this store')
  const from = standing.steps.at(-1)
  if (from === undefined) return 'empty'
  const to = stepNames.at(-1) ?? from
  return stepNames.every((name) => standing.steps.includes(name)) ? 'nothing' : { from, to }
}
