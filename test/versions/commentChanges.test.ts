// One's own comment worded anew or deleted, over the real doors, on both stores.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anchorOf, textsIn } from '../../shared/drafts/comments.ts'
import { until } from '../drafts/hall.ts'
import { Guest } from '../live/hall.ts'
import { openPostgresServer, type PostgresServer, skipsPostgres } from '../store/postgresServer.ts'
import { openReviewHall, type ReviewHall } from './hall.ts'
import { fragmentOf } from './people.ts'

const commentChanges = (openHall: () => Promise<ReviewHall>): void => {
  let here: ReviewHall
  let anchor: unknown
  let count = 0
  beforeAll(async () => {
    here = await openHall()
    const hand = await (await here.seat(0)).open()
    const text = textsIn(fragmentOf(hand.doc))[0]
    if (!text) throw new Error('the seeded draft has no text')
    anchor = anchorOf({ from: { text, index: 0 }, to: { text, index: 2 } })
  }, 60_000)
  afterAll(() => here.close())

  const comment = async (words: string) => {
    count += 1
    const one = await here.seat(0)
    const ask = { anchor, quote: '路灯', words, commandId: `change-${count}` }
    const { commentId } = (await one.ask(`${here.draftId}/comments`, ask)).body as { commentId: string }
    return { one, path: `${here.draftId}/comments/${commentId}`, commentId }
  }
  const read = async (commentId: string) => {
    const { comments } = (await (await here.seat(2)).ask(`${here.draftId}/comments`)).body
    return comments.find((it: { commentId: string }) => it.commentId === commentId)
  }

  test('[CO4] its author words it anew; who and when stay, and everybody hears of it', async () => {
    const { one, path, commentId } = await comment('几盏？')
    const made = await read(commentId)
    const { meetingId, seeded, hall } = here
    const live = await Guest.enter(hall.url, meetingId, seeded.seats[2]?.token ?? '')
    const news: unknown[] = []
    live.socket.on('draftNews', (it) => news.push(it))
    try {
      const edited = await one.ask(path, { words: ' 十二盏够吗？ ' })
      expect(edited.status).toBe(200)
      await until('the news came', () => news.length > 0)
      expect(news[0]).toEqual({ draftId: here.draftId, about: 'comments' })
      const { by, at, quote, anchor: hung } = made
      expect(await read(commentId)).toMatchObject({ words: '十二盏够吗？', by, at, quote, anchor: hung })
      expect(edited.body.editedAt).toBeGreaterThanOrEqual(at)
      const again = await one.ask(path, { words: '十二盏够吗？' })
      expect(again.body.changedAt).toBe(edited.body.changedAt)
    } finally {
      live.leave()
    }
  })

  test('[CO5] a deleted comment leaves its author and the time; its words are gone from the store', async () => {
    const { one, path, commentId } = await comment('说错了，电话是 13800000000')
    const reply = { parentId: commentId, words: '收到', commandId: `change-reply-${count}` }
    const two = await here.seat(1)
    const answered = await two.ask(`${here.draftId}/comments`, reply)
    const deleted = await one.ask(path, { isDeleted: true })
    expect(deleted.body).toMatchObject({ commentId, words: '', deletedAt: deleted.body.changedAt })
    const left = await read(commentId)
    expect(left).toEqual(deleted.body)
    expect(await read(answered.body.commentId)).toMatchObject({ words: '收到', deletedAt: null })
    const rows = await here.hall.hall.store.db.selectFrom('comments').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain('13800000000')
    // Again, and at the same time from another page, nothing changes.
    const both = await Promise.all([one.ask(path, { isDeleted: true }), one.ask(path, { isDeleted: true })])
    expect(both.map(({ body }) => body)).toEqual([left, left])
    expect((await one.ask(path, { words: '改回来' })).body.refusal.code).toBe('commentUnknown')
  })

  test('[CO6] nobody else words it anew or deletes it, the chair neither; nonsense is refused', async () => {
    const { one, path, commentId } = await comment('别人不能动')
    for (const other of [await here.seat(1), await here.facilitator()]) {
      expect((await other.ask(path, { words: '改了' })).body.refusal.code).toBe('notAllowed')
      expect((await other.ask(path, { isDeleted: true })).body.refusal.code).toBe('notAllowed')
    }
    for (const odd of [{}, { words: ' ' }, { isDeleted: false }, { words: '二', isDeleted: true }]) {
      expect((await one.ask(path, odd)).body.refusal.code).toBe('malformed')
    }
    const unknown = `${here.draftId}/comments/cm_0000000000000000000000000`
    expect((await one.ask(unknown, { isDeleted: true })).body.refusal.code).toBe('commentUnknown')
    expect(await read(commentId)).toMatchObject({ words: '别人不能动', editedAt: null, deletedAt: null })
  })

  test('[CO7] of words sent and a deletion in one moment, the deletion stays', async () => {
    const { one, path, commentId } = await comment('两页同时')
    await Promise.all([
      one.ask(path, { words: '第一页' }),
      one.ask(path, { isDeleted: true }),
      one.ask(path, { words: '第二页' }),
    ])
    expect(await read(commentId)).toMatchObject({ words: '' })
    expect((await read(commentId)).deletedAt).toBeGreaterThan(0)
  })

  test('[CO8] after the meeting nothing of it changes any more', async () => {
    const { one, path } = await comment('散会前')
    const { meetingId, seeded, hall } = here
    const chair = await Guest.enter(hall.url, meetingId, seeded.facilitator.token)
    try {
      expect((await chair.order({ type: 'closeMeeting' })).ok).toBe(true)
      expect((await one.ask(path, { words: '散会后' })).body.refusal.code).toBe('meetingEnded')
      expect((await one.ask(path, { isDeleted: true })).body.refusal.code).toBe('meetingEnded')
    } finally {
      chair.leave()
    }
  })
}

describe('comments that change, on a file', () => commentChanges(() => openReviewHall()))

describe.skipIf(skipsPostgres)('comments that change, on a server', () => {
  let server: PostgresServer | undefined
  afterAll(() => server?.close())
  commentChanges(async () => {
    server = await openPostgresServer()
    return openReviewHall({ databaseUrl: await server.database() })
  })
})
