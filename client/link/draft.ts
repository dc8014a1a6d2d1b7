// Owns the open drafts of this page: the shared text, its connection, its copy on the device, and what is saved.
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { draftField } from '../../shared/drafts/plainText.ts'
import { type DraftKeeper, keepDraft } from './draftKeeper.ts'
import { connectDraft, type DraftLink } from './draftProvider.ts'
import {
  afterSignal,
  type DraftSignal,
  type DraftStatus,
  keptEdits,
  startStatus,
  unsavedEdits,
} from './draftStatus.ts'
import { type DraftStore, draftKey, openDraftStore } from './draftStore.ts'

const rowsUntilCompactMax = 32
/** A store that does not answer must not keep a hall waiting for its text. */
const storeAnswerMs = 1_500

export interface DraftHandle {
  readonly draftId: string
  readonly doc: Y.Doc
  readonly awareness: Awareness
  readonly fragment: Y.XmlFragment
  status(): DraftStatus
  subscribe(changed: () => void): () => void
  setMayEdit(mayEdit: boolean): void
  /** While true, others' edits and carets wait. */
  holdOthers(isHeld: boolean): void
  /** Calls back right before others' edits change the document. */
  onBeforeOthers(call: () => void): () => void
  /** True for what came from the server, and not from this page's editor. */
  isRemote(origin: unknown): boolean
  retry(): void
  /** Gives up this device's unsaved edits: closes the draft and forgets its copy. */
  discard(): Promise<void>
  close(): void
}

export interface DraftAsk {
  readonly mayEdit: boolean
  /** Whose edits these are. Null keeps nothing on the device, as for a screen. */
  readonly actorId: string | null
}

const keptOrigin = Symbol('kept on this device')

let openingStore: Promise<DraftStore> | null = null
const deviceStore = (): Promise<DraftStore> => {
  openingStore ??= openDraftStore().then((store) => {
    void store.sweep(Date.now()).catch(() => {})
    return store
  })
  return openingStore
}

class OpenDraft implements DraftHandle {
  readonly doc = new Y.Doc()
  readonly awareness = new Awareness(this.doc)
  readonly fragment = this.doc.getXmlFragment(draftField)
  readonly draftId: string
  #status: DraftStatus
  readonly #actorId: string | null
  readonly #listeners = new Set<() => void>()
  readonly #beforeOthers = new Set<() => void>()
  #keeper: DraftKeeper | null = null
  #link: DraftLink | null = null
  #isClosed = false

