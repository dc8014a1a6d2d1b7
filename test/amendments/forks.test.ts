// Amendments as forks, over real sockets and a real store: both texts go on, and adopting brings them together.
import { cp } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openHall } from '../../server/app.ts'
import type { Store } from '../../server/ports.ts'
import { openSqliteStore } from '../../server/store/sqlite.ts'
import { until } from '../drafts/hall.ts'
import { codeOf, configFor, newCommandId, openPollBy } from '../live/hall.ts'
import { type House, openHouse, type Pen } from './house.ts'

let house: House

beforeEach(async () => {
  house = await openHouse()
})
afterEach(() => house.close())

const [first, second] = [0, 1]
const seat = (index: number) => house.seat(index)

const openDraft: House['openDraft'] = (...asked) => house.openDraft(...asked)

const textOf = async (draftId: string): Promise<string> =>
  (await house.house.hall.rooms.drafts.freeze(draftId))?.text ?? ''

/** A word that this client typed is on disk when another client has it. */
const seenBy = (pen: Pen, words: string) => until(`"${words}" arrives`, () => pen.text().includes(words))

describe('an amendment', () => {
  test('begins as a copy of the draft, and the two go on apart', async () => {
    const before = await textOf(house.draftId)
    const amendment = await house.propose(seat(first))
    expect(amendment).toMatchObject({ itemId: house.itemId, seatId: seat(first).me.seatId, status: 'open' })
    expect(await textOf(amendment.draftId)).toBe(before)
    const [mine, draft, witness] = await Promise.all([
      openDraft(amendment.draftId, seat(first).cookie),
      openDraft(house.draftId, seat(second).cookie),
      openDraft(amendment.draftId, seat(second).cookie),
    ])
    mine.append(1, '（修正）')
    draft.append(2, '（原稿）')
    await seenBy(witness, '（修正）')
    await until('both are kept', () => draft.text() !== before)
    await until('the draft has its own words', () => draft.text().includes('（原稿）'))
    expect(await textOf(house.draftId)).not.toContain('（修正）')
    expect(await textOf(amendment.draftId)).not.toContain('（原稿）')
  })

  test('is edited by its proposer and the staff, read by all, and fixed while it is voted on', async () => {
    const amendment = await house.propose(seat(first))
    const [mine, other] = await Promise.all([
      openDraft(amendment.draftId, seat(first).cookie),
      openDraft(amendment.draftId, seat(second).cookie),
    ])
    other.append(1, '（别人）')
    await until('the other is refused', () => other.closes.some(({ reason }) => reason === 'draftReadOnly'))
    mine.append(1, '（提案人）')
    const staff = await openDraft(amendment.draftId, house.facilitator.cookie)
    await seenBy(staff, '（提案人）')
    staff.append(1, '（工作人员）')
    await seenBy(mine, '（工作人员）')
    await openPollBy(house.facilitator, { amendmentId: amendment.amendmentId })
    await until('rights have changed', () => mine.closes.some(({ reason }) => reason === 'rightsChanged'))
    await until('it is back', () => mine.provider.synced && mine.provider.wsconnected)
    mine.append(1, '（太晚）')
    await until('it is refused', () => mine.closes.some(({ reason }) => reason === 'draftReadOnly'))
    expect(await textOf(amendment.draftId)).toContain('（工作人员）')
    expect(await textOf(amendment.draftId)).not.toContain('（太晚）')
    expect(await textOf(amendment.draftId)).not.toContain('（别人）')
  })

  test('a poll on it freezes its text and names what it is a difference from', async () => {
    const amendment = await house.propose(seat(first))
    const mine = await openDraft(amendment.draftId, seat(first).cookie)
    const reader = await openDraft(amendment.draftId, seat(second).cookie)
    mine.append(1, '（修正）')
    await seenBy(reader, '（修正）')
    const pollId = await openPollBy(house.facilitator, { amendmentId: amendment.amendmentId })
    const poll = house.facilitator.state.polls[pollId]
    const { sha256 } = (await house.house.hall.rooms.drafts.freeze(amendment.draftId)) ?? {}
    expect(poll?.text).toMatchObject({ draftId: amendment.draftId, sha256 })
    expect(poll?.amendment).toEqual({ amendmentId: amendment.amendmentId, base: amendment.base })
  })
})

