import { describe, expect, it } from 'vitest'
import { lineIn } from '../../client/town/record/saying.ts'
import { chronicleWords } from '../../client/words/chronicle.ts'
import type { Recorded } from '../../shared/meeting/events.ts'
import { chronicle, sectionsOf } from '../../shared/views/chronicle.ts'
import { everyEvent, everyType } from './everyEvent.ts'

const names = { st_0000000000000001: { name: '王建国', household: '' } }

const recorded = (event: Recorded['event'], seq: number, at: number): Recorded => ({
  seq,
  at,
  by: 'ac_0000000000000001',
  commandId: `command${seq}`,
  event,
})

describe('the chronicle', () => {
  const entries = chronicle(everyEvent)

  it('tells every type of event in at least one line', () => {
    expect(new Set(entries.map(({ type }) => type))).toEqual(new Set(everyType))
    for (const entry of entries) expect(entry.lines.length, entry.type).toBeGreaterThan(0)
  })

  it('uses every wording there is, in both languages', () => {
    const used = new Set(entries.flatMap(({ lines }) => lines.map(({ key }) => key)))
    expect(used).toEqual(new Set(Object.keys(chronicleWords.zh)))
    expect(new Set(Object.keys(chronicleWords.en))).toEqual(new Set(Object.keys(chronicleWords.zh)))
  })

  it.each(['zh', 'en'] as const)('fills in every gap of every line (%s)', (language) => {
    for (const { type, lines } of entries) {
      for (const line of lines) {
        const said = lineIn(language, names, line)
        expect(said, `${type}: ${said}`).not.toMatch(/\{\{|\}\}|undefined|NaN/)
        expect(said.length, type).toBeGreaterThan(3)
        expect(said, 'the key itself means that a wording is missing').not.toBe(line.key)
      }
    }
  })

  it('names what an event only gives by its id', () => {
    const said = entries.flatMap(({ lines }) => lines.map((line) => lineIn('zh', names, line)))
    expect(said).toContain('议程“修路”改为“修桥”')
    expect(said).toContain('撤下议程“出资”')
    expect(said).toContain('王建国 请假：外出')
    expect(said).toContain('表决结束“同意修路”。通过')
  })

  it('tells how long somebody spoke', () => {
    const told = chronicle([
      recorded(
        { type: 'floorGiven', speechId: 'sp_1', seatId: 'st_0000000000000001', kind: 'speak', seconds: 180 },
        1,
        10_000,
      ),
      recorded({ type: 'speechEnded', speechId: 'sp_1', reason: 'finished' }, 2, 135_000),
    ])
    const [line] = told[1]?.lines ?? []
    expect(line && lineIn('zh', names, line)).toBe('王建国 发言结束，用时 2 分 5 秒')
  })

  it('keeps lines apart when a name was erased', () => {
    const [line] =
      chronicle([recorded({ type: 'seatLeft', seatId: 'st_000000000000abcd' }, 1, 0)])[0]?.lines ?? []
    expect(line && lineIn('zh', {}, line)).toBe('abcd （姓名已删除） 离场')
  })
})

describe('sections', () => {
  it('follow the agenda, and an item taken up again has a section of its own', () => {
    const item = (itemId: string, seq: number) => recorded({ type: 'agendaMovedTo', itemId }, seq, seq)
    const told = sectionsOf(
      chronicle([
        recorded({ type: 'meetingOpened' }, 1, 1),
        item('it_a', 2),
        recorded({ type: 'seatLeft', seatId: 'st_1' }, 3, 3),
        item('it_b', 4),
        item('it_a', 5),
        recorded({ type: 'meetingClosed' }, 6, 6),
      ]),
    )
    expect(told.map(({ itemId, entries }) => [itemId, entries.map(({ seq }) => seq)])).toEqual([
      [null, [1]],
      ['it_a', [2, 3]],
      ['it_b', [4]],
      ['it_a', [5]],
      [null, [6]],
    ])
  })
})
