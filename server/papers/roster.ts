// The roster: the people of a unit. The one table that knows them by name and telephone, and the place to erase them.
import { limits } from '../../shared/kernel/limits.ts'
import { accept, type Result, refuse } from '../../shared/kernel/result.ts'
import { tidyLine } from '../../shared/kernel/visibleText.ts'
import type { Person } from '../../shared/wire/http.ts'
import { type Clock, type Ids, type Step, type Store, step } from '../ports.ts'
import { isIdentityNumber, maskPhone, personKey, tidyName, tidyPhone } from './rosterCells.ts'
import type { NamedParty } from './rosterHeadings.ts'

export interface RosterDeps {
  readonly store: Store
  readonly clock: Clock
  readonly ids: Ids
  readonly parties: (unitId: string) => Promise<readonly NamedParty[]>
}

export interface RosterPerson {
  readonly name: string
  readonly partyId: string
  readonly bodyRole: string
  readonly household: string
  readonly phone: string
  readonly households: number
  readonly weight: number
}

export interface Roster {
  /** With telephone numbers masked. */
  people(unitId: string): Promise<Person[]>
  /** As they were saved, in the roster's order. */
  fullPeople(unitId: string): Promise<readonly (RosterPerson & { personId: string })[]>
  add(unitId: string, person: RosterPerson): Promise<Result<Person>>
  /** Corrected. A telephone number that comes back masked, as it was shown, stays as it is stored. */
  revise(unitId: string, personId: string, person: RosterPerson): Promise<Result<Person>>
  /** Erased, not marked: the name is gone. Names on the seats of meetings stay with those meetings. */
  remove(unitId: string, personId: string): Promise<Result<undefined>>
  /** Rows to be written with others; in the given order. */
  insertSteps(unitId: string, people: readonly RosterPerson[]): Promise<Step[]>
}

/** Rows to one INSERT: well under SQLite's 32,766 parameters. */
const rowsPerInsert = 500

const masked = (person: Person): Person => ({ ...person, phone: maskPhone(person.phone) })

const restABit = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

export const openRoster = ({ store, clock, ids, parties }: RosterDeps): Roster => {
  const { db } = store
  const standing = (unitId: string) =>
    db.selectFrom('people').where('unitId', '=', unitId).where('removedAt', 'is', null)

  const fullPeople: Roster['fullPeople'] = (unitId) =>
    standing(unitId)
      .select(['personId', 'name', 'partyId', 'bodyRole', 'household', 'phone', 'households', 'weight'])
      .orderBy('createdAt')
      .orderBy('personId')
      .execute()

  /** The order of the roster is the order of its times: rows of one import stand a millisecond apart. */
  const insertSteps: Roster['insertSteps'] = async (unitId, people) => {
    const last = await standing(unitId)
      .select(({ fn }) => fn.max('createdAt').as('at'))
      .executeTakeFirst()
    const from = Math.max(clock.now(), Number(last?.at ?? 0) + 1)
    const steps: Step[] = []
    for (let start = 0; start < people.length; start += rowsPerInsert) {
      const rows = people
        .slice(start, start + rowsPerInsert)
        .map(({ name, partyId, bodyRole, household, phone, households, weight }, i) => ({
          personId: ids.newId('person'),
          unitId,
          name,
          partyId,
          bodyRole,
          household,
          phone,
          households,
          weight,
          createdAt: from + start + i,
          removedAt: null,
        }))
      steps.push(step(db.insertInto('people').values(rows), { expect: rows.length }))
      await restABit()
    }
    return steps
  }

  const checked = async (unitId: string, asked: RosterPerson): Promise<Result<RosterPerson>> => {
    const person = {
      name: tidyName(asked.name),
      partyId: asked.partyId,
      bodyRole: tidyLine(asked.bodyRole),
      household: tidyLine(asked.household),
      phone: isIdentityNumber(asked.phone) ? '' : tidyPhone(asked.phone),
      households: asked.households,
      weight: asked.weight,
    }
    if (person.name === '') return refuse('malformed', { field: 'name' })
    const isKnown = (await parties(unitId)).some(({ partyId }) => partyId === person.partyId)
    return isKnown ? accept(person) : refuse('partyUnknown')
  }

  const revise: Roster['revise'] = async (unitId, personId, asked) => {
    const before = (await fullPeople(unitId)).find((known) => known.personId === personId)
    if (!before) return refuse('notFound')
    const phone = asked.phone.trim() === maskPhone(before.phone) ? before.phone : asked.phone
    const person = await checked(unitId, { ...asked, phone })
    if (!person.ok) return person
    const changed = db
      .updateTable('people')
      .set(person.value)
      .where('unitId', '=', unitId)
      .where('personId', '=', personId)
    const written = await store.write([step(changed, { expect: 1 })])
    return written.ok ? accept(masked({ ...person.value, personId })) : refuse('notFound')
  }

  const add: Roster['add'] = async (unitId, asked) => {
    const asPerson = await checked(unitId, asked)
    if (!asPerson.ok) return asPerson
    const person = asPerson.value
    const before = await fullPeople(unitId)
    if (before.length >= limits.rosterRowsMax) return refuse('tooMany', { max: limits.rosterRowsMax })
    // A resent request finds its own person and answers with it.
    const same = before.find((known) => personKey(known) === personKey(person))
    if (same) return accept(masked(same))
    await store.write(await insertSteps(unitId, [person]))
    const added = (await fullPeople(unitId)).find((known) => personKey(known) === personKey(person))
    return added ? accept(masked(added)) : refuse('notFound')
  }

  return {
    fullPeople,
    people: async (unitId) => (await fullPeople(unitId)).map(masked),
    add,
    revise,
    remove: async (unitId, personId) => {
      const removed = db.deleteFrom('people').where('unitId', '=', unitId).where('personId', '=', personId)
      const written = await store.write([step(removed, { expect: 1 })])
      return written.ok ? accept(undefined) : refuse('notFound')
    },
    insertSteps,
  }
}
