// One byte sequence for one JSON value: keys sorted by code unit, no white space, only finite numbers.

/** Canonical JSON after RFC 8785, for the values the record holds: null, booleans, finite numbers, text, lists, objects. */
export const canonical = (value: unknown): string => {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Error(`the record holds no ${value}`)
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map((entry) => canonical(entry ?? null)).join(',')}]`
  if (typeof value !== 'object') throw new Error(`the record holds no ${typeof value}`)
  const fields = value as Readonly<Record<string, unknown>>
  let text = ''
  // Without a comparison of its own, sorting goes by code unit.
  for (const key of Object.keys(fields).sort()) {
    const field = fields[key]
    if (field !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonical(field)}`
  }
  return `{${text}}`
}
