// Owns who this browser is: the session of its cookie, shared by all faces.
import { useEffect } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { Refusal } from '../../shared/kernel/result.ts'
import type { SessionAsk, SessionView } from '../../shared/wire/http.ts'
import type { Answer } from '../../shared/wire/live.ts'
import { get, post, remove } from './api.ts'
import { deviceKey } from './device.ts'

const retryMs = 3_000

interface SessionState {
  /** `null`: nobody is signed in. `'loading'`: not known yet, also while the hall cannot be reached. */
  readonly session: SessionView | null | 'loading'
  /** Why the session is not known yet. */
  readonly trouble: Refusal | null
}

const store = createStore<SessionState>(() => ({ session: 'loading', trouble: null }))

const signedOutCodes: ReadonlySet<string> = new Set(['notSignedIn', 'sessionEnded'])

/** Grows with every sign-in and sign-out: an answer to a question asked before is old news. */
let age = 0

/** Asks the hall again who this browser is. */
export const refresh = async (): Promise<SessionView | null | 'loading'> => {
  const askedAt = age
  const answer = await get<SessionView>('/api/session')
  if (askedAt !== age) return store.getState().session
  if (answer.ok) store.setState({ session: answer.value, trouble: null })
  else if (signedOutCodes.has(answer.refusal.code)) store.setState({ session: null, trouble: null })
  else store.setState({ trouble: answer.refusal })
  return store.getState().session
}

/** Exchanges a card, a link or a password for the session cookie. */
export const signIn = async (ask: SessionAsk): Promise<Answer<SessionView>> => {
  const body = 'token' in ask ? { device: deviceKey(), ...ask } : ask
  const answer = await post<SessionView>('/api/session', body)
  if (answer.ok) {
    age += 1
    store.setState({ session: answer.value, trouble: null })
  }
  return answer
}

export const signOut = async (): Promise<Answer<undefined>> => {
  const answer = await remove('/api/session')
  if (answer.ok || signedOutCodes.has(answer.refusal.code)) {
    age += 1
    store.setState({ session: null, trouble: null })
  }
  return answer
}

let asking = false

const askUntilKnown = (): void => {
  if (asking || store.getState().session !== 'loading') return
  asking = true
  void refresh().then((session) => {
    asking = false
    if (session === 'loading') setTimeout(askUntilKnown, retryMs)
  })
}

export const useSession = () => {
  const { session, trouble } = useStore(store)
  useEffect(askUntilKnown, [])
  return { session, trouble, signIn, signOut, refresh }
}
