// The tables of the store, once for both dialects. Times are milliseconds since the epoch; flags are 0 or 1.
import type { Generated } from 'kysely'
import type { DeliberationCode } from '../../shared/rules/fourDeliberations.ts'

export interface Schema {
  /** The record: one append-only, hash-chained stream per meeting and per matter. */
  events: {
    stream: string
    seq: number
    at: number
    actor: string
    commandId: string
    /** Canonical JSON of the event. */
    body: string
    hash: string
  }
  /** What each command was answered, so that sending it again answers the same. */
  commands: {
    stream: string
    commandId: string
    actor: string
    bodyHash: string
    answer: string
    at: number
  }
  /** Frozen plain texts, addressed by their SHA-256. */
  texts: { sha256: string; text: string; at: number }

  urns: {
    pollId: string
    meetingId: string
    /** `open` takes ballots; `sealed` is being counted and takes none; `closed` is counted. */
    state: 'open' | 'sealed' | 'closed'
    changeable: number
    openedAt: number
  }
  /** Who may vote in a poll, frozen at its opening. `channel` is the seat's one source. */
  electors: {
    pollId: string
    seatId: string
    partyId: string
    channel: 'device' | 'clerk' | 'paper' | 'proxy'
  }
  ballots: {
    pollId: string
    seatId: string
    partyId: string
    /** JSON of the choice. */
    choice: string
    source: 'device' | 'clerk' | 'proxy'
    castBy: string
    castAt: number
    receipt: string
    commandId: string
  }
  /** Hands counted by party among the seats whose channel is the clerk. */
  handCounts: {
    pollId: string
    partyId: string
    /** JSON, option id to count. */
    counts: string
    /** The sum of the counts. */
    hands: number
    countedBy: string
    witness: string
    countedAt: number
  }
  /** An index of the matters; their streams are the truth. */
  matters: { matterId: string; unitId: string; openedAt: number }
  /** Polls that decide a link of a matter's chain, kept in step with their meetings' records. */
  linkPolls: {
    pollId: string
    matterId: string
    code: DeliberationCode
    meetingId: string
    openedAt: number
    closedAt: number | null
    passed: number
  }
  /** What each of two tellers counted in a box of papers; equal texts are equal counts. */
  paperSheets: {
    pollId: string
    /** A party's id, or empty for the one box of a poll. */
    box: string
    teller: string
    /** Canonical JSON of the sheet. */
    sheet: string
    handedOut: number
    enteredAt: number
  }

  hall: { hallId: string; name: string; setupTokenHash: string | null; readyAt: number | null }
  units: { unitId: string; parentId: string | null; nameZh: string; nameEn: string }
  parties: { partyId: string; unitId: string; nameZh: string; nameEn: string; position: number }
  accounts: {
    accountId: string
    unitId: string
    login: string
    name: string
    passwordHash: string
    role: 'secretary' | 'facilitator' | 'clerk'
    createdAt: number
    endedAt: number | null
  }
  /** The roster: the erasable table of names. */
  people: {
    personId: string
    unitId: string
    name: string
    partyId: string
    bodyRole: string
    household: string
    phone: string
    /** Households that the person stands for. */
    households: number
    /** What the person's ballot weighs where a rule weighs seats. */
    weight: number
    createdAt: number
    removedAt: number | null
  }
  /** A preview waiting for its confirmation. `rows` is JSON. */
  rosterImports: {
    importId: string
    unitId: string
    accountId: string
    fileName: string
    rows: string
    createdAt: number
    confirmedAt: number | null
  }

