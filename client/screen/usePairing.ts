// Makes this browser a screen and waits until somebody has paired it with a meeting.
import { useEffect, useState } from 'react'
import type { SessionView } from '../../shared/wire/http.ts'
import { post } from '../link/api.ts'
import { refresh, useSession } from '../link/session.ts'

const askEveryMs = 2_000
/** The hall gives a new code once the old one has lived half its life. */
const renewEveryMs = 60_000

export interface Pairing {
  /** `null` while the hall has not given one. */
  readonly code: string | null
  readonly isUnreachable: boolean
}

let opening: ReturnType<typeof post<SessionView>> | null = null

/** One request at a time: two at once would make two screens, and the code of the one and the cookie of the other. */
const openScreen = (): ReturnType<typeof post<SessionView>> => {
  opening ??= post<SessionView>('/api/screens').finally(() => {
    opening = null
  })
  return opening
}

/** Asks for a code where this browser has none or an old one, and again and again who it is: pairing shows in its session. */
export const usePairing = (): Pairing => {
  const { session, trouble } = useSession()
  const [hasFailed, setFailed] = useState(false)
  const code = session === null || session === 'loading' ? null : session.screenCode

  const needsCode = code === null
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    let isOver = false
    let renewAt = needsCode ? 0 : Date.now() + renewEveryMs
    const ask = async () => {
      if (Date.now() >= renewAt) {
        const answer = await openScreen()
        renewAt = Date.now() + (answer.ok ? renewEveryMs : 0)
        if (!isOver) setFailed(!answer.ok)
      }
      await refresh()
      if (!isOver) timer = setTimeout(ask, askEveryMs)
    }
    void ask()
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [needsCode])

  return { code, isUnreachable: trouble !== null || hasFailed }
}
