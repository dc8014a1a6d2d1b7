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
  const built = new WeakMap<Store, { readonly whole: Step; readonly names: readonly (string | null)[] }>()
  const builtFor = (store: Store) => {
    const whole = step(build(store, blanks), options)
    const known = { whole, names: whole.parameters.map((each) => (each instanceof Blank ? each.name : null)) }
    built.set(store, known)
    return known
  }
  return (store, values) => {
    const { whole, names } = built.get(store) ?? builtFor(store)
    const { sql, expect } = whole
    const parameters = names.map((name, i) => (name === null ? whole.parameters[i] : values[name]))
    return expect === undefined ? { sql, parameters } : { sql, parameters, expect }
  }
}
