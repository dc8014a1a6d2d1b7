// What the identity room is given: the ports, and the two things it asks of the record.
import type { Result } from '../../shared/kernel/result.ts'
import type { Command } from '../../shared/meeting/commands.ts'
import type { Done } from '../../shared/wire/live.ts'
import type { Bus, Clock, Ids, Store } from '../ports.ts'
import type { Passwords } from './passwords.ts'
import type { OrderActor } from './principal.ts'

export interface IdentityDeps {
  readonly store: Store
  readonly clock: Clock
  readonly ids: Ids
  readonly bus: Bus
  readonly passwords: Passwords
  /** From the record: whether a seat takes part or observes; `null` for a seat the meeting does not have. */
  readonly seatRole: (meetingId: string, seatId: string) => Promise<'participant' | 'observer' | null>
  /** The record's handle. */
  readonly order: (
    meetingId: string,
    actor: OrderActor,
    envelope: { commandId: string; command: Command },
  ) => Promise<Result<Done>>
}
