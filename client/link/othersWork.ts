// Others' edits and carets, gathered on their way into the page: one transaction with the next picture where that is
// cheap, and fewer and larger ones where it is dear, so that a slow machine keeps time for its own person's keys.
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { type Awareness, applyAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'

/** What others write is never shown later than this because of its cost. */
const pauseMsMax = 300
/** The page may spend about one part in so many on others' work. */
const restShare = 8
/** A hidden page has no pictures. */
const hiddenPauseMs = 50

/** How long others' work gathers after a batch of it took so long. */
export const pauseAfter = (tookMs: number): number => Math.min(pauseMsMax, tookMs * restShare)

interface Said {
  readonly clock: number
  /** JSON, `null` for a client that is gone. */
  readonly state: string
}

/** What other clients say of themselves; of each client only the newest. */
export class GatheredAwareness {
  readonly #said = new Map<number, Said>()

  get isEmpty(): boolean {
    return this.#said.size === 0
  }

  /** @throws when the bytes are no awareness update; what stood before the fault is taken */
  add(update: Uint8Array): void {
    const decoder = decoding.createDecoder(update)
    for (let left = decoding.readVarUint(decoder); left > 0; left -= 1) {
      const client = decoding.readVarUint(decoder)
      const clock = decoding.readVarUint(decoder)
      const state = decoding.readVarString(decoder)
      // What is no JSON is found out here, where it spoils nobody else's.
      JSON.parse(state)
      const known = this.#said.get(client)
      const isNewer = known === undefined || clock > known.clock
      if (isNewer || (clock === known.clock && state === 'null')) this.#said.set(client, { clock, state })
    }
  }

  clear(): void {
    this.#said.clear()
  }

  /** All of it as one update; empty from then on. */
  take(): Uint8Array {
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, this.#said.size)
    for (const [client, { clock, state }] of this.#said) {
      encoding.writeVarUint(encoder, client)
      encoding.writeVarUint(encoder, clock)
      encoding.writeVarString(encoder, state)
    }
    this.#said.clear()
    return encoding.toUint8Array(encoder)
  }
}

export interface OthersWorkParts {
  readonly doc: Y.Doc
  readonly awareness: Awareness
  /** Of the transactions. */
  readonly origin: unknown
  /** Called before anything changes. */
  readonly before: () => void
  /** An update that cannot be applied. */
  readonly failed: () => void
}

export interface OthersWork {
  takeEdit(update: Uint8Array): void
  takeAwareness(update: Uint8Array): void
  /** The connection is gone, and with it everybody's carets. */
  forgetAwareness(): void
  /** Applies what is there, unless it is held. */
  flush(): void
  /** While held, nothing is applied, however long it takes. */
  hold(isHeld: boolean): void
  close(): void
}

export const gatherOthersWork = ({ doc, awareness, origin, before, failed }: OthersWorkParts): OthersWork => {
  let edits: Uint8Array[] = []
  const carets = new GatheredAwareness()
  let isHeld = false
  let isClosed = false
  let isDue = false
  let notBefore = 0

  const applyEdits = (): void => {
    const batch = edits
    edits = []
    try {
      Y.transact(
        doc,
        () => {
          for (const update of batch) Y.applyUpdate(doc, update, origin)
        },
        origin,
        false,
      )
    } catch {
      failed()
    }
  }

  const apply = (): void => {
    isDue = false
    if (isHeld || isClosed || (edits.length === 0 && carets.isEmpty)) return
    const began = performance.now()
    before()
    try {
      // Carets first: the text that comes with them is then drawn together with them, in one go.
      if (!carets.isEmpty) applyAwarenessUpdate(awareness, carets.take(), origin)
    } finally {
      if (edits.length > 0) applyEdits()
    }
    rest(began)
    // Not before the page has been laid out and drawn with it, which may take longer than all the rest.
    setTimeout(() => rest(began))
  }

  const rest = (began: number): void => {
    const now = performance.now()
    notBefore = now + pauseAfter(now - began)
  }

  const applyWithNextPicture = (): void => {
    if (document.hidden) setTimeout(apply, hiddenPauseMs)
    else requestAnimationFrame(apply)
  }

  const applySoon = (): void => {
    if (isDue) return
    isDue = true
    const pauseMs = notBefore - performance.now()
    if (pauseMs > 0) setTimeout(applyWithNextPicture, pauseMs)
    else applyWithNextPicture()
  }

  return {
    takeEdit: (update) => {
      edits.push(update)
      applySoon()
    },
    takeAwareness: (update) => {
      carets.add(update)
      applySoon()
    },
    forgetAwareness: () => carets.clear(),
    flush: apply,
    hold: (next) => {
      isHeld = next
      if (!isHeld) apply()
    },
    close: () => {
      isClosed = true
    },
  }
}
