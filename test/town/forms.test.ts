import { describe, expect, it } from 'vitest'
import {
  type Convening,
  askOf as conveneAsk,
  errorsOf as conveneErrors,
  quorumNeeded,
} from '../../client/town/convene/convening.ts'
import { agendaOf, presetOf, templates, titleOf } from '../../client/town/convene/templates.ts'
import { clockIn, dateTimeIn, daysBetween, fieldOf, fromField, soon } from '../../client/town/dates.ts'
import { groupsOf } from '../../client/town/meetingList.ts'
import { askOf, errorsOf, firstForm, mayAddParty, mayRemoveParty } from '../../client/town/setupForm.ts'
import { meetingWords } from '../../client/words/townMeeting.ts'
import { wordIn } from '../../client/words/words.ts'
import { presets } from '../../shared/rules/presets.ts'
import { quorumWords } from '../../shared/views/ruleWords.ts'
import { hallSetup, meetingAsk, type Person } from '../../shared/wire/http.ts'

const filled = {
  ...firstForm,
  hallName: ' 径山村议事厅 ',
  unitZh: '径山村',
  accountName: '陈秘书',
  login: 'chen',
  password: '12345678',
  repeat: '12345678',
}

describe('the first visit', () => {
  it('starts with the three parties of the council and says what is missing', () => {
    expect(firstForm.parties.map(({ partyId }) => partyId)).toEqual([
      'pt_village',
      'pt_enterprise',
      'pt_resident',
    ])
    expect([...errorsOf(firstForm).keys()]).toEqual([
      'hallName',
      'unitZh',
      'accountName',
      'login',
      'password',
      'repeat',
    ])
  })

  it('sends what the hall accepts', () => {
    expect(errorsOf(filled).size).toBe(0)
    const ask = askOf(filled, 'a-setup-token')
    expect(hallSetup.parse(ask)).toEqual(ask)
    expect(ask.hallName).toBe('径山村议事厅')
  })

  it('refuses a short password, two that differ, a short login, and parties of one name', () => {
    expect(errorsOf({ ...filled, password: '1234567' }).get('password')).toBe('errorPasswordShort')
    expect(errorsOf({ ...filled, repeat: '87654321' }).get('repeat')).toBe('errorPasswordDiffers')
    expect(errorsOf({ ...filled, login: 'c' }).get('login')).toBe('errorLoginShort')
    const parties = [...filled.parties, { key: 'added', zh: '企业', en: '' }]
    expect(errorsOf({ ...filled, parties }).get('party:added')).toBe('errorPartiesSame')
  })

  it('keeps at least one party and no more than the hall takes', () => {
    expect(mayRemoveParty({ ...filled, parties: filled.parties.slice(0, 1) })).toBe(false)
    const many = Array.from({ length: 12 }, (_, n) => ({ key: `${n}`, zh: `${n}`, en: '' }))
    expect(mayAddParty({ ...filled, parties: many })).toBe(false)
  })
})

const parties = [
  { partyId: 'pt_village', name: { zh: '村', en: '' } },
  { partyId: 'pt_enterprise', name: { zh: '企', en: '' } },
  { partyId: 'pt_resident', name: { zh: '民', en: '' } },
]
const people: Person[] = [5, 5, 10].flatMap((count, index) =>
  Array.from({ length: count }, (_, n) => ({
    personId: `pe_${index}00${n}`,
    name: `${index}-${n}`,
    partyId: parties[index]?.partyId ?? '',
    bodyRole: '',
    household: n < 2 ? '1号' : '',
    phone: '',
    households: 1,
    weight: 1,
  })),
)
const word = (key: Parameters<typeof wordIn<keyof typeof meetingWords.zh>>[2], params = {}) =>
  wordIn(meetingWords, 'zh', key, params)
const form: Convening = {
  template: 'tripartiteCouncil',
  title: '议事会',
  startsAt: '2026-11-28T14:00',
  place: '',
  presetCode: 'tripartite',
  seats: 'all',
  chosen: new Set(),
  agenda: agendaOf('tripartiteCouncil', word).map((item, n) => ({ ...item, key: `${n}`, depth: 0 })),
}

