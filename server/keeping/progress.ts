// How far a long work is, for whoever waits for it.
export interface Progress {
  readonly phase: 'copying' | 'comparing' | 'proving' | 'checking'
  readonly what: string
  readonly done: number
  readonly total: number
}

export type OnProgress = (progress: Progress) => void

/** Full disks, as the system, SQLite and PostgreSQL name them. */
const isFull = (fault: Error & { code?: unknown }): boolean =>
  fault.code === 'ENOSPC' ||
  fault.code === 'EDQUOT' ||
  fault.code === '53100' ||
  /disk is full/.test(fault.message)

/** What went wrong, in words for the terminal and the log. */
export const faultWords = (fault: unknown): string => {
  if (!(fault instanceof Error)) return String(fault)
  for (let cause: unknown = fault; cause instanceof Error; cause = cause.cause) {
    if (isFull(cause)) return `there is no room left on the disk (${cause.message})`
  }
  return fault.message
}
