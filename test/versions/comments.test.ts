// Comments over the real doors: who may make them, that everybody hears of them, and what bounds them.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anchorOf, textsIn } from '../../shared/drafts/comments.ts'
import { limits } from '../../shared/kernel/limits.ts'
import { until } from '../drafts/hall.ts'
import { Guest } from '../live/hall.ts'
import { openReviewHall, type ReviewHall } from './hall.ts'
import { fragmentOf } from './people.ts'

let here: ReviewHall
let anchor: unknown
beforeAll(async () => {
  here = await openReviewHall()
  const hand = await (await here.seat(0)).open()
  const text = textsIn(fragmentOf(hand.doc))[0]
  if (!text) throw new Error('the seeded draft has no text')
  anchor = anchorOf({ from: { text, index: 0 }, to: { text, index: 2 } })
})
afterAll(() => here.close())

describe('comments on a passage', () => {
  test('[CO1] a comment is made once, answered, dealt with and opened again; everybody hears of it', async () => {
    const { draftId, meetingId, seeded, hall } = here
    const [one, two] = [await here.seat(0), await here.seat(1)]
    const live = await Guest.enter(hall.url, meetingId, seeded.seats[2]?.token ?? '')
    const news: unknown[] = []
    live.socket.on('draftNews', (it) => news.push(it))
    try {
      const ask = { anchor, quote: '路灯', words: '几盏？', commandId: 'comment-1' }
      const made = await one.ask(`${draftId}/comments`, ask)
      expect(made.status).toBe(200)
      expect((await one.ask(`${draftId}/comments`, ask)).body.commentId).toBe(made.body.commentId)
      await until('the news came', () => news.length > 0)
      expect(news[0]).toEqual({ draftId, about: 'comments' })

      const reply = { parentId: made.body.commentId, words: '十二盏。', commandId: 'comment-2' }
      const answered = await two.ask(`${draftId}/comments`, reply)
      expect(answered.body).toMatchObject({ parentId: made.body.commentId, anchor: null })
      const nested = { parentId: answered.body.commentId, words: '再答', commandId: 'comment-3' }
      expect((await two.ask(`${draftId}/comments`, nested)).body.refusal.code).toBe('commentUnknown')

      const settled = await two.ask(`${draftId}/comments/${made.body.commentId}`, { isResolved: true })
      expect(settled.body.resolvedAt).toBeGreaterThan(0)
      const opened = await one.ask(`${draftId}/comments/${made.body.commentId}`, { isResolved: false })
      expect(opened.body.resolvedAt).toBeNull()

      const all = (await two.ask(`${draftId}/comments`)).body
      expect(all.comments.map((it: { words: string }) => it.words)).toEqual(['几盏？', '十二盏。'])
      expect(all.comments[0].anchor).toEqual(JSON.parse(JSON.stringify(anchor)))
      expect(Object.keys(all.names)).toHaveLength(2)
      const since = (await two.ask(`${draftId}/comments?since=${opened.body.changedAt + 1}`)).body
      expect(since.comments).toEqual([])
    } finally {
      live.leave()
    }
  })

  test('[CO2] a screen neither reads nor writes them; an observer reads them and writes none', async () => {
    const { draftId, meetingId, seeded, hall } = here
    const screen = await here.screen()
    expect((await screen.ask(`${draftId}/comments`)).status).toBe(403)
    const chair = await Guest.enter(hall.url, meetingId, seeded.facilitator.token)
    try {
      const guest = await fetch(`${hall.url}/api/meetings/${meetingId}/seats`, {
        method: 'POST',
        headers: { cookie: chair.cookie, 'content-type': 'application/json' },
        body: JSON.stringify({ name: '列席代表' }),
      })
      const { url } = (await guest.json()) as { url: string }
      const observer = await here.person(url.split('/').pop() ?? '')
      const read = await observer.ask(`${draftId}/comments`)
      expect(read.status).toBe(200)
      expect(read.body.mayComment).toBe(false)
      const write = { anchor, quote: '', words: '我也说', commandId: 'comment-4' }
      expect((await observer.ask(`${draftId}/comments`, write)).body.refusal.code).toBe('notAllowed')
      expect((await observer.ask(`${draftId}/versions`, { name: '稿', commandId: 'comment-5' })).status).toBe(
        403,
      )
    } finally {
      chair.leave()
    }
  })

  test('[CO3] too long, too odd and too fast are refused in words', async () => {
    const { draftId } = here
    const villager = await here.seat(3)
    const long = { anchor, quote: '', words: '长'.repeat(limits.commentCharsMax + 1), commandId: 'comment-6' }
    expect((await villager.ask(`${draftId}/comments`, long)).body.refusal.code).toBe('malformed')
    const odd = { anchor: { from: { item: 'x' }, to: {} }, quote: '', words: '怪', commandId: 'comment-7' }
    expect((await villager.ask(`${draftId}/comments`, odd)).body.refusal.code).toBe('malformed')
    // All at once, so that they fall into one minute on any machine.
    const answers = await Promise.all(
      Array.from({ length: limits.commentsPerPersonPerMinute + 1 }, (_, i) => {
        const ask = { anchor, quote: '', words: `第 ${i} 条`, commandId: `comment-fast-${i}` }
        return villager.ask(`${draftId}/comments`, ask)
      }),
    )
    expect(answers.some(({ body }) => body.refusal?.code === 'tooFast')).toBe(true)
    // Another person of the same address is not held back by it.
    const other = await here.seat(4)
    const ask = { anchor, quote: '', words: '我第一次说', commandId: 'comment-other' }
    expect((await other.ask(`${draftId}/comments`, ask)).status).toBe(200)
  })
})
