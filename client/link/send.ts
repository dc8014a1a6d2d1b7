// Owns giving an order to the meeting: the promise settles when the hall has answered, across any loss of connection.
import type { Command } from '../../shared/meeting/commands.ts'
import type { Answer, Done } from '../../shared/wire/live.ts'
import { pageLink } from './meeting.ts'

/** Nothing has happened until this answers `ok`. Meanwhile `useMeeting(it => it.orders)` tells what is on its way. */
export const send = (command: Command): Promise<Answer<Done>> =>
  pageLink()?.send(command) ?? Promise.resolve({ ok: false, refusal: { code: 'unreachable' } })
