// Versions over the real doors: named, kept by themselves, compared, and brought back under everybody's eyes.
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type * as Y from 'yjs'
import { until } from '../drafts/hall.ts'
import { Guest, openPollBy } from '../live/hall.ts'
import { linesOf, openReviewHall, type ReviewHall } from './hall.ts'
import { fragmentOf, paragraph } from './people.ts'

let here: ReviewHall
beforeAll(async () => {
  here = await openReviewHall()
})
afterAll(() => here.close())

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

describe('versions of a draft', () => {
  test('[VE1] anyone who may edit names the present text; asked again with the same id, it is the same version', async () => {
    const { draftId } = here
    const villager = await here.seat(0)
    const ask = { name: '送审稿', commandId: 'command-one' }
    const made = await villager.ask(`${draftId}/versions`, ask)
    expect(made.status).toBe(200)
    const again = await villager.ask(`${draftId}/versions`, ask)
    expect(again.body.versionId).toBe(made.body.versionId)
    const { body } = await villager.ask(`${draftId}/versions`)
    expect(body.versions.filter((it: { kind: string }) => it.kind === 'named')).toHaveLength(1)
    expect(body.mayName).toBe(true)
    expect(body.whyNoRestore).toBe('role')
    expect(body.names[made.body.by]).toBeTruthy()
    const text = await villager.ask(`${draftId}/versions/${made.body.versionId}/text`)
    expect(hashOf(text.body.text)).toBe(made.body.sha256)
    expect(text.body.sha256).toBe(made.body.sha256)
    expect(Array.from(text.body.text as string)).toHaveLength(made.body.chars)
  })

  test('[VE2] a screen and an outsider are told nothing, and an unknown version is refused', async () => {
    const { draftId, hall } = here
    const screen = await here.screen()
    expect((await screen.ask(`${draftId}/versions`)).status).toBe(403)
    expect((await screen.ask(`${draftId}/versions`, { name: 'x', commandId: 'command-two' })).status).toBe(
      403,
    )
    const nobody = await fetch(`${hall.url}/api/drafts/${draftId}/versions`)
    expect(nobody.status).toBe(401)
    const villager = await here.seat(0)
    expect((await villager.ask(`${draftId}/versions/ve_none/text`)).body.refusal.code).toBe('versionUnknown')
    expect((await villager.ask('dr_nosuchdraft/versions')).body.refusal.code).toBe('draftUnknown')
    expect((await villager.ask(`${draftId}/difference?before=ve_none`)).status).toBe(404)
  })

  test('[VE3] a version outlives edits, compaction and a restart, and comes back with all marks', async () => {
    const { draftId, hall } = here
    const [villager, chair] = [await here.seat(0), await here.facilitator()]
    const [one, two] = [await villager.open(), await (await here.seat(1)).open()]
    fragmentOf(one.doc).insert(0, [paragraph('甲：路灯由村里修。'), paragraph('乙：电费由企业付。')])
    await here.saved(one)
    const version = (await villager.ask(`${draftId}/versions`, { name: '初稿', commandId: 'command-3' })).body
    const before = (await villager.ask(`${draftId}/versions/${version.versionId}/text`)).body.text

    // So much, in so many commits, that the log is merged into the snapshot.
    fragmentOf(one.doc).insert(2, [paragraph('长'.repeat(120_000))])
    await here.saved(one)
    for (let i = 0; i < 1_200; i += 1) {
      const text = (fragmentOf(two.doc).get(0) as Y.XmlElement).get(0) as Y.XmlText
      if (i % 3 === 2) text.delete(0, 1)
      else text.insert(0, `${i % 10}`)
      if (i % 20 === 0) await here.saved(two)
    }
    fragmentOf(two.doc).delete(1, 2)
    await here.saved(two)
    await here.merged()
    expect((await villager.ask(`${draftId}/versions/${version.versionId}/text`)).body.text).toBe(before)
    await hall.restart()
    await until('both are back', () => one.provider.synced && two.provider.synced)
    expect((await villager.ask(`${draftId}/versions/${version.versionId}/text`)).body.text).toBe(before)

    const found = (await villager.ask(`${draftId}/difference?before=${version.versionId}&after=now`)).body
      .difference
    expect(found.figures.deleted).toBeGreaterThan(0)
    expect(found.blocks.some((block: { kind: string }) => block.kind === 'deleted')).toBe(true)
    const back = (await villager.ask(`${draftId}/difference?before=now&after=${version.versionId}`)).body
      .difference
    expect(back.figures.inserted).toBe(found.figures.deleted)

    const refused = await villager.ask(`${draftId}/versions/${version.versionId}/restore`, {
      commandId: 'command-4',
    })
    expect(refused.body.refusal.code).toBe('notAllowed')
    const wording = linesOf(two.doc)[0]
    const done = await chair.ask(`${draftId}/versions/${version.versionId}/restore`, {
      commandId: 'command-5',
    })
    expect(done.status).toBe(200)
    await until('everybody sees it', () =>
      [one, two].every(({ doc }) => linesOf(doc)[1] === '乙：电费由企业付。'),
    )
    expect(linesOf(one.doc)[0]).toBe('甲：路灯由村里修。')
    expect((await villager.ask(`${draftId}/versions/now/text`)).body.sha256).toBe(version.sha256)

    const again = await chair.ask(`${draftId}/versions/${version.versionId}/restore`, {
      commandId: 'command-5',
    })
    expect(again.body.before).toBe(done.body.before)
    const undone = await chair.ask(`${draftId}/versions/${done.body.before}/restore`, {
      commandId: 'command-6',
    })
    expect(undone.status).toBe(200)
    await until('it is undone', () => linesOf(one.doc)[0] === wording)
    expect(linesOf(two.doc)).toEqual(linesOf(one.doc))
  })

  test('[VE4] a restored text is entered by who restored it, and touches nothing else', async () => {
    const { draftId } = here
    const [villager, chair] = [await here.seat(2), await here.facilitator()]
    const hand = await villager.open()
    const version = (await villager.ask(`${draftId}/versions`, { name: '第二稿', commandId: 'command-7' }))
      .body
    const kept = fragmentOf(hand.doc).toArray()
    fragmentOf(hand.doc).insert(1, [paragraph('多出来的一段。')])
    await here.saved(hand)
    await chair.ask(`${draftId}/versions/${version.versionId}/restore`, { commandId: 'command-8' })
    await until('the extra block is gone', () => fragmentOf(hand.doc).length === kept.length)
    expect(fragmentOf(hand.doc).toArray()).toEqual(kept)
    fragmentOf(hand.doc).delete(0, 1)
    await here.saved(hand)
    await chair.ask(`${draftId}/versions/${version.versionId}/restore`, { commandId: 'command-9' })
    await until('the block is back', () => fragmentOf(hand.doc).length === kept.length)
    const { authors } = (await villager.ask(`${draftId}/authors`)).body
    const client = fragmentOf(hand.doc).get(0)._item?.id.client
    const owner = authors.find((it: { clients: number[] }) => it.clients.includes(client ?? -1))?.actorId
    const list = (await villager.ask(`${draftId}/versions`)).body.versions
    expect(owner).toBe(list.find((it: { kind: string }) => it.kind === 'beforeRestore').by)
  })

  test('[VE5] what a poll fixed stands among the versions and can be compared; while it is open nothing is brought back', async () => {
    const { draftId, meetingId, seeded, hall } = here
    const chair = await here.facilitator()
    const live = await Guest.enter(hall.url, meetingId, seeded.facilitator.token)
    try {
      for (const seat of Object.values(live.state.seats)) {
        await live.order({ type: 'checkIn', seatId: seat.seatId })
      }
      const named = (await chair.ask(`${draftId}/versions`, { name: '表决前', commandId: 'command-10' })).body
      const pollId = await openPollBy(live, { question: '同意这份方案吗' })
      const { versions, whyNoRestore } = (await chair.ask(`${draftId}/versions`)).body
      const polled = versions.find((it: { pollId: string }) => it.pollId === pollId)
      expect(polled).toMatchObject({ kind: 'poll', name: '同意这份方案吗', sha256: named.sha256 })
      expect(live.state.polls[pollId]?.text.sha256).toBe(named.sha256)
      expect(whyNoRestore).toBe('pollOpen')
      const refused = await chair.ask(`${draftId}/versions/${named.versionId}/restore`, {
        commandId: 'command-11',
      })
      expect(refused.body.refusal.code).toBe('pollStillOpen')
      const text = (await chair.ask(`${draftId}/versions/${polled.versionId}/text`)).body
      expect(text.sha256).toBe(polled.sha256)
      await live.order({ type: 'closePoll', pollId })
      await live.until(({ state }) => state.polls[pollId]?.status === 'closed')
      expect((await chair.ask(`${draftId}/versions`)).body.whyNoRestore).toBeNull()
    } finally {
      live.leave()
    }
  })

  test('[VE6] an item that begins keeps its text as a version, once', async () => {
    const { meetingId, seeded, hall } = here
    const chair = await here.facilitator()
    const live = await Guest.enter(hall.url, meetingId, seeded.facilitator.token)
    try {
      const first = live.state.currentItemId ?? ''
      const next = live.state.agenda.find(({ itemId }) => itemId !== first)?.itemId ?? ''
      const begun = async (): Promise<number> => {
        const { versions } = (await chair.ask(`${here.draftId}/versions`)).body
        return versions.filter((it: { kind: string }) => it.kind === 'itemStart').length
      }
      const before = await begun()
      await live.order({ type: 'moveAgendaTo', itemId: next })
      await live.order({ type: 'moveAgendaTo', itemId: first })
      for (let turn = 0; (await begun()) === before && turn < 30; turn += 1) await here.saved()
      expect(await begun()).toBe(before + 1)
    } finally {
      live.leave()
    }
  })
})
