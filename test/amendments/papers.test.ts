// What is left on paper of amendments: the exports hold every text by its hash, and what was carried stands.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readPoll } from '../../shared/counting/readPoll.ts'
import { sha256 } from '../../shared/record/sha256.ts'
import { verifyRecord } from '../../shared/record/verify.ts'
import type { Preset } from '../../shared/rules/preset.ts'
import { until } from '../drafts/hall.ts'
import { codeOf, openPollBy } from '../live/hall.ts'
import { type House, openHouse } from './house.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
})
afterEach(() => house.close())

const seat = (index: number) => house.seat(index)
const openDraft: House['openDraft'] = (...asked) => house.openDraft(...asked)
const reword = async (draftId: string, by: number, words: string): Promise<void> => {
  const [mine, witness] = [
    await openDraft(draftId, seat(by).cookie),
    await openDraft(draftId, seat(2).cookie),
  ]
  mine.append(1, words)
  await until('the words arrived', () => witness.text().includes(words))
}
const carry = async (amendmentId: string): Promise<string> => {
  const pollId = await openPollBy(house.facilitator, { amendmentId })
  for (const guest of house.seats)
    await guest.order({ type: 'castBallot', pollId, choice: { choice: 'yes' } })
  expect(codeOf(await house.facilitator.order({ type: 'closePoll', pollId }))).toBe('accepted')
  return pollId
}
const ask = async (path: string, body?: unknown) => {
  const answer = await fetch(`${house.house.url}/api/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      cookie: house.facilitator.cookie,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return answer.json()
}

describe('what is exported of an amendment', () => {
  test('holds its text, its base, and what consent had put into the draft before', async () => {
    const byConsent = await house.propose(seat(0), '先加一句')
    await reword(byConsent.draftId, 0, '一致同意的一句。')
    const adopt = { type: 'adoptAmendment', amendmentId: byConsent.amendmentId, pollId: null } as const
    expect(codeOf(await house.facilitator.order(adopt))).toBe('accepted')
    const polled = await house.propose(seat(1), '再加一句')
    await reword(polled.draftId, 1, '表决的一句。')
    const pollId = await carry(polled.amendmentId)

    const file = (await ask(`meetings/${house.meetingId}/polls/${pollId}/export?format=json`)) as {
      texts: { text: Full; amendment: { title: string; base: Full }; adoptedByConsent: Consented[] }
    }
    const { text, amendment, adoptedByConsent } = file.texts
    expect(text.text).toContain('表决的一句。')
    expect(amendment.title).toBe('再加一句')
    expect(amendment.base.text).toContain('一致同意的一句。')
    expect(amendment.base.text).not.toContain('表决的一句。')
    expect(adoptedByConsent.map(({ title }) => title)).toEqual(['先加一句'])
    expect(adoptedByConsent[0]?.base.text).not.toContain('一致同意的一句。')
    expect(adoptedByConsent[0]?.text.text).toContain('一致同意的一句。')
    const all = [text, amendment.base, ...adoptedByConsent.flatMap((one) => [one.base, one.text])]
    for (const one of all) expect(sha256(one.text)).toBe(one.sha256)
    // Still what `count FILE` reads.
    expect(readPoll(file, (it) => it as Preset).ok).toBe(true)

    const record = (await ask(`meetings/${house.meetingId}/record/export`)) as {
      texts: Record<string, string>
    }
    expect(verifyRecord(record)).toMatchObject({ ok: true, texts: Object.keys(record.texts).length })
    for (const one of all) expect(record.texts[one.sha256]).toBe(one.text)
    const { [adoptedByConsent[0]?.text.sha256 ?? '']: _, ...without } = record.texts
    expect(verifyRecord({ ...record, texts: without })).toMatchObject({ ok: false })
    // The record's page reads each of them by its hash.
    for (const one of all) {
      const read = (await ask(`meetings/${house.meetingId}/texts/${one.sha256}`)) as { text: string }
      expect(read.text).toBe(one.text)
    }
  })
})

interface Full {
  readonly sha256: string
  readonly text: string
}
interface Consented {
  readonly title: string
  readonly base: Full
  readonly text: Full
}

describe('an older version', () => {
  test('comes back into an open amendment, never into one that was carried or is settled', async () => {
    const { amendmentId, draftId } = await house.propose(seat(0), '车位改为八十个')
    const named = (await ask(`drafts/${draftId}/versions`, { name: '第一稿', commandId: 'version-1' })) as {
      versionId: string
    }
    let count = 0
    const restore = async () => {
      count += 1
      const path = `drafts/${draftId}/versions/${named.versionId}/restore`
      return (await ask(path, { commandId: `restore-${count}` })) as {
        refusal?: { code: string }
        before?: string | null
      }
    }
    const why = async () =>
      ((await ask(`drafts/${draftId}/versions`)) as { whyNoRestore: unknown }).whyNoRestore
    await reword(draftId, 0, '第二稿。')
    expect(await why()).toBeNull()
    expect((await restore()).before).toMatch(/^ve_/)
    await reword(draftId, 0, '第三稿。')
    const pollId = await carry(amendmentId)
    const carried = (await house.house.hall.rooms.drafts.freeze(draftId))?.sha256
    expect([await why(), (await restore()).refusal?.code]).toEqual(['amendmentPolled', 'amendmentPolled'])
    const adopt = { type: 'adoptAmendment', amendmentId, pollId } as const
    expect(codeOf(await house.facilitator.order(adopt))).toBe('accepted')
    expect([await why(), (await restore()).refusal?.code]).toEqual(['amendmentSettled', 'amendmentSettled'])
    expect((await house.house.hall.rooms.drafts.freeze(draftId))?.sha256).toBe(carried)
  })
})
