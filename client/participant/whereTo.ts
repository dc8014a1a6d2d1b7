// Owns where a session goes on: each role has its own face.
import type { SessionView } from '../../shared/wire/http.ts'

export const whereTo = ({ role, meetingId }: SessionView): string => {
  switch (role) {
    case 'participant':
    case 'observer':
      return meetingId === null ? '/' : `/m/${meetingId}`
    case 'secretary':
    case 'facilitator':
    case 'clerk':
      return meetingId === null ? '/hall' : `/cockpit/${meetingId}`
    case 'screen':
      return '/screen'
    case 'waiting':
      return '/r'
  }
}
