// Seat cards in the order in which they are handed out, ten to a sheet of A4. Pure.
import type { MeetingState } from '../../../shared/meeting/state.ts'
import type { Cards } from './MeetingPage.tsx'

export const cardsPerPage = 10

export const cardPages = (cards: Cards, parties: MeetingState['parties']): Cards[] => {
  const collator = new Intl.Collator('zh-CN')
  const placeOf = (partyId: string | null) => {
    const place = parties.findIndex((party) => party.partyId === partyId)
    return place === -1 ? parties.length : place
  }
  const sorted = [...cards].sort(
    (a, b) => placeOf(a.partyId) - placeOf(b.partyId) || collator.compare(a.name, b.name),
  )
  const pages: Cards[] = []
  for (let at = 0; at < sorted.length; at += cardsPerPage) pages.push(sorted.slice(at, at + cardsPerPage))
  return pages
}