describe('adopting', () => {
  /** Both edited, the fork polled and carried. */
  const carried = async () => {
    const amendment = await house.propose(seat(first))
    const [mine, draft, witness, reader] = await Promise.all([
      openDraft(amendment.draftId, seat(first).cookie),
      openDraft(house.draftId, seat(second).cookie),
      openDraft(house.draftId, seat(first).cookie),
      openDraft(amendment.draftId, seat(second).cookie),
    ])
    mine.append(1, '（修正）')
    draft.insert(1, '原稿新的一段。')
    await seenBy(witness, '原稿新的一段。')
    await seenBy(reader, '（修正）')
    const pollId = await openPollBy(house.facilitator, { amendmentId: amendment.amendmentId })
    for (const guest of house.seats)
      await guest.order({ type: 'castBallot', pollId, choice: { choice: 'yes' } })
    expect(codeOf(await house.facilitator.order({ type: 'closePoll', pollId }))).toBe('accepted')
    return { amendment, pollId, draft, witness, mine }
  }

  test('merges both texts into the draft, seen live and frozen by the next poll', async () => {
    const { amendment, pollId, draft, witness } = await carried()
    const adopted = await house.facilitator.order({
      type: 'adoptAmendment',
      amendmentId: amendment.amendmentId,
      pollId,
    })
    expect(codeOf(adopted)).toBe('accepted')
    const next = await openPollBy(house.facilitator)
    await seenBy(draft, '（修正）')
    await seenBy(witness, '（修正）')
    expect(draft.text()).toContain('原稿新的一段。')
    expect(witness.text()).toBe(draft.text())
    const now = await house.house.hall.rooms.drafts.freeze(house.draftId)
    expect(now?.text).toBe(draft.text())
    expect(house.facilitator.state.polls[next]?.text.sha256).toBe(now?.sha256)
    // People write on in the merged text, under the ids they had before.
    draft.append(2, '（之后）')
    await seenBy(witness, '（之后）')
    expect(draft.closes).toEqual([])
  })

  test('happens once, however often the order comes', async () => {
    const { amendment, pollId, draft } = await carried()
    const id = newCommandId()
    const order = { type: 'adoptAmendment', amendmentId: amendment.amendmentId, pollId } as const
    expect(await house.facilitator.order(order, id)).toEqual(await house.facilitator.order(order, id))
    expect(codeOf(await house.facilitator.order(order))).toBe('amendmentSettled')
    await seenBy(draft, '（修正）')
    await house.house.hall.rooms.forks.finish(house.draftId)
    expect((await textOf(house.draftId)).split('（修正）')).toHaveLength(2)
    const left = await house.house.hall.store.db.selectFrom('draftMerges').selectAll().execute()
    const states = await house.house.hall.store.db.selectFrom('draftStates').selectAll().execute()
    expect([left, states]).toEqual([[], []])
  })

  test('by general consent takes the text as it is then', async () => {
    const amendment = await house.propose(seat(first))
    const mine = await openDraft(amendment.draftId, seat(first).cookie)
    const draft = await openDraft(house.draftId, seat(second).cookie)
    mine.put(1, 0, 2, '修正：')
    const reader = await openDraft(amendment.draftId, seat(second).cookie)
    await seenBy(reader, '修正：')
    const order = { type: 'adoptAmendment', amendmentId: amendment.amendmentId, pollId: null } as const
    expect(codeOf(await seat(first).order(order))).toBe('notAllowed')
    expect(codeOf(await house.facilitator.order(order))).toBe('accepted')
    await seenBy(draft, '修正：')
    expect(draft.text()).toBe(reader.text())
  })

  test('survives the loss of power between the record and the merge', async () => {
    const { amendment, pollId } = await carried()
    const before = await textOf(house.draftId)
    // The same data, in a hall that loses its power right behind the append.
    const dataDir = `${house.house.dataDir}/copy`
    await cp(`${house.house.dataDir}/hall.db`, `${dataDir}/hall.db`)
    await cp(`${house.house.dataDir}/hall.db-wal`, `${dataDir}/hall.db-wal`)
    const store = await openSqliteStore(`${dataDir}/hall.db`)
    let isOn = true
    const failing: Store = {
      ...store,
      write: (steps) => {
        const isMerge = steps.some(({ sql }) => sql.includes('draftUpdates'))
        if (isMerge) isOn = false
        return isOn ? store.write(steps) : Promise.reject(new Error('the power is gone'))
      },
    }
    const hall = await openHall({ config: configFor(dataDir), clientDir: null, store: failing })
    const by = { actorId: 'ac_facilitator', role: 'facilitator', seatId: null } as const
    const command = { type: 'adoptAmendment', amendmentId: amendment.amendmentId, pollId } as const
    const done = await hall.rooms.meetings.order(house.meetingId, by, { commandId: 'adopt-it-1', command })
    expect(done.ok).toBe(true)
    await until('the power is gone', () => !isOn)
    await hall.close()

    const again = await openHall({ config: configFor(dataDir), clientDir: null })
    const after = await again.rooms.drafts.freeze(house.draftId)
    await again.rooms.forks.finish(house.draftId)
    const merged = await again.rooms.drafts.freeze(house.draftId)
    expect(merged?.text).toContain('（修正）')
    expect(merged?.text).toContain('原稿新的一段。')
    expect([before, merged?.text]).toContain(after?.text)
    expect(await again.store.db.selectFrom('draftMerges').selectAll().execute()).toEqual([])
    await again.close()
  })
})

