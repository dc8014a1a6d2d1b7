// The addresses of the REST API that the town face asks, in one place.
import type { CardsView, RosterSaved } from '../../shared/wire/http.ts'
import { post, remove } from '../link/api.ts'

const inMeeting = (meetingId: string): string => `/api/meetings/${encodeURIComponent(meetingId)}`

export const paths = {
  hall: '/api/hall',
  firstRun: '/api/hall/first-run',
  accounts: '/api/accounts',
  password: '/api/session/password',
  roster: '/api/roster',
  rosterXlsx: '/api/roster/export?format=xlsx',
  rosterCsv: (encoding: 'utf-8' | 'gb18030') => `/api/roster/export?format=csv&encoding=${encoding}`,
  imports: '/api/roster/imports',
  meetings: '/api/meetings',
  matters: '/api/matters',
  notices: (matterId: string) => `/api/matters/${encodeURIComponent(matterId)}/notices`,
  matterRecord: (matterId: string) => `/api/matters/${encodeURIComponent(matterId)}/record`,
  door: (meetingId: string) => `${inMeeting(meetingId)}/door`,
  screens: (meetingId: string) => `${inMeeting(meetingId)}/screens`,
  record: (meetingId: string, since: number) => `${inMeeting(meetingId)}/record?since=${since}`,
  recordExport: (meetingId: string) => `${inMeeting(meetingId)}/record/export`,
  text: (sha256: string, meetingId: string) => `${inMeeting(meetingId)}/texts/${sha256}`,
} as const

export const accountPath = (accountId: string): string => `${paths.accounts}/${encodeURIComponent(accountId)}`

export const personPath = (personId: string): string => `${paths.roster}/${encodeURIComponent(personId)}`

export const importPath = (importId: string): string => `${paths.imports}/${encodeURIComponent(importId)}`

export const confirmImport = (importId: string) => post<RosterSaved>(`${importPath(importId)}/confirm`)

/** Cards for all seats, or for these; older unused ones end. */
export const makeCards = (meetingId: string, seatIds: readonly string[] | null) =>
  post<CardsView>(`${inMeeting(meetingId)}/cards`, seatIds === null ? {} : { seatIds })

export const pairScreen = (meetingId: string, code: string) => post(paths.screens(meetingId), { code })

export const unpairScreen = (meetingId: string, screenId: string) =>
  remove(`${paths.screens(meetingId)}/${encodeURIComponent(screenId)}`)
