// Statements that are built once and filled in each time: for a ballot, building them costs more than running them.
import type { Compilable } from 'kysely'
import { type Step, type Store, step } from './ports.ts'

/** Stands in a statement for what is filled in later. */
class Blank {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

type Values = Readonly<Record<string, string | number>>

/**
 * @param names of what is filled in
 * @param build makes the statement from blanks; they may stand wherever a parameter may
 */
export const statement = <V extends Values>(
  names: readonly (keyof V & string)[],
  build: (store: Store, blanks: V) => Compilable,
  options: { expect?: number } = {},
): ((store: Store, values: V) => Step) => {
  const blanks = Object.fromEntries(names.map((name) => [name, new Blank(name)])) as unknown as V
  const built = new WeakMap<Store, Step>()
  return (store, values) => {
    const known = built.get(store) ?? step(build(store, blanks), options)
    built.set(store, known)
    const parameters = known.parameters.map((each) => (each instanceof Blank ? values[each.name] : each))
    return { ...known, parameters }
  }
}
