// Statements that are built once a dialect and filled in each time: building them costs more than running them.
import type { Compilable, CompiledQuery } from 'kysely'
import type { Step, Store } from './ports.ts'

/** Stands in a statement for what is filled in later. */
class Blank {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

type Values = Readonly<Record<string, string | number>>

/**
 * A write's step.
 * @param names of what is filled in
 * @param build makes the statement from blanks; they may stand wherever a parameter may
 */
export const statement = <V extends Values>(
  names: readonly (keyof V & string)[],
  build: (store: Store, blanks: V) => Compilable,
  { expect }: { expect?: number } = {},
): ((store: Store, values: V) => Step) => {
  const fill = filling(names, build)
  return (store, values) => {
    const { sql, parameters } = fill(store, values)
    return expect === undefined ? { sql, parameters } : { sql, parameters, expect }
  }
}

/** As `statement`, for what is read. */
export const reading = <V extends Values, Row>(
  names: readonly (keyof V & string)[],
  build: (store: Store, blanks: V) => Compilable<Row>,
): ((store: Store, values: V) => Promise<Row[]>) => {
  const fill = filling(names, build)
  return async (store, values) => (await store.db.executeQuery(fill(store, values))).rows
}

const filling = <V extends Values, Row>(
  names: readonly (keyof V & string)[],
  build: (store: Store, blanks: V) => Compilable<Row>,
): ((store: Store, values: V) => CompiledQuery<Row>) => {
  const blanks = Object.fromEntries(names.map((name) => [name, new Blank(name)])) as unknown as V
  const built = new Map<
    Store['dialect'],
    { readonly whole: CompiledQuery<Row>; readonly names: readonly (string | null)[] }
  >()
  const builtFor = (store: Store) => {
    const whole = build(store, blanks).compile()
    const known = { whole, names: whole.parameters.map((each) => (each instanceof Blank ? each.name : null)) }
    built.set(store.dialect, known)
    return known
  }
  return (store, values) => {
    const { whole, names } = built.get(store.dialect) ?? builtFor(store)
    const parameters = names.map((name, i) => (name === null ? whole.parameters[i] : values[name]))
    return { ...whole, parameters }
  }
}
