import { describe, expect, it } from 'vitest'
import { cardPages, cardsPerPage } from '../../client/town/meeting/cardPages.ts'
import { runsOf } from '../../client/town/record/runs.ts'
import { rowState, rowsWithProblems } from '../../client/town/roster/importFigures.ts'
import { peopleMatching } from '../../client/town/roster/people.ts'
import { problemWord, rosterWords } from '../../client/words/townRoster.ts'
import type { Recorded } from '../../shared/meeting/events.ts'
import { chronicle } from '../../shared/views/chronicle.ts'
import { type RosterRow, rosterProblem } from '../../shared/wire/http.ts'

const person = (name: string, partyId: string, household = '', bodyRole = '') => ({
  personId: name,
  name,
  partyId,
  household,
  bodyRole,
  phone: '',
  households: 1,
  weight: 1,
})

describe('finding people', () => {
  const people = [
    person('王 建国', 'pt_a', '12号'),
    person('Anna', 'pt_b', '', '总经理'),
    person('李梅', 'pt_a', '3号'),
  ]
  const found = (search: string, partyId: string | null = null) =>
    peopleMatching(people, search, partyId).map(({ name }) => name)

  it('looks at name, household and role, without minding spaces, width or case', () => {
    expect(found('王建国')).toEqual(['王 建国'])
    expect(found('ＡＮＮＡ')).toEqual(['Anna'])
    expect(found('12')).toEqual(['王 建国'])
    expect(found('总经理')).toEqual(['Anna'])
  })

  it('keeps to a party', () => {
    expect(found('', 'pt_a')).toEqual(['王 建国', '李梅'])
    expect(found('梅', 'pt_b')).toEqual([])
  })
})

describe('an import', () => {
  const row = (...levels: ('error' | 'warning')[]): RosterRow => ({
    line: 2,
    name: '王',
    partyId: null,
    partyText: '',
    bodyRole: '',
    household: '',
    phone: '',
    households: 1,
    weight: 1,
    problems: levels.map((level) => ({ code: 'phoneOdd', level, detail: '' })),
  })

  it('marks rows by their worst problem', () => {
    expect([row(), row('warning'), row('warning', 'error')].map(rowState)).toEqual(['good', 'warn', 'bad'])
    expect(rowsWithProblems([row(), row('warning')])).toHaveLength(1)
  })

  it('has words for every problem, in both languages', () => {
    for (const code of rosterProblem.shape.code.options) {
      expect(rosterWords.zh[problemWord[code]], code).toBeTruthy()
      expect(rosterWords.en[problemWord[code]], code).toBeTruthy()
    }
  })
})

describe('seat cards', () => {
  it('come by party and name, ten to a sheet, none lost', () => {
    const parties = ['pt_a', 'pt_b'].map((partyId) => ({ partyId, name: { zh: partyId, en: '' } }))
    const cards = Array.from({ length: 23 }, (_, n) => ({
      seatId: `st_${n}`,
      name: n % 2 === 0 ? '张三' : '李四',
      household: '',
      partyId: n < 5 ? 'pt_b' : n < 22 ? 'pt_a' : null,
      url: '',
    }))
    const pages = cardPages(cards, parties)
    expect(pages.map((page) => page.length)).toEqual([cardsPerPage, cardsPerPage, 3])
    const sorted = pages.flat()
    expect(new Set(sorted.map(({ seatId }) => seatId)).size).toBe(23)
    expect(sorted.map(({ partyId }) => partyId)).toEqual([
      ...Array(17).fill('pt_a'),
      ...Array(5).fill('pt_b'),
      null,
    ])
    expect(sorted[0]?.name).toBe('李四')
  })
})

describe('arrivals in the record', () => {
  const checkIn = (seq: number): Recorded => ({
    seq,
    at: seq,
    by: `st_${seq}`,
    commandId: `command${seq}`,
    event: { type: 'seatCheckedIn', seatId: `st_${seq}`, channel: 'device' },
  })
  const opened: Recorded = {
    seq: 9,
    at: 9,
    by: 'ac_1',
    commandId: 'command9',
    event: { type: 'meetingOpened' },
  }

  it('are one line when there are many in a row, and single ones otherwise', () => {
    expect(runsOf(chronicle([1, 2, 3, 4].map(checkIn))).map(({ kind }) => kind)).toEqual(['checkIns'])
    expect(runsOf(chronicle([checkIn(1), checkIn(2), opened])).map(({ kind }) => kind)).toEqual([
      'entry',
      'entry',
      'entry',
    ])
  })
})
