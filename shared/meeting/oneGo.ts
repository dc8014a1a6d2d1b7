// Large records of a meeting are copied at every change, so that nobody sees a state change under them. While many
// events are folded in one go nobody sees the states between, and the copy made for the first serves the others.

let ours: WeakSet<object> | null = null

/** Calls `work`, which hands on only the last state it comes to; what it was given stays as it is. */
export const inOneGo = <Result>(work: () => Result): Result => {
  const outer = ours
  ours = new WeakSet()
  try {
    return work()
  } finally {
    ours = outer
  }
}

/** The record with this entry. What else a state may hold must not refer to such a record. */
export const put = <Value>(
  record: Readonly<Record<string, Value>>,
  key: string,
  value: Value,
): Readonly<Record<string, Value>> => {
  const own: Record<string, Value> = ours?.has(record) ? (record as Record<string, Value>) : { ...record }
  own[key] = value
  ours?.add(own)
  return own
}
