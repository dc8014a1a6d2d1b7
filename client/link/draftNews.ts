// Hints that something around a draft changed which is not its text: whoever shows it asks the hall again.
import type { ServerToClient } from '../../shared/wire/live.ts'

export type DraftNews = Parameters<ServerToClient['draftNews']>[0]

const listeners = new Set<(news: DraftNews) => void>()

export const tellDraftNews = (news: DraftNews): void => {
  for (const listener of listeners) listener(news)
}

export const onDraftNews = (listener: (news: DraftNews) => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
