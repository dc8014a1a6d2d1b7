// Asks when the page opens, again on every hint that something around the draft changed, and now and then anyway.
import { useEffect } from 'react'
import { type DraftNews, onDraftNews } from '../link/draftNews.ts'

/** A hall full of pages does not ask in the same instant. */
const spreadMs = 800
const askAnywayMs = 30_000

export const useDraftNews = (draftId: string, about: DraftNews['about'], ask: () => Promise<void>): void => {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null
    void ask()
    const stop = onDraftNews((news) => {
      if (news.draftId !== draftId || news.about !== about) return
      timer ??= setTimeout(() => {
        timer = null
        void ask()
      }, Math.random() * spreadMs)
    })
    const anyway = setInterval(() => void ask(), askAnywayMs)
    return () => {
      stop()
      clearInterval(anyway)
      if (timer !== null) clearTimeout(timer)
    }
  }, [draftId, about, ask])
}