  /** An index of the record for lists; the record itself is the truth. */
  meetings: {
    meetingId: string
    unitId: string
    title: string
    startsAt: number
    phase: string
    roomCode: string
    createdAt: number
  }
  /** Whose seat it is; erasable, so never in the record. */
  seatNames: { meetingId: string; seatId: string; personId: string | null; name: string; household: string }
  /** Seat cards and role links. A card works once; a link (`reusable`) until it is withdrawn. */
  cards: {
    cardId: string
    tokenHash: string
    meetingId: string
    seatId: string | null
    role: 'participant' | 'facilitator' | 'screen'
    reusable: number
    issuedAt: number
    usedAt: number | null
    usedBySession: string | null
    withdrawnAt: number | null
  }
  sessions: {
    sessionId: string
    tokenHash: string
    kind: 'staff' | 'seat' | 'screen' | 'waiting'
    accountId: string | null
    /** For `staff` sessions made from a link: the role the link gives. */
    role: string | null
    meetingId: string | null
    seatId: string | null
    screenId: string | null
    deskEntryId: string | null
    device: string
    createdAt: number
    seenAt: number
    endedAt: number | null
  }
  screens: {
    screenId: string
    code: string | null
    codeUntil: number | null
    meetingId: string | null
    pairedBy: string | null
    createdAt: number
  }
  /** What waits for the facilitator: people in the waiting room and cards scanned twice. */
  deskEntries: {
    deskEntryId: string
    meetingId: string
    kind: 'waiting' | 'secondScan'
    name: string
    seatId: string | null
    state: 'open' | 'admitted' | 'refused' | 'dismissed'
    at: number
  }

  /**
   * A unit's own rule presets, append-only: a change is the next version, and so is retiring one (the same body, with
   * `retiredAt`). The key lets one of two who save at once win.
   */
  savedPresets: {
    unitId: string
    code: string
    version: number
    /** JSON of the preset. */
    body: string
    savedBy: string
    savedAt: number
    retiredAt: number | null
  }

  /** Nodes that serve the hall now. `presence` is JSON, meeting id to who is connected through the node. */
  nodes: { node: string; seenAt: number; presence: string }

  drafts: {
    draftId: string
    meetingId: string | null
    unitId: string
    title: string
    createdAt: number
    /** The draft that this one was forked off, as an amendment is; they are of one family. */
    baseId: string | null
  }
  /** The log of a draft: Yjs updates in order of commit. */
  draftUpdates: {
    updateId: Generated<number>
    draftId: string
    bytes: Uint8Array
    edits: number
    at: number
    /** Who deleted and moved what, where the bytes do not tell (server/drafts/provenance.ts). */
    provenance: string | null
  }
  /** What left the log, merged; `upTo` is its last row. A row is in the log or in here, never in both. */
  draftSnapshots: {
    draftId: string
    upTo: number
    bytes: Uint8Array
    edits: number
    at: number
    provenance: string | null
  }
  /** A Yjs client id belongs to the seat or account that first brought it. */
  draftClients: {
    draftId: string
    clientId: number
    owner: string
    /** The draft that the family began with. */
    familyId: string | null
    /** The draft of the family that the id is of, where it is not this one. */
    homeId: string | null
  }
  /** States of drafts by the hash of their text, as one Yjs update, for as long as they may yet be merged. */
  draftStates: { draftId: string; sha256: string; bytes: Uint8Array; at: number; provenance: string | null }
  /** Merges that the record has called for and that are not done: `fromId`'s state goes into `draftId`. */
  draftMerges: { draftId: string; fromId: string; sha256: string; at: number }

  /** Versions of drafts. `state` is a Yjs snapshot over the draft's history, which is never thrown away. */
  versions: {
    versionId: string
    draftId: string
    kind: 'named' | 'frozen' | 'itemStart' | 'beforeRestore'
    name: string
    state: Uint8Array
    /** Of the plain text. */
    sha256: string
    /** Unicode code points of the plain text. */
    chars: number
    by: string
    at: number
    /** Unique in its draft, so that asking again makes no second one. */
    commandId: string
  }
  /** Comments on passages of drafts, and replies to them. Anchors are Yjs relative positions as JSON. */
  comments: {
    commentId: string
    draftId: string
    /** The comment this one replies to. */
    parentId: string | null
    anchorFrom: string
    anchorTo: string
    /** The words it was made on. */
    quote: string
    /** '' once it is deleted. */
    words: string
    by: string
    at: number
    editedAt: number | null
    deletedAt: number | null
    resolvedBy: string | null
    resolvedAt: number | null
    /** Of the last change of any kind. */
    changedAt: number
    commandId: string
  }
  /** Pictures of drafts, addressed by the SHA-256 of their bytes, within a unit. */
  uploads: {
    unitId: string
    sha256: string
    draftId: string
    mediaType: 'image/png' | 'image/jpeg' | 'image/webp'
    width: number
    height: number
    bytes: Uint8Array
    by: string
    at: number
  }
}
