// The parties of a unit, in their order.
import type { Party } from '../../shared/meeting/state.ts'
import type { Store } from '../ports.ts'

export const partiesOf = async ({ db }: Store, unitId: string): Promise<Party[]> => {
  const rows = await db
    .selectFrom('parties')
    .selectAll()
    .where('unitId', '=', unitId)
    .orderBy('position')
    .execute()
  return rows.map(({ partyId, nameZh, nameEn }) => ({ partyId, name: { zh: nameZh, en: nameEn } }))
}
