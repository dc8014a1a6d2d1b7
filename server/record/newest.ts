// Looking again before refusing: on another node the meeting may have gone on, and a refusal is kept.
import { type Result, refuse } from '../../shared/kernel/result.ts'
import type { MeetingState } from '../../shared/meeting/state.ts'
import type { Store } from '../ports.ts'
import type { Stream } from './stream.ts'

export const checkedNewest = async <T>(
  { isShared }: Store,
  stream: Stream,
  check: (state: MeetingState) => Result<T>,
): Promise<{ checked: Result<T>; seq: number }> => {
  const checkIn = ({ state, seq }: { state: MeetingState | null; seq: number }) => ({
    checked: state ? check(state) : refuse('meetingUnknown'),
    seq,
  })
  const found = checkIn(await stream.current())
  return found.checked.ok || !isShared ? found : checkIn(await stream.fresh())
}
