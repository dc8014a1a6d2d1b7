// Finding people in the roster. Pure.
import type { Person } from '../../../shared/wire/http.ts'

const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '')

/** `partyId` null takes all parties; the search looks at name, household and role. */
export const peopleMatching = (
  people: readonly Person[],
  search: string,
  partyId: string | null,
): readonly Person[] => {
  const sought = plain(search)
  return people.filter(
    (person) =>
      (partyId === null || person.partyId === partyId) &&
      (sought === '' || plain(`${person.name}\n${person.household}\n${person.bodyRole}`).includes(sought)),
  )
}

/** What of a person's figures goes without saying is left out. */
export const figuresOf = ({
  households,
  weight,
}: Pick<Person, 'households' | 'weight'>): readonly ['households' | 'weight', number][] => [
  ...(households === 1 ? [] : [['households', households] as ['households', number]]),
  ...(weight === 1 ? [] : [['weight', weight] as ['weight', number]]),
]

export const countByParty = (people: readonly Pick<Person, 'partyId'>[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const { partyId } of people) counts.set(partyId, (counts.get(partyId) ?? 0) + 1)
  return counts
}
