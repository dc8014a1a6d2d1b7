// Which backups stay: the newest, and of every month behind them the last, for half a year.
const monthsKept = 6
const scheduled = /^hall-(\d{4}-\d{2})-\d{2}T[\d-]+Z$/

/** @param names of everything in the folder of backups @returns those to be removed */
export const outdated = (names: readonly string[], keep: number): string[] => {
  const newestFirst = names.filter((name) => scheduled.test(name)).sort((a, b) => (a < b ? 1 : -1))
  const months = new Set<string>()
  return newestFirst.slice(keep).filter((name) => {
    const month = scheduled.exec(name)?.[1] ?? ''
    const isKept = !months.has(month) && months.size < monthsKept
    months.add(month)
    return !isKept
  })
}

/** When the newest of these backups was begun, in ms since the epoch; `null` without one. */
export const newestAt = (names: readonly string[]): number | null => {
  const newest = names
    .filter((name) => scheduled.test(name))
    .sort()
    .at(-1)
  if (!newest) return null
  const [date, time = ''] = newest.slice('hall-'.length, -1).split('T')
  const [hours, minutes, seconds, ms] = time.split('-')
  return Date.parse(`${date}T${hours}:${minutes}:${seconds}.${ms}Z`)
}
