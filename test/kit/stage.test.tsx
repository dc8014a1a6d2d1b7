// The big screen's pictures say what the meeting's state says: figures, names, the rule and the verdict.
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterEach, describe, expect, it } from 'vitest'
import { agendaWindow } from '../../client/kit/stage/agendaWindow.ts'
import { emsOf, fitSize, smallest } from '../../client/kit/stage/fit.ts'
import { optionList } from '../../client/kit/stage/optionList.ts'
import { ScreenPicture, type ScreenPictureProps } from '../../client/kit/stage/ScreenPicture.tsx'
import { setLanguage } from '../../client/words/words.ts'
import { presetByCode, presets } from '../../shared/rules/presets.ts'
import { passWords, quorumWords } from '../../shared/views/ruleWords.ts'
import type { Tally } from '../../shared/wire/live.ts'
import {
  choosing,
  decidedBy,
  gathering,
  names,
  onText,
  openPollId,
  polling,
  question,
  type StagedMeeting,
  speaking,
} from './stagedMeeting.ts'

const picture = (meeting: StagedMeeting, more: Partial<ScreenPictureProps> = {}): string => {
  const now = () => meeting.at
  const props = { state: meeting.state, names, tally: null, now, doorUrl: null, roomCode: null, ...more }
  return renderToStaticMarkup(createElement(ScreenPicture, props))
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
}

afterEach(() => setLanguage('zh'))

describe('scenes', () => {
  it('welcomes with the attendance of every party and what is short', () => {
    const early = gathering()
    const text = picture(early)
    expect(text).toContain('径山村十一月村企民三方议事会')
    expect(text).toMatch(/实到 17 应到 20/)
    expect(text).toContain('已达法定人数')
    expect(text).toMatch(/村 4 \/5/)
  })

  it('says how many are short of the quorum, overall and by party', () => {
    const meeting = gathering()
    const present = Object.keys(meeting.state.attendance).filter((seatId) => seatId.startsWith('st_p1'))
    for (const seatId of present) meeting.give({ type: 'leave', seatId })
    const text = picture(meeting)
    expect(text).toContain('还差 2 席')
    expect(text).toMatch(/企 0 \/5 差 3/)
  })

  it('shows the room code and the door only where there is one', () => {
    const door = { doorUrl: 'http://192.168.1.2/r/ABCD2345', roomCode: 'ABCD2345' }
    expect(picture(gathering(), door)).toContain('ABCD 2345')
    expect(picture(gathering())).not.toContain('扫码')
  })

  it('marks the current item on the agenda with its time', () => {
    const text = picture(onText(), { scene: 'agenda' })
    expect(text).toMatch(/2 茶园道路拓宽与停车场建设方案 现在/)
    expect(text).toContain('已议 1 / 6 项')
  })

  it('is at no item any more once the meeting is over', () => {
    const text = picture(onText().give({ type: 'closeMeeting' }), { scene: 'agenda' })
    expect(text).toContain('会议结束')
    expect(text).toContain('已议 2 / 6 项')
    expect(text).not.toMatch(/现在|本项/)
  })

  it('names the speaker, the party and who comes next with the reason', () => {
    const text = picture(speaking())
    expect(text).toContain('王建国')
    expect(text).toMatch(/1 吴玉梅 企 程序动议优先/)
  })

  it('names a seat by its id where the name has been erased', () => {
    const meeting = speaking()
    const erased = picture(meeting, { names: {} })
    expect(erased).not.toContain('王建国')
    expect(erased).toContain('席位 0000')
  })

  it('asks the question under its rule and counts the turnout', () => {
    const meeting = polling()
    const poll = meeting.state.polls[openPollId(meeting)]
    const tally: Tally = {
      pollId: openPollId(meeting),
      cast: 12,
      electors: poll?.electors.length ?? 0,
      byParty: [{ partyId: 'pt_village0', cast: 4, electors: 4 }],
      byOption: null,
      seats: [],
      hands: { pt_people00: 2 },
      papers: [],
      castWeight: 0,
    }
    const text = picture(meeting, { tally })
    expect(text).toContain(question)
    expect(text).toMatch(/已投 12 \/ 17/)
    expect(text).toContain('赞成票须超过实到席位的半数，各界别均须超过本界别的半数')
    expect(text).toContain('举手计票 民 2')
    expect(text).toContain('票数在表决结束后公布')
    expect(text).not.toContain('反对')
  })

  it('lists what there is to choose from, for those who vote by hand or on paper', () => {
    const labels = ['径山村村民委员会', '径山茶业有限公司', '双溪旅游合作社']
    const text = picture(choosing(labels))
    expect(text).toMatch(/径山村村民委员会 径山茶业有限公司 双溪旅游合作社/)
    expect(text).toContain('请领取纸票填写')
    expect(picture(choosing(Array.from({ length: 20 }, (_, at) => `第${at}号方案`)))).toContain('另有 9 项')
  })

  it('ignores the figures of another poll', () => {
    const other: Tally = {
      pollId: 'po_other000',
      cast: 99,
      electors: 99,
      byParty: [],
      byOption: null,
      seats: [],
      hands: {},
      papers: [],
      castWeight: 0,
    }
    expect(picture(polling(), { tally: other })).not.toContain('99')
  })

  it('shows a result with number, share, base, conditions, source and seal', () => {
    const meeting = decidedBy([...Array(12).fill('yes'), ...Array(3).fill('no'), 'abstain', 'abstain'])
    const text = picture(meeting)
    expect(text).toMatch(/赞成 12 70\.6%/)
    expect(text).toContain('百分比以实到 17 席为基数')
    expect(text).toMatch(/村 4 ✓ 须达 3/)
    expect(text).toContain('第三十三条')
    expect(text).toContain('通 过')
  })

  it('reads in English too', () => {
    const meeting = decidedBy([...Array(9).fill('no'), ...Array(5).fill('yes')])
    setLanguage('en')
    const text = picture(meeting)
    expect(text).toContain('NOT PASSED')
    expect(text).toContain('Shares of the 17 seats present')
  })
})