  constructor(draftId: string, ask: DraftAsk) {
    this.draftId = draftId
    this.#actorId = ask.actorId
    this.#status = startStatus(ask.mayEdit)
    // Nobody is told of a reader's caret.
    this.awareness.setLocalState(ask.mayEdit ? {} : null)
    // Before the provider's own listener, so that an edit is counted before its message is.
    this.doc.on('update', this.#updated)
    window.addEventListener('pagehide', this.#leaving)
    window.addEventListener('beforeunload', this.#warnBeforeLoss)
    void this.#begin()
  }

  status = (): DraftStatus => this.#status

  subscribe = (changed: () => void): (() => void) => {
    this.#listeners.add(changed)
    return () => this.#listeners.delete(changed)
  }

  setMayEdit(mayEdit: boolean): void {
    if (mayEdit === this.#status.mayEdit) return
    this.#signal({ type: 'rights', mayEdit })
    this.awareness.setLocalState(mayEdit ? {} : null)
    // The server reads the rights when a connection begins; it may have said no for want of the very right.
    if (this.#status.trouble === 'draftReadOnly') this.retry()
    else if (this.#status.link !== 'closed') this.#link?.reconnect()
  }

  onBeforeOthers(call: () => void): () => void {
    this.#beforeOthers.add(call)
    return () => this.#beforeOthers.delete(call)
  }

  holdOthers(isHeld: boolean): void {
    this.#link?.hold(isHeld)
  }

  isRemote(origin: unknown): boolean {
    return origin === this.#link?.provider || origin === keptOrigin
  }

  retry(): void {
    this.#signal({ type: 'retry' })
    this.#link?.reconnect()
  }

  async discard(): Promise<void> {
    this.#keeper?.abandon()
    this.#release()
    if (this.#actorId === null) return
    const store = await deviceStore()
    await store.forget(draftKey(this.#actorId, this.draftId))
  }

  close(): void {
    this.#keeper?.close()
    this.#release()
  }

  #release(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    window.removeEventListener('pagehide', this.#leaving)
    window.removeEventListener('beforeunload', this.#warnBeforeLoss)
    this.#link?.close()
    this.#keeper = null
    this.awareness.destroy()
    this.doc.destroy()
    this.#listeners.clear()
  }

  async #begin(): Promise<void> {
    const kept = this.#actorId === null ? undefined : this.#readKept(this.#actorId)
    await Promise.race([kept, new Promise((over) => setTimeout(over, storeAnswerMs))])
    if (this.#isClosed) return
    this.#link = connectDraft({
      draftId: this.draftId,
      actorId: this.#actorId,
      doc: this.doc,
      awareness: this.awareness,
      mayEdit: () => this.#status.mayEdit,
      signal: (signal) => this.#signal(signal),
      beforeOthers: () => {
        for (const call of this.#beforeOthers) call()
      },
    })
  }

  async #readKept(actorId: string): Promise<void> {
    try {
      const store = await deviceStore()
      const key = draftKey(actorId, this.draftId)
      const kept = await store.load(key)
      if (this.#isClosed) return
      this.doc.transact(() => {
        for (const update of kept.updates) Y.applyUpdate(this.doc, update, keptOrigin)
      }, keptOrigin)
      const { unkept } = this.#status
      const unsaved = unsavedEdits(this.#status)
      this.#keeper = keepDraft(
        store,
        key,
        (edits) => this.#signal({ type: 'stored', edits }),
        () => this.#signal({ type: 'notKept' }),
      )
      this.#signal({ type: 'kept', isSynced: kept.isSynced, unsaved: kept.unsaved })
      if (this.#link !== null) {
        // The device was slow to answer: what came meanwhile is kept, and the server is told of the kept edits afresh.
        this.#keeper.keepOwn(Y.encodeStateAsUpdate(this.doc), unkept, unsaved)
        this.#link.reconnect()
      }
      if (kept.updates.length >= rowsUntilCompactMax) {
        await store.compact(key, kept.upTo, Y.encodeStateAsUpdate(this.doc))
      }
    } catch {
      this.#signal({ type: 'notKept' })
    }
  }

  readonly #updated = (update: Uint8Array, origin: unknown): void => {
    if (origin === keptOrigin) return
    if (this.isRemote(origin)) {
      this.#keeper?.keepOthers(update)
      return
    }
    this.#signal({ type: 'edited' })
    this.#keeper?.keepOwn(update, 1, 1)
  }

  readonly #leaving = (): void => {
    void this.#keeper?.flush()
  }

  readonly #warnBeforeLoss = (event: BeforeUnloadEvent): void => {
    if (unsavedEdits(this.#status) > keptEdits(this.#status)) event.preventDefault()
  }

  #signal(signal: DraftSignal): void {
    if (this.#isClosed) return
    const before = this.#status
    this.#status = afterSignal(before, signal)
    if (signal.type === 'committed') {
      const settled = unsavedEdits(before) - unsavedEdits(this.#status)
      if (settled > 0) this.#keeper?.settle(settled)
    }
    if (signal.type === 'synced') this.#keeper?.markSynced()
    for (const listener of this.#listeners) listener()
  }
}

interface Shared {
  readonly handle: OpenDraft
  users: number
}
const open = new Map<string, Shared>()

/**
 * The draft as this actor sees it. Views of the same draft and actor share one connection; each closes its own
 * handle, and the last one ends the connection a moment later, so that a view that moves does not reconnect.
 */
export const openDraft = (draftId: string, ask: DraftAsk): DraftHandle => {
  const key = draftKey(ask.actorId ?? '', draftId)
  const shared = open.get(key) ?? { handle: new OpenDraft(draftId, ask), users: 0 }
  open.set(key, shared)
  shared.users += 1
  shared.handle.setMayEdit(ask.mayEdit)
  let isMine = true
  const leave = (): void => {
    if (!isMine) return
    isMine = false
    shared.users -= 1
    setTimeout(() => {
      if (shared.users > 0 || open.get(key) !== shared) return
      open.delete(key)
      shared.handle.close()
    })
  }
  return {
    ...viewOf(shared.handle),
    discard: () => {
      open.delete(key)
      return shared.handle.discard()
    },
    close: leave,
  }
}

const viewOf = (handle: OpenDraft): Omit<DraftHandle, 'discard' | 'close'> => ({
  draftId: handle.draftId,
  doc: handle.doc,
  awareness: handle.awareness,
  fragment: handle.fragment,
  status: handle.status,
  subscribe: handle.subscribe,
  setMayEdit: (mayEdit) => handle.setMayEdit(mayEdit),
  holdOthers: (isHeld) => handle.holdOthers(isHeld),
  onBeforeOthers: (call) => handle.onBeforeOthers(call),
  isRemote: (origin) => handle.isRemote(origin),
  retry: () => handle.retry(),
})
