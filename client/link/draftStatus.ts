// What may truthfully be said of a draft's edits: a pure state machine, signals in, state out. "Saved" follows from
// counts alone: every message that carried an edit was reported as committed on the connection that carried it.
import { type DraftCloseReason, draftCloseCodes } from '../../shared/drafts/wire.ts'

export interface DraftRoom {
  readonly textBytes: number
  readonly textBytesMax: number
  readonly edits: number
  readonly editsMax: number
}

export type DraftTrouble = DraftCloseReason | 'unknown'

export interface DraftStatus {
  /** `closed`: the server said no, and coming back by itself would not help. */
  readonly link: 'connecting' | 'live' | 'offline' | 'closed'
  /** The text may be shown: the server sent it once, or a copy of it is kept on this device. */
  readonly isReady: boolean
  readonly mayEdit: boolean
  /** Edits that no message of this connection carries yet. */
  readonly waiting: number
  /** Messages under way, by their number on this connection. */
  readonly flying: readonly { readonly message: number; readonly edits: number }[]
  readonly sent: number
  /** The server was told everything that it lacked when the connection began. */
  readonly hasAnswered: boolean
  /** This device keeps edits, so that they outlive the page. */
  readonly isKept: boolean
  /** Edits of this page that the device has not confirmed. */
  readonly unkept: number
  /** Why the server closed the connection last, if it said so. */
  readonly trouble: DraftTrouble | null
  readonly room: DraftRoom | null
}

export type DraftSignal =
  | { readonly type: 'kept'; readonly isSynced: boolean; readonly unsaved: number }
  | { readonly type: 'notKept' }
  /** The device confirmed so many edits. */
  | { readonly type: 'stored'; readonly edits: number }
  | { readonly type: 'linkUp' }
  | { readonly type: 'linkDown'; readonly trouble: DraftTrouble | null }
  | { readonly type: 'closed'; readonly trouble: DraftTrouble }
  | { readonly type: 'retry' }
  | { readonly type: 'synced' }
  | { readonly type: 'edited' }
  /** A message went out: `answer` is what the server lacked, `update` one edit. */
  | { readonly type: 'sent'; readonly as: 'answer' | 'update' }
  | { readonly type: 'committed'; readonly count: number }
  | { readonly type: 'room'; readonly room: DraftRoom }
  | { readonly type: 'rights'; readonly mayEdit: boolean }

export type SaveState =
  | 'loading'
  | 'readOnly'
  /** Edits of this page wait for the right to edit. */
  | 'held'
  | 'saved'
  | 'saving'
  | 'connecting'
  | 'offline'
  | 'refused'

export const startStatus = (mayEdit: boolean): DraftStatus => ({
  link: 'connecting',
  isReady: false,
  mayEdit,
  waiting: 0,
  flying: [],
  sent: 0,
  hasAnswered: false,
  isKept: false,
  unkept: 0,
  trouble: null,
  room: null,
})

export const unsavedEdits = (status: DraftStatus): number =>
  status.flying.reduce((sum, message) => sum + message.edits, status.waiting)

/** Of the unsaved edits, those known to outlive this page. */
export const keptEdits = (status: DraftStatus): number =>
  status.isKept ? Math.max(0, unsavedEdits(status) - status.unkept) : 0

/** What was under way on a lost connection is sent again on the next: nobody knows whether it arrived. */
const landed = (it: DraftStatus): DraftStatus => ({
  ...it,
  waiting: unsavedEdits(it),
  flying: [],
  sent: 0,
  hasAnswered: false,
})

const afterSent = (it: DraftStatus, as: 'answer' | 'update'): DraftStatus => {
  const message = it.sent + 1
  // An update that overtakes the answer proves nothing yet: the edits before it are still to be told.
  if (as === 'update' && !it.hasAnswered) return { ...it, sent: message }
  return {
    ...it,
    sent: message,
    hasAnswered: true,
    waiting: 0,
    flying: [...it.flying, { message, edits: it.waiting }],
  }
}

export const afterSignal = (it: DraftStatus, signal: DraftSignal): DraftStatus => {
  switch (signal.type) {
    case 'kept':
      return {
        ...it,
        isKept: true,
        isReady: it.isReady || signal.isSynced,
        waiting: it.waiting + signal.unsaved,
      }
    case 'notKept':
      return { ...it, isKept: false }
    case 'stored':
      return { ...it, unkept: it.unkept - signal.edits }
    case 'linkUp':
      return { ...landed(it), link: 'live', trouble: null }
    case 'linkDown':
      return it.link === 'closed' ? it : { ...landed(it), link: 'offline', trouble: signal.trouble }
    case 'closed':
      return { ...landed(it), link: 'closed', trouble: signal.trouble }
    case 'retry':
      return { ...landed(it), link: 'connecting', trouble: null }
    case 'synced':
      return { ...it, isReady: true }
    case 'edited':
      return { ...it, waiting: it.waiting + 1, unkept: it.unkept + 1 }
    case 'sent':
      return afterSent(it, signal.as)
    case 'committed':
      return { ...it, flying: it.flying.filter((message) => message.message > signal.count) }
    case 'room':
      return { ...it, room: signal.room }
    case 'rights':
      return { ...it, mayEdit: signal.mayEdit }
  }
}

export const saveState = (status: DraftStatus): SaveState => {
  if (status.link === 'closed') return 'refused'
  if (!status.isReady) return 'loading'
  if (!status.mayEdit && unsavedEdits(status) === 0) return 'readOnly'
  if (status.link === 'live') {
    if (!status.mayEdit) return 'held'
    return status.hasAnswered && status.waiting === 0 && status.flying.length === 0 ? 'saved' : 'saving'
  }
  return status.link === 'connecting' ? 'connecting' : 'offline'
}

const reasonByCode = new Map<number, DraftCloseReason>(
  Object.entries(draftCloseCodes).map(([reason, code]) => [code, reason as DraftCloseReason]),
)

/** The reason text of the close frame is the key; without one the code tells. */
export const troubleOf = (code: number, reason: string): DraftTrouble | null => {
  if (Object.keys(draftCloseCodes).includes(reason)) return reason as DraftCloseReason
  if (code < 4400 || code > 4599) return null
  return reasonByCode.get(code) ?? 'unknown'
}
