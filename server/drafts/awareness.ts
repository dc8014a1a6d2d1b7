// Who is looking where: the latest state of each client, in its own name only. Never stored.
//
// An unmodified y-websocket client sends back every awareness state that it receives, so what a connection says about
// others is passed over when it is an echo, and an offence when it is news.
import type { DraftCloseReason } from '../../shared/drafts/wire.ts'
import type { FarCaret } from '../ports.ts'
import { type Cursor, readVarBytes, readVarUint, sizeOfVarUint, torn, writeVarUint } from './bytes.ts'
import type { DraftLimits } from './draftLimits.ts'
import { isJsonShallow } from './structs.ts'

/** A connection, as far as awareness knows it; compared by identity. */
export interface Viewer {
  readonly owner: string
  /** The one unknown client id that it may show itself under. */
  shownAs: number | undefined
}

interface Shown {
  readonly owner: string
  clock: number
  /** JSON in UTF-8; undefined once it left. */
  state: Uint8Array | undefined
  viewer: Viewer | undefined
  /** Whether `state` was found to be JSON; it is looked at when it is about to be shown, since most are overtaken. */
  isChecked: boolean
  /** The other node that it is connected through. */
  node?: string
}

export interface Awareness {
  /** @returns why the sender must be closed, if it must */
  receive(
    viewer: Viewer,
    payload: Uint8Array,
    writtenBy: (client: number) => string | undefined,
  ): DraftCloseReason | undefined
  leave(viewer: Viewer): void
  /** What changed since it was last taken, as an awareness update. */
  takeChanges(): Uint8Array | undefined
  hasChanges(): boolean
  /** Everybody on show. What changed since it was last made is among the changes that are taken next. */
  all(): Uint8Array | undefined
  /** What changed among those connected here since it was last taken. */
  takeNear(): FarCaret[]
  /** Everybody connected here. */
  near(): FarCaret[]
  /** What another node says of those connected through it. */
  hearFar(node: string, carets: readonly FarCaret[]): void
  /** The node is gone, and all who were connected through it. */
  forgetNode(node: string): void
  /** Whose client id it is, by what is on show or was lately. */
  ownerOf(client: number): string | undefined
}

const rememberedMax = 4_000
const nullState = new Uint8Array([110, 117, 108, 108])

