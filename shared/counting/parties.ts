// Owns which parties a poll knows and what they are called.
import type { PartyNames, Words } from '../rules/preset.ts'
import type { Poll } from './poll.ts'

/** Whether a poll knows a party: those of the meeting where it lists them, else those of the preset; else any. */
export const knownParties = (poll: Poll): ((id: string) => boolean) | undefined => {
  if (poll.parties !== undefined) {
    const ids = new Set(poll.parties.map(({ id }) => id))
    return (id) => ids.has(id)
  }
  const own = poll.preset?.parties
  if (own === undefined) return undefined
  const ids = new Set(
    own.flatMap(({ key, name, aliases }) => [key, name.zh, name.en, ...aliases].map(folded)),
  )
  return (id) => ids.has(folded(id))
}

const folded = (id: string): string => id.trim().toLowerCase()

/** What parties are called: as the meeting says, else as the preset does, else by their id. */
export const partyNamesOf = (poll: Poll): PartyNames => {
  const names = new Map<string, Words>()
  for (const { partyId } of poll.roll ?? []) names.set(partyId, { zh: partyId, en: partyId })
  for (const { party } of poll.seats ?? []) names.set(party, { zh: party, en: party })
  for (const party of poll.preset?.parties ?? []) {
    const ids = new Set([party.key, party.name.zh, party.name.en, ...party.aliases].map(folded))
    for (const id of names.keys()) if (ids.has(folded(id))) names.set(id, party.name)
  }
  for (const { id, name } of poll.parties ?? []) if (name !== undefined) names.set(id, name)
  return names
}
