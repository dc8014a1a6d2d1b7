// Which draft of a family a client id is of. A draft and its forks share a past, and adopting a fork brings its edits
// into the draft: were one client id written under in both, they would hold different edits at one place, and could
// never be merged. So an id is of the draft that it was first used in; the store's key holds this between nodes.
import type { Store } from '../ports.ts'

/** One draft's view of its family. */
export interface Kin {
  /** Whether the id is of another draft of the family: then nobody writes under it here. */
  isElsewhere(client: number): boolean
  claim(client: number): void
  leave(): void
}

export interface Families {
  /** Reads whose the ids are; while any draft of the family is in memory, what each claims is known to all. */
  join(draftId: string): Promise<Kin>
}

interface Family {
  /** Client id to the draft it is of. */
  readonly homes: Map<number, string>
  drafts: number
}

export const openFamilies = ({ db }: Store): Families => {
  const families = new Map<string, Family>()

  return {
    join: async (draftId) => {
      const row = await db
        .selectFrom('drafts')
        .select('baseId')
        .where('draftId', '=', draftId)
        .executeTakeFirst()
      const familyId = row?.baseId ?? draftId
      const family = families.get(familyId) ?? { homes: new Map(), drafts: 0 }
      families.set(familyId, family)
      family.drafts += 1
      let hasLeft = false
      const leave = (): void => {
        if (hasLeft) return
        hasLeft = true
        family.drafts -= 1
        if (family.drafts === 0) families.delete(familyId)
      }
      try {
        const known = await db
          .selectFrom('draftClients')
          .select(['clientId', 'draftId'])
          .where('familyId', '=', familyId)
          .where('homeId', 'is', null)
          .execute()
        for (const { clientId, draftId: home } of known) family.homes.set(Number(clientId), home)
      } catch (fault) {
        leave()
        throw fault
      }
      return {
        isElsewhere: (client) => (family.homes.get(client) ?? draftId) !== draftId,
        claim: (client) => {
          if (!family.homes.has(client)) family.homes.set(client, draftId)
        },
        leave,
      }
    },
  }
}
