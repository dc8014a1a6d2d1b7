// The hash chain: every event's hash covers the hash before it, so nothing can be changed, left out or put in.
import { canonical } from './canonical.ts'
import { sha256 } from './sha256.ts'

/** An event as it is hashed: everything of it but the hash. */
export interface Link {
  readonly stream: string
  readonly seq: number
  readonly at: number
  readonly by: string
  readonly commandId: string
  readonly event: unknown
}

/** The hash "before" the first event of a stream. */
export const firstHash = (stream: string): string => sha256(`yishiting record 1 ${stream}`)

/** `sha256(previousHash + "\n" + canonical JSON of the link)`. */
export const linkHash = (previousHash: string, link: Link): string => {
  const { stream, seq, at, by, commandId, event } = link
  return sha256(`${previousHash}\n${canonical({ stream, seq, at, by, commandId, event })}`)
}