describe('convening', () => {
  it('every template starts from a rule that is offered, a title and an agenda', () => {
    for (const template of templates) {
      expect(presets.map(({ code }) => code)).toContain(presetOf(template))
      expect(titleOf(template, Date.UTC(2026, 10, 28), word)).toContain('11月')
      expect(agendaOf(template, word).every(({ title, minutes }) => title !== '' && minutes > 0)).toBe(true)
    }
  })

  it('foretells the quorum under every rule; between units, of those who are seated', () => {
    for (const preset of presets) expect(quorumNeeded(preset, people, parties).need).toBeGreaterThanOrEqual(0)
    const between = presets.find(({ code }) => code === 'crossVillage')
    if (between === undefined) throw new Error('no preset')
    const [first] = parties
    const ofOne = people.filter(({ partyId }) => partyId === first?.partyId)
    expect(quorumNeeded(between, ofOne, parties)).toMatchObject({ basis: 'units', need: 1 })
  })

  it('sends what the hall accepts', () => {
    expect(conveneErrors(form).size).toBe(0)
    const ask = conveneAsk(form)
    expect(meetingAsk.parse(ask)).toMatchObject({
      presetCode: 'tripartite',
      startsAt: Date.UTC(2026, 10, 28, 6),
    })
    expect(ask.personIds).toBeUndefined()
  })

  it('says what is missing', () => {
    expect([...conveneErrors({ ...form, title: ' ', startsAt: '', seats: 'chosen' })]).toEqual([
      'errorTitle',
      'errorTime',
      'errorNobody',
    ])
    expect(conveneErrors({ ...form, agenda: [{ key: 'a', title: '', minutes: 1, depth: 0 }] })).toContain(
      'errorItem',
    )
  })

  it('foretells the quorum: 14 of 20 seats, and half of each party', () => {
    const [tripartite] = presets
    if (tripartite === undefined) throw new Error('no preset')
    const need = quorumNeeded(tripartite, people, parties)
    expect(need.need).toBe(14)
    expect(need.parties.map((party) => party.need)).toEqual([3, 3, 5])
    expect(quorumWords(tripartite).zh).toBe('到会须不少于应到席位的三分之二，各界别均须不少于本界别的半数')
  })
})

describe('dates', () => {
  it('are those of Asia/Shanghai on any laptop', () => {
    const at = Date.UTC(2026, 10, 23, 17, 5)
    expect(fieldOf(at)).toBe('2026-11-24T01:05')
    expect(fromField('2026-11-24T01:05')).toBe(at)
    expect(clockIn(at)).toBe('01:05')
    expect(dateTimeIn('zh', at)).toBe('2026年11月24日 星期二 01:05')
    expect(fromField('')).toBeNull()
  })

  it('count days without the first', () => {
    const noon = Date.UTC(2026, 5, 1, 4)
    expect(daysBetween(noon, noon + 3_600_000)).toBe(0)
    expect(daysBetween(noon, noon + 15 * 86_400_000)).toBe(15)
    expect(daysBetween(Date.UTC(2026, 5, 1, 15, 59), Date.UTC(2026, 5, 1, 16))).toBe(1)
  })

  it('propose the next half hour that is an hour away', () => {
    expect(soon(Date.UTC(2026, 0, 1, 0, 10))).toBe(Date.UTC(2026, 0, 1, 1, 30))
  })
})

describe('the list of meetings', () => {
  it('has those running, those ahead soonest first, and those past latest first', () => {
    const meeting = (meetingId: string, phase: string, startsAt: number) => ({
      meetingId,
      title: '',
      phase,
      startsAt,
    })
    const groups = groupsOf([
      meeting('a', 'closed', 1),
      meeting('b', 'closed', 2),
      meeting('c', 'convened', 9),
      meeting('d', 'convened', 5),
      meeting('e', 'recess', 4),
    ])
    const ids = (list: readonly { meetingId: string }[]) => list.map(({ meetingId }) => meetingId).join('')
    expect([ids(groups.now), ids(groups.ahead), ids(groups.past)]).toEqual(['e', 'dc', 'ba'])
  })
})