describe('sizes', () => {
  it('never goes below what the last row can read', () => {
    expect(fitSize('字'.repeat(300), { width: 1_760, lines: 1, largest: 90 })).toBe(smallest)
    expect(fitSize('短', { width: 1_760, lines: 1, largest: 90 })).toBe(90)
    expect(emsOf('议事')).toBe(2)
  })

  it('lists options as large and as many as there is room for', () => {
    expect(optionList(['甲', '乙'], 1_040)).toEqual({ size: 64, columns: 1, shown: 2, more: 0 })
    const long = '由三家民宿共同出资成立的合作社'.repeat(3)
    expect(optionList([long, '乙', '丙', '丁'], 1_040)).toEqual({ size: 48, columns: 1, shown: 4, more: 0 })
    expect(optionList([long, long, long, long, '戊'], 1_040)).toEqual({
      size: 48,
      columns: 1,
      shown: 1,
      more: 4,
    })
    expect(optionList(Array(12).fill('短'), 1_040)).toEqual({ size: 48, columns: 2, shown: 12, more: 0 })
    expect(optionList(Array(50).fill('短'), 1_040)).toEqual({ size: 48, columns: 2, shown: 11, more: 39 })
  })

  it('keeps the current item of a long agenda in sight', () => {
    const meeting = onText()
    for (let i = 0; i < 20; i += 1) {
      meeting.give({ type: 'addAgendaItem', title: `第 ${i} 项`, minutes: 5, parentId: null, matterId: null })
    }
    meeting.give({ type: 'moveAgendaTo', itemId: meeting.itemAt(15) })
    const { lines, before, after } = agendaWindow(meeting.state, 6)
    expect(lines).toHaveLength(6)
    expect(lines.map(({ item }) => item.itemId)).toContain(meeting.state.currentItemId)
    expect(before).toBeGreaterThan(0)
    expect(after).toBeGreaterThan(0)
  })
})

describe('rules in words', () => {
  it('words every preset of the hall in both languages without a hole', () => {
    for (const preset of presets) {
      for (const language of ['zh', 'en'] as const) {
        const text = `${quorumWords(preset)[language]} ${passWords(preset)[language]}`
        expect(text).not.toMatch(/\{\{|undefined|whole_|rule[A-Z]/)
      }
    }
  })

  it('says at least and more than as the preset has them', () => {
    const households = presetByCode('villageAssemblyByHousehold')
    if (households === undefined) throw new Error('the preset is missing')
    expect(quorumWords(households).zh).toBe('到会须不少于应到户数的三分之二')
    expect(passWords(households).en).toBe('Passes with votes for from more than half of the seats present')
  })
})