describe('bringing the newer text in', () => {
  test('puts what the draft became into the amendment, which then differs from that', async () => {
    const amendment = await house.propose(seat(first))
    const mine = await openDraft(amendment.draftId, seat(first).cookie)
    const draft = await openDraft(house.draftId, seat(second).cookie)
    const witness = await openDraft(house.draftId, seat(first).cookie)
    mine.append(1, '（修正）')
    draft.insert(1, '原稿新的一段。')
    await seenBy(witness, '原稿新的一段。')
    const order = { type: 'rebaseAmendment', amendmentId: amendment.amendmentId } as const
    expect(codeOf(await seat(second).order(order))).toBe('notAllowed')
    expect(codeOf(await seat(first).order(order))).toBe('accepted')
    await seenBy(mine, '原稿新的一段。')
    expect(mine.text()).toContain('（修正）')
    await seat(first).until(({ state }) => state.amendments[0]?.base.sha256 !== amendment.base.sha256)
    const { sha256 } = (await house.house.hall.rooms.drafts.freeze(house.draftId)) ?? {}
    expect(seat(first).state.amendments[0]?.base.sha256).toBe(sha256)
    mine.append(1, '（再改）')
    const reader = await openDraft(amendment.draftId, seat(second).cookie)
    await seenBy(reader, '（再改）')
    expect(mine.closes).toEqual([])
  })
})

describe('a client id', () => {
  test('is of one draft of the family: of the draft or of one fork, never of two', async () => {
    const draft = await openDraft(house.draftId, seat(first).cookie, 1_001)
    draft.append(1, '一')
    const witness = await openDraft(house.draftId, seat(second).cookie)
    await seenBy(witness, '一')
    const amendment = await house.propose(seat(first))
    const other = await house.propose(seat(first), '另一份')

    // Its own seat, in the fork, under the id that the draft knows.
    const stray = await openDraft(amendment.draftId, seat(first).cookie, 1_001)
    stray.append(1, '另')
    await until('it is refused', () => stray.closes.some(({ reason }) => reason === 'clientTaken'))

    const mine = await openDraft(amendment.draftId, seat(first).cookie, 2_002)
    mine.append(1, '三')
    const reader = await openDraft(amendment.draftId, seat(second).cookie)
    await seenBy(reader, '三')
    for (const draftId of [house.draftId, other.draftId]) {
      const wrong = await openDraft(draftId, seat(first).cookie, 2_002)
      wrong.append(1, '四')
      await until('it is refused', () => wrong.closes.some(({ reason }) => reason === 'clientTaken'))
    }
    expect(witness.closes).toEqual([])
    expect(await textOf(house.draftId)).not.toContain('四')
    expect(await textOf(amendment.draftId)).not.toContain('另')
  })

  test('stays of the fork after adopting, also once the hall was started anew', async () => {
    const amendment = await house.propose(seat(first))
    const mine = await openDraft(amendment.draftId, seat(first).cookie, 3_003)
    mine.append(1, '三')
    const reader = await openDraft(amendment.draftId, seat(second).cookie)
    await seenBy(reader, '三')
    const order = { type: 'adoptAmendment', amendmentId: amendment.amendmentId, pollId: null } as const
    expect(codeOf(await house.facilitator.order(order))).toBe('accepted')
    const draft = await openDraft(house.draftId, seat(second).cookie)
    await seenBy(draft, '三')
    await house.house.restart()
    const wrong = await openDraft(house.draftId, seat(first).cookie, 3_003)
    wrong.append(1, '四')
    await until('it is refused', () => wrong.closes.some(({ reason }) => reason === 'clientTaken'))
    const { authors } = await house.house.hall.rooms.review.authors
      .of(house.draftId, house.meetingId)
      .then((json) => JSON.parse(new TextDecoder().decode(json)))
    expect(authors).toContainEqual({ actorId: seat(first).me.actorId, clients: [3_003] })
  })

  test('used in two drafts at once by two servers is let in by the store once', async () => {
    const { db } = house.house.hall.store
    const amendment = await house.propose(seat(first))
    const row = (draftId: string) => ({
      draftId,
      clientId: 7,
      owner: 'x',
      familyId: house.draftId,
      homeId: null,
    })
    await db.insertInto('draftClients').values(row(house.draftId)).execute()
    await expect(db.insertInto('draftClients').values(row(amendment.draftId)).execute()).rejects.toThrow()
  })
})
