// How far a long work is, for whoever waits for it.
export interface Progress {
  readonly phase: 'copying' | 'comparing' | 'proving' | 'checking'
  readonly what: string
  readonly done: number
  readonly total: number
}

export type OnProgress = (progress: Progress) => void
