// The hash chain: known values, so that old records stay verifiable, and what a hash covers.
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chain, recordedOf, rowOf } from '../../server/record/encode.ts'
import type { MeetingEvent } from '../../shared/meeting/events.ts'
import { firstHash, linkHash } from '../../shared/record/chain.ts'
import { sha256 } from '../../shared/record/sha256.ts'

const link = {
  stream: 'mt_0001',
  seq: 1,
  at: 1_750_000_000_000,
  by: 'ac_0001',
  commandId: 'command-1',
  event: { type: 'agendaItemRevised', itemId: 'it_0001', title: '停车 🅿' },
}

test('the digest is SHA-256 of the UTF-8 bytes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(sha256(text)).toBe(createHash('sha256').update(text, 'utf8').digest('hex'))
    }),
  )
})

test('the formula never changes, since records outlive programs', () => {
  expect(firstHash('mt_0001')).toBe(createHash('sha256').update('yishiting record 1 mt_0001').digest('hex'))
  const written =
    '{"at":1750000000000,"by":"ac_0001","commandId":"command-1",' +
    '"event":{"itemId":"it_0001","title":"停车 🅿","type":"agendaItemRevised"},"seq":1,"stream":"mt_0001"}'
  const before = firstHash('mt_0001')
  expect(linkHash(before, link)).toBe(createHash('sha256').update(`${before}\n${written}`).digest('hex'))
  expect(linkHash(before, link)).toBe('5a14397349aad492a84ae857a2d3a8cbcfb87b9ef190a7f0127286f585b5f856')
})

test('a hash covers everything of the event and all before it', () => {
  const hash = linkHash(firstHash('mt_0001'), link)
  const changes = [
    { stream: 'mt_0002' },
    { seq: 2 },
    { at: link.at + 1 },
    { by: 'ac_0002' },
    { commandId: 'command-2' },
    { event: { ...link.event, title: '停车 🅿 ' } },
    { event: { ...link.event, minutes: 0 } },
  ]
  for (const change of changes) expect(linkHash(firstHash('mt_0001'), { ...link, ...change })).not.toBe(hash)
  expect(linkHash(firstHash('mt_0002'), link)).not.toBe(hash)
})

test('an event comes back from its row as it went in, hash and all', () => {
  const odd = fc.string({ unit: 'binary', maxLength: 40 })
  fc.assert(
    fc.property(fc.array(fc.record({ title: odd, by: odd }), { minLength: 1, maxLength: 8 }), (titles) => {
      const bare = titles.map(({ title, by }, i) => {
        const event: MeetingEvent = { type: 'agendaItemRevised', itemId: 'it_0001', title, minutes: i }
        return { at: i, by, commandId: `command-${i}`, event }
      })
      const events = chain('mt_0001', { seq: 0, hash: firstHash('mt_0001') }, bare)
      expect(events.map((event) => recordedOf(rowOf('mt_0001', event)))).toEqual(events)
      expect(events.map(({ seq }) => seq)).toEqual(titles.map((_, i) => i + 1))
    }),
  )
})
