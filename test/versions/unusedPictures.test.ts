// Pictures that no draft ever held are cleared away after a month; what a draft once held stays. On both stores.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { openClearing, unusedKeptMs } from '../../server/uploads/unused.ts'
import { openPostgresServer, type PostgresServer, skipsPostgres } from '../store/postgresServer.ts'
import { openReviewHall, type ReviewHall } from './hall.ts'
import { fragmentOf } from './people.ts'
import { png } from './pictures.ts'

const unusedPictures = (openHall: () => Promise<ReviewHall>): void => {
  let here: ReviewHall
  beforeAll(async () => {
    here = await openHall()
  }, 60_000)
  afterAll(() => here.close())

  test('[PI6] what was never in a draft goes after a month; what was taken out of one again stays', async () => {
    const { draftId, hall } = here
    const villager = await here.seat(0)
    const send = async (side: number): Promise<string> => {
      const form = new FormData()
      form.append('file', new Blob([new Uint8Array(png(side, side))], { type: 'image/png' }), 'photo.png')
      return (await villager.ask(`${draftId}/pictures`, form)).body.sha256
    }
    const [used, takenOut, unused] = [await send(4), await send(5), await send(6)]
    const hand = await villager.open()
    const put = (sha256: string): void => {
      const picture = new Y.XmlElement('picture')
      picture.setAttribute('sha256', sha256)
      fragmentOf(hand.doc).insert(0, [picture])
    }
    put(used)
    await here.saved(hand)
    put(takenOut)
    await here.saved(hand)
    fragmentOf(hand.doc).delete(0, 1)
    await here.saved(hand)

    const { store } = hall.hall
    const start = Date.now()
    let now = start + unusedKeptMs - 60_000
    const clearing = openClearing({ store, clock: { now: () => now } })
    const { unitId } = await store.db.selectFrom('uploads').select('unitId').executeTakeFirstOrThrow()
    const kept = async () => {
      const rows = await store.db.selectFrom('uploads').select('sha256').execute()
      return rows.map(({ sha256 }) => sha256).sort()
    }
    await clearing.look(unitId)
    expect(await kept()).toEqual([used, takenOut, unused].sort())
    // It looks once a day.
    now = start + unusedKeptMs + 60_000
    await clearing.look(unitId)
    expect(await kept()).toHaveLength(3)
    now += 24 * 3_600_000
    await clearing.look('un_another')
    expect(await kept()).toHaveLength(3)
    await clearing.look(unitId)
    expect(await kept()).toEqual([used, takenOut].sort())
    // The same picture may come again.
    expect(await send(6)).toBe(unused)
    expect(await kept()).toHaveLength(3)
  })
}

describe('unused pictures, on a file', () => unusedPictures(() => openReviewHall()))

describe.skipIf(skipsPostgres)('unused pictures, on a server', () => {
  let server: PostgresServer | undefined
  afterAll(() => server?.close())
  unusedPictures(async () => {
    server = await openPostgresServer()
    return openReviewHall({ databaseUrl: await server.database() })
  })
})
