// What travels on a draft's WebSocket beside the y-websocket protocol: message types, close codes, and the messages
// of our own, which only a client that connects with `?acks=1` is sent (others would log "Unable to compute message").
//
// y-websocket 3 reconnects by itself after every close code except 4400–4499, so those say "coming back will not help".

/** The first varUint of a message. 0–3 are y-websocket's own; 4 is ours. */
export const draftMessage = { sync: 0, awareness: 1, auth: 2, queryAwareness: 3, hall: 4 } as const

/** The second varUint of a sync message. */
export const syncMessage = { step1: 0, step2: 1, update: 2 } as const

/** The second varUint of a message of type `hall`. */
export const hallMessage = {
  /** varUint n: the first n messages `step2` and `update` that came on this connection are on disk. */
  committed: 0,
  /** Four varUints: text bytes, their bound, edits, their bound. Sent on joining and near a bound. */
  room: 1,
} as const

/** The query parameter by which a client asks for messages of type `hall`. */
export const acksParameter = 'acks'

/** Why the server closed a draft's connection; the reason text of the close frame is the key. */
export const draftCloseCodes = {
  // coming back will not help
  malformed: 4400,
  notSignedIn: 4401,
  sessionEnded: 4401,
  notAllowed: 4403,
  draftReadOnly: 4403,
  notFound: 4404,
  clientTaken: 4409,
  tooLarge: 4413,
  draftFull: 4413,
  clockGap: 4422,
  runTooLong: 4422,
  deleteBeyond: 4422,
  awarenessForeign: 4422,
  awarenessTooLarge: 4422,
  tooFast: 4429,
  // coming back will help
  storeUnavailable: 4500,
  rightsChanged: 4503,
  tooMany: 4529,
} as const

export type DraftCloseReason = keyof typeof draftCloseCodes

export type HallMessage =
  | { readonly kind: 'committed'; readonly count: number }
  | {
      readonly kind: 'room'
      readonly textBytes: number
      readonly textBytesMax: number
      readonly edits: number
      readonly editsMax: number
    }

/** Reads what follows the type varUint of a `hall` message; undefined for a kind that a newer server may send. */
export const readHallMessage = (body: Uint8Array): HallMessage | undefined => {
  const numbers = readVarUints(body)
  const [kind, first, second, third, fourth] = numbers
  if (kind === hallMessage.committed && first !== undefined) return { kind: 'committed', count: first }
  if (kind !== hallMessage.room || first === undefined || second === undefined) return undefined
  if (third === undefined || fourth === undefined) return undefined
  return { kind: 'room', textBytes: first, textBytesMax: second, edits: third, editsMax: fourth }
}

const readVarUints = (bytes: Uint8Array): number[] => {
  const numbers: number[] = []
  let value = 0
  let unit = 1
  for (const byte of bytes) {
    value += (byte & 127) * unit
    unit *= 128
    if (byte >= 128) continue
    numbers.push(value)
    value = 0
    unit = 1
  }
  return numbers
}