/** @param onOffence told of a viewer that must be closed, for a state that turned out to be no JSON */
export const openAwareness = (
  limits: Pick<DraftLimits, 'awarenessBytesMax' | 'caretsPerMessageMax'>,
  onOffence: (viewer: Viewer) => void,
): Awareness => {
  const shown = new Map<number, Shown>()
  const changed = new Set<number>()
  const changedNear = new Set<number>()
  /** What `all` answered, until changes are taken: a thousand who come back at once are told the same. */
  let made: { readonly all: Uint8Array | undefined } | undefined

  const take = (
    viewer: Viewer,
    client: number,
    clock: number,
    state: Uint8Array,
  ): DraftCloseReason | undefined => {
    if (state.length > limits.awarenessBytesMax) return 'awarenessTooLarge'
    const leaves = isNull(state)
    const known = shown.get(client)
    if (known && clock < known.clock) return undefined
    if (known && clock === known.clock && (known.state === undefined) === leaves) return undefined
    if (!known && leaves) return undefined
    if (known?.state && known.state.length === state.length && !leaves) {
      known.clock = clock
      known.state.set(state)
      known.viewer = viewer
      known.isChecked = false
      changed.add(client)
      changedNear.add(client)
      return undefined
    }
    shown.set(client, {
      owner: viewer.owner,
      clock,
      // A copy: the message is a view of a whole chunk of the socket.
      state: leaves ? undefined : new Uint8Array(state),
      viewer: leaves ? undefined : viewer,
      isChecked: leaves,
    })
    changed.add(client)
    changedNear.add(client)
    if (shown.size > rememberedMax) forgetOldest(shown)
    return undefined
  }

  const receiveEntry = (
    viewer: Viewer,
    client: number,
    clock: number,
    state: Uint8Array,
    writtenBy: (client: number) => string | undefined,
  ): DraftCloseReason | undefined => {
    const known = shown.get(client)
    const owner = writtenBy(client) ?? known?.owner
    if (owner === viewer.owner) return take(viewer, client, clock, state)
    if (owner !== undefined) {
      const isEcho = isNull(state) || (known !== undefined && clock <= known.clock)
      return isEcho ? undefined : 'awarenessForeign'
    }
    if (viewer.shownAs !== undefined && viewer.shownAs !== client) return undefined
    viewer.shownAs = client
    return take(viewer, client, clock, state)
  }

  const check = (client: number): void => {
    const entry = shown.get(client)
    if (!entry?.state || entry.isChecked) return
    entry.isChecked = true
    if (isJson(entry.state)) return
    entry.state = undefined
    const { viewer } = entry
    entry.viewer = undefined
    if (viewer) onOffence(viewer)
  }

  const encode = (clients: readonly number[]): Uint8Array => {
    const entries = clients.map((client) => ({
      client,
      ...(shown.get(client) ?? { clock: 0, state: undefined }),
    }))
    let size = sizeOfVarUint(entries.length)
    for (const { client, clock, state = nullState } of entries) {
      size += sizeOfVarUint(client) + sizeOfVarUint(clock) + sizeOfVarUint(state.length) + state.length
    }
    const bytes = new Uint8Array(size)
    let pos = writeVarUint(bytes, 0, entries.length)
    for (const { client, clock, state = nullState } of entries) {
      pos = writeVarUint(bytes, writeVarUint(bytes, writeVarUint(bytes, pos, client), clock), state.length)
      bytes.set(state, pos)
      pos += state.length
    }
    return bytes
  }

  return {
    receive: (viewer, payload, writtenBy) => {
      const c: Cursor = { bytes: payload, pos: 0, end: payload.length }
      try {
        const count = readVarUint(c)
        if (count > limits.caretsPerMessageMax) return 'awarenessTooLarge'
        for (let i = 0; i < count; i += 1) {
          const client = readVarUint(c)
          const clock = readVarUint(c)
          const offence = receiveEntry(viewer, client, clock, readVarBytes(c), writtenBy)
          if (offence) return offence
        }
        return c.pos === c.end ? undefined : 'malformed'
      } catch (fault) {
        if (fault === torn) return 'malformed'
        throw fault
      }
    },
    leave: (viewer) => {
      for (const [client, entry] of shown) {
        if (entry.viewer !== viewer) continue
        entry.state = undefined
        entry.viewer = undefined
        changed.add(client)
        changedNear.add(client)
      }
    },
    takeNear: () => {
      for (const client of changedNear) check(client)
      const carets = caretsOf(shown, changedNear)
      changedNear.clear()
      return carets
    },
    near: () => {
      for (const client of [...changed]) check(client)
      return caretsOf(shown, shown.keys()).filter(({ state }) => state !== null)
    },
    hearFar: (node, carets) => {
      for (const caret of carets) {
        if (!isNews(shown.get(caret.client), node, caret)) continue
        shown.set(caret.client, {
          owner: caret.owner,
          clock: caret.clock,
          state: caret.state === null ? undefined : Buffer.from(caret.state),
          viewer: undefined,
          isChecked: true,
          node,
        })
        changed.add(caret.client)
        if (shown.size > rememberedMax) forgetOldest(shown)
      }
    },
    forgetNode: (node) => {
      for (const [client, entry] of shown) {
        if (entry.node !== node || entry.state === undefined) continue
        entry.state = undefined
        changed.add(client)
      }
    },
    hasChanges: () => changed.size > 0,
    takeChanges: () => {
      if (changed.size === 0) return undefined
      made = undefined
      for (const client of [...changed]) check(client)
      const update = encode([...changed])
      changed.clear()
      return update
    },
    all: () => {
      if (made) return made.all
      for (const client of [...changed]) check(client)
      const present = [...shown].filter(([, { state }]) => state !== undefined).map(([client]) => client)
      made = { all: present.length === 0 ? undefined : encode(present) }
      return made.all
    },
    ownerOf: (client) => shown.get(client)?.owner,
  }
}

const caretsOf = (shown: ReadonlyMap<number, Shown>, clients: Iterable<number>): FarCaret[] => {
  const carets: FarCaret[] = []
  for (const client of clients) {
    const entry = shown.get(client)
    if (!entry || entry.node !== undefined) continue
    const { clock, owner, state } = entry
    carets.push({ client, clock, owner, state: state ? Buffer.from(state).toString() : null })
  }
  return carets
}

/** Who is connected here is known best here; and that somebody left a node says nothing once they came in elsewhere. */
const isNews = (known: Shown | undefined, node: string, { clock, state }: FarCaret): boolean => {
  if (known?.viewer) return false
  if (state === null) return known?.node === node && known.state !== undefined
  if (!known || known.state === undefined) return !known || clock >= known.clock
  return clock > known.clock || known.node !== node
}

const isNull = (state: Uint8Array): boolean =>
  state.length === 4 && state[0] === 110 && state[1] === 117 && state[2] === 108 && state[3] === 108

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const isJson = (state: Uint8Array): boolean => {
  try {
    return isJsonShallow(strict.decode(state))
  } catch {
    return false
  }
}

/** Only those that left may be forgotten. */
const forgetOldest = (shown: Map<number, Shown>): void => {
  for (const [client, { state }] of shown) {
    if (state !== undefined) continue
    shown.delete(client)
    return
  }
}
