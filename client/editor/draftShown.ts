// What of a draft's status people are shown. Counts that nobody reads change with every key; what is shown does not.
import type { DraftHandle } from '../link/draft.ts'
import {
  type DraftStatus,
  type DraftTrouble,
  keptEdits,
  type SaveState,
  saveState,
  unsavedEdits,
} from '../link/draftStatus.ts'

const nearlyFullPercent = 80
/** While somebody types it says "saving" all the time, and "saved" after so long without a key. */
const calmMs = 400

export interface DraftShown {
  readonly state: SaveState
  readonly link: DraftStatus['link']
  readonly isReady: boolean
  readonly mayEdit: boolean
  readonly isKept: boolean
  readonly trouble: DraftTrouble | null
  /** Counted where they are spoken of: while the connection is gone or refused, or the right to edit is. */
  readonly unsaved: number
  readonly kept: number
  /** Of the draft's room, from the point on where its writers should know; else null. */
  readonly fullPercent: number | null
}

const fullPercentOf = ({ room, mayEdit }: DraftStatus): number | null => {
  if (room === null || !mayEdit) return null
  const percent = Math.floor(Math.max(room.textBytes / room.textBytesMax, room.edits / room.editsMax) * 100)
  return percent < nearlyFullPercent ? null : percent
}

export const shownOf = (status: DraftStatus): DraftShown => {
  const isCounted = status.link !== 'live' || !status.mayEdit
  return {
    state: saveState(status),
    link: status.link,
    isReady: status.isReady,
    mayEdit: status.mayEdit,
    isKept: status.isKept,
    trouble: status.trouble,
    unsaved: isCounted ? unsavedEdits(status) : 0,
    kept: isCounted ? keptEdits(status) : 0,
    fullPercent: fullPercentOf(status),
  }
}

const isSame = (a: DraftShown, b: DraftShown): boolean =>
  (Object.keys(a) as (keyof DraftShown)[]).every((field) => a[field] === b[field])

export interface DraftWatch {
  /** One view watches at a time. */
  subscribe(changed: () => void): () => void
  read(): DraftShown
}

export const watchDraft = (draft: Pick<DraftHandle, 'status' | 'subscribe'>): DraftWatch => {
  let shown = shownOf(draft.status())
  let calming: ReturnType<typeof setTimeout> | null = null

  const stopCalming = (): void => {
    if (calming !== null) clearTimeout(calming)
    calming = null
  }
  const show = (changed: () => void): void => {
    stopCalming()
    const now = shownOf(draft.status())
    if (isSame(shown, now)) return
    shown = now
    changed()
  }
  const look = (changed: () => void): void => {
    const isCalming = shown.state === 'saving' && saveState(draft.status()) === 'saved'
    if (isCalming) calming ??= setTimeout(() => show(changed), calmMs)
    else show(changed)
  }

  return {
    subscribe: (changed) => {
      const stop = draft.subscribe(() => look(changed))
      show(changed)
      return () => {
        stopCalming()
        stop()
      }
    },
    read: () => shown,
  }
}
