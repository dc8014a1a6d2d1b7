// The worked examples of a rule for as many as a reader says are due, and the figures that the reader tries for oneself.
import { useMemo, useState } from 'react'
import type { Preset } from '../../../shared/rules/preset.ts'
import type { PartyTally, Tally } from '../../../shared/rules/tally.ts'
import {
  type ExampleGroup,
  exampleGroups,
  type WorkedExample,
  workedExamples,
} from '../../../shared/rules/workedExamples.ts'
import { numberIn } from './editing.ts'

export const triedFigures = ['present', 'yes', 'no', 'abstain', 'recused'] as const
export type TriedFigure = (typeof triedFigures)[number]
export type FigureKey = TriedFigure | 'due' | 'households' | 'householdsPresent'

export interface Examples {
  readonly groups: readonly ExampleGroup[]
  readonly examples: readonly WorkedExample[]
  /** What the reader tries, as typed. */
  readonly tried: Tally
  readonly typed: (partyId: string, key: FigureKey) => string
  readonly type: (partyId: string, key: FigureKey, text: string) => void
}

/** More votes for than against by a little, everybody there: figures to begin trying with. */
const firstTried = ({ due, households = 0 }: ExampleGroup): Readonly<Record<FigureKey, number>> => {
  const yes = Math.floor(due / 2) + 1
  return {
    due,
    households,
    householdsPresent: households,
    present: due,
    yes,
    no: due - yes,
    abstain: 0,
    recused: 0,
  }
}

/** @param preset `null` while it contradicts itself */
export const useExamples = (preset: Preset | null): Examples => {
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({})
  return useMemo(() => {
    const starts = preset === null ? [] : exampleGroups(preset)
    const first = new Map(starts.map((group) => [group.partyId, firstTried(group)]))
    const typed = (partyId: string, key: FigureKey): string =>
      texts[`${partyId} ${key}`] ?? String(first.get(partyId)?.[key] ?? 0)
    const figure = (partyId: string, key: FigureKey): number => numberIn(typed(partyId, key))
    const groups = starts.map((group): ExampleGroup => {
      const due = figure(group.partyId, 'due')
      return group.households === undefined
        ? { ...group, due }
        : { ...group, due, households: figure(group.partyId, 'households') }
    })
    const isWhole = groups.every(({ due, households = 0 }) => Number.isSafeInteger(due + households))
    const tried = groups.map(
      ({ partyId, due, households }): PartyTally => ({
        partyId,
        due,
        present: figure(partyId, 'present'),
        yes: figure(partyId, 'yes'),
        no: figure(partyId, 'no'),
        abstain: figure(partyId, 'abstain'),
        recused: figure(partyId, 'recused'),
        ...(households === undefined
          ? {}
          : { households, householdsPresent: figure(partyId, 'householdsPresent') }),
      }),
    )
    return {
      groups,
      examples: preset === null || !isWhole ? [] : workedExamples(preset, groups),
      tried: { parties: tried },
      typed,
      type: (partyId, key, text) => setTexts((before) => ({ ...before, [`${partyId} ${key}`]: text })),
    }
  }, [preset, texts])
}
