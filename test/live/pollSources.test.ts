// Papers, proxies, substitutes and weights in a live meeting, over real sockets, on both stores.
import readXlsx from 'read-excel-file/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Seeded } from '../../server/cli/seedMeeting.ts'
import { count } from '../../shared/counting/count.ts'
import { readPoll } from '../../shared/counting/readPoll.ts'
import type { CommandOf, PaperSheet } from '../../shared/meeting/commands.ts'
import type { Preset } from '../../shared/rules/preset.ts'
import { openPostgresServer, type PostgresServer, skipsPostgres } from '../store/postgresServer.ts'
import { codeOf, Guest, openPollBy, openTestHall, type TestHall } from './hall.ts'

const sheetOf = (yes: number, no: number, changes: Partial<PaperSheet> = {}): PaperSheet => ({
  lines: [
    { choice: { choice: 'yes' }, count: yes },
    { choice: { choice: 'no' }, count: no },
  ].filter((line) => line.count > 0),
  blank: 0,
  spoiled: 0,
  box: yes + no,
  handedOut: yes + no,
  ...changes,
})

for (const store of ['sqlite', 'postgres'] as const) {
  describe.skipIf(store === 'postgres' && skipsPostgres)(`on ${store}`, () => {
    let postgres: PostgresServer | undefined
    let house: TestHall
    let seeded: Seeded
    let teller: Guest
    let other: Guest
    let seats: Guest[]

    const enter = (token: string) => Guest.enter(house.url, seeded.meetingId, token)
    const paper = (pollId: string, sheet: PaperSheet): CommandOf<'enterPaper'> => ({
      type: 'enterPaper',
      pollId,
      partyId: null,
      sheet,
    })
    const seatOf = (index: number): string => seeded.seats[index]?.seatId ?? ''
    const closed = async (pollId: string) => {
      expect(codeOf(await teller.order({ type: 'closePoll', pollId }))).toBe('accepted')
      await teller.until(({ state }) => state.polls[pollId]?.status === 'closed')
      return teller.state.polls[pollId]
    }
    const file = (pollId: string, format: string) =>
      fetch(`${house.url}/api/meetings/${seeded.meetingId}/polls/${pollId}/export?format=${format}`, {
        headers: { cookie: teller.cookie },
      })

    beforeAll(async () => {
      postgres = store === 'postgres' ? await openPostgresServer() : undefined
      const databaseUrl = await postgres?.database()
      house = await openTestHall(null, databaseUrl === undefined ? {} : { databaseUrl })
      seeded = await house.seed(8, 'simple')
      teller = await enter(seeded.facilitator.token)
      other = await enter(seeded.facilitator.token)
      seats = await Promise.all(seeded.seats.slice(0, 6).map(({ token }) => enter(token)))
      for (const seat of seats) await seat.order({ type: 'checkIn' })
      await teller.order({ type: 'openMeeting' })
    })
    afterAll(async () => {
      for (const guest of [teller, other, ...seats]) guest.leave()
      await house.close()
      await postgres?.close()
    })

    test('a secret poll is counted on paper by two tellers who do not see each other', async () => {
      const pollId = await openPollBy(teller, { secrecy: 'secret' })
      const vote = { type: 'castBallot', pollId, choice: { choice: 'yes' } } as const
      expect(codeOf((await seats[0]?.order(vote)) ?? { ok: true, value: null })).toBe('secretByDevice')
      expect(codeOf(await teller.order(paper(pollId, sheetOf(6, 1))))).toBe('papersExceedSeats')
      expect(codeOf(await teller.order(paper(pollId, sheetOf(4, 2, { box: 7 }))))).toBe('paperBroken')

      expect(codeOf(await teller.order(paper(pollId, sheetOf(4, 2))))).toBe('accepted')
      await other.until(({ tally }) => tally?.papers[0]?.state === 'oneIn')
      expect(other.tally?.papers[0]).toMatchObject({ partyId: null, differs: [], sheet: null })
      expect(codeOf(await teller.order({ type: 'closePoll', pollId }))).toBe('paperUnsettled')

      expect(codeOf(await other.order(paper(pollId, sheetOf(3, 3))))).toBe('accepted')
      await teller.until(({ tally }) => tally?.papers[0]?.state === 'recount')
      expect([...(teller.tally?.papers[0]?.differs ?? [])].sort()).toEqual(['no', 'yes'])
      expect(teller.tally?.papers[0]?.sheet).toBeNull()
      expect(codeOf(await teller.order({ type: 'closePoll', pollId }))).toBe('paperUnsettled')
      const third = await enter(seeded.facilitator.token)
      expect(codeOf(await third.order(paper(pollId, sheetOf(4, 2))))).toBe('paperTellers')
      third.leave()

      expect(codeOf(await other.order(paper(pollId, sheetOf(4, 2))))).toBe('accepted')
      await teller.until(({ tally }) => tally?.papers[0]?.state === 'agreed')
      expect(teller.tally).toMatchObject({ cast: 6, papers: [{ sheet: { box: 6 } }] })
      expect(codeOf(await other.order(paper(pollId, sheetOf(3, 3))))).toBe('paperAgreed')

      const poll = await closed(pollId)
      expect(poll?.result).toMatchObject({ outcome: 'passed', totals: { yes: 4, no: 2 } })
      expect(poll?.papers).toMatchObject([{ box: 6, tellers: expect.arrayContaining([teller.me.actorId]) }])
    })

    test('a box is discarded and counted anew; the same sheet sent again counts once', async () => {
      const pollId = await openPollBy(teller, { secrecy: 'secret' })
      const sent = 'paper-command-1'
      const answers = [
        await teller.order(paper(pollId, sheetOf(6, 0)), sent),
        await teller.order(paper(pollId, sheetOf(6, 0)), sent),
      ]
      expect(answers.map(codeOf)).toEqual(['accepted', 'accepted'])
      await other.order(paper(pollId, sheetOf(6, 0)))
      expect(codeOf(await teller.order({ type: 'discardPaper', pollId, partyId: null }))).toBe('accepted')
      await teller.until(({ tally }) => tally?.papers.length === 0)
      await Promise.all([
        teller.order(paper(pollId, sheetOf(2, 4))),
        other.order(paper(pollId, sheetOf(2, 4))),
      ])
      const poll = await closed(pollId)
      expect(poll?.result).toMatchObject({ outcome: 'failed', totals: { yes: 2, no: 4 } })
    })

    test('a seat votes one way: on paper, or on its device', async () => {
      const pollId = await openPollBy(teller)
      await teller.order({ type: 'setChannel', seatId: seatOf(0), channel: 'paper' })
      const vote = { type: 'castBallot', pollId, choice: { choice: 'yes' } } as const
      expect(codeOf((await seats[0]?.order(vote)) ?? { ok: true, value: null })).toBe('otherSource')
      expect(codeOf(await teller.order(paper(pollId, sheetOf(1, 0))))).toBe('accepted')
      expect(codeOf(await other.order(paper(pollId, sheetOf(1, 0))))).toBe('accepted')
      // Its paper is in the box: the device stays shut.
      await teller.order({ type: 'setChannel', seatId: seatOf(0), channel: 'device' })
      expect(codeOf((await seats[0]?.order(vote)) ?? { ok: true, value: null })).toBe('otherSource')
      for (const seat of seats.slice(1, 4)) await seat.order({ ...vote, choice: { choice: 'no' } })
      const poll = await closed(pollId)
      expect(poll?.result).toMatchObject({ outcome: 'failed', totals: { yes: 1, no: 3 } })
    })

    test('ranked ballots are cast, counted and exported as they are on record', async () => {
      const pollId = await openPollBy(teller, {
        method: { kind: 'stv' },
        winners: 2,
        options: ['甲', '=乙', '丙'].map((label, i) => ({ optionId: `op_${i}`, label })),
      })
      const rankings = [['op_0', 'op_1'], ['op_0', 'op_2'], ['op_1'], ['op_2', 'op_1']]
      for (const [i, ranking] of rankings.entries()) {
        const choice = { ranking: ranking.map((id) => [id]) }
        expect(
          codeOf(
            (await seats[i + 1]?.order({ type: 'castBallot', pollId, choice })) ?? { ok: true, value: 0 },
          ),
        ).toBe('accepted')
      }
      const odd = { ranking: [['op_0'], ['op_0']] }
      expect(
        codeOf(
          (await seats[5]?.order({ type: 'castBallot', pollId, choice: odd })) ?? { ok: true, value: 0 },
        ),
      ).toBe('malformed')
      expect(
        codeOf(
          (await seats[5]?.order({ type: 'castBallot', pollId, choice: { choice: 'op_9' } })) ?? {
            ok: true,
            value: 0,
          },
        ),
      ).toBe('malformed')
      const poll = await closed(pollId)
      expect(poll?.result?.rounds?.length).toBeGreaterThan(0)

      const json = readPoll(await (await file(pollId, 'json')).json(), (preset) => preset as Preset)
      expect(json.ok && count(json.poll)).toEqual(poll?.result)
      const csv = await (await file(pollId, 'csv')).text()
      expect(csv).toContain("'=乙")
      const workbook = Buffer.from(await (await file(pollId, 'xlsx')).arrayBuffer())
      const sheets = await readXlsx(workbook)
      const rows = sheets.find(({ sheet }) => sheet === '结果')?.data ?? []
      for (const { optionId, label } of poll?.options ?? []) {
        expect(rows.find(([name]) => name === label)?.[1]).toBe(poll?.result?.totals[optionId])
      }
      expect((await file('po_nowhere', 'json')).status).toBe(404)
    })

    test('a proxy is cast by its holder, once, and a substitute of the household sits in', async () => {
      await teller.order({ type: 'reviseMeeting', presetCode: 'ceoAssembly' })
      const names = await house.hall.rooms.identity.names(seeded.meetingId)
      const homes = new Map<string, string[]>()
      for (const [seatId, { household }] of Object.entries(names)) {
        if (household !== '') homes.set(household, [...(homes.get(household) ?? []), seatId])
      }
      const [giver = '', holder = ''] = [...homes.values()].find((home) => home.length === 2) ?? []
      await teller.order({ type: 'leave', seatId: giver })
      for (const { seatId } of seeded.seats) {
        if (seatId !== giver) await teller.order({ type: 'checkIn', seatId, channel: 'clerk' })
      }
      await teller.order({ type: 'giveProxy', fromSeatId: giver, toSeatId: holder, document: '委托书' })
      const pollId = await openPollBy(teller)
      const elector = teller.state.polls[pollId]?.electors.find(({ seatId }) => seatId === giver)
      expect(elector).toMatchObject({ channel: 'proxy', heldBy: holder })
      const vote = { type: 'castBallot', pollId, seatId: giver, choice: { choice: 'yes' } } as const
      const stranger = seats.find(({ me }) => me.seatId !== holder && me.seatId !== giver)
      expect(codeOf((await stranger?.order(vote)) ?? { ok: true, value: 0 })).toBe('notAllowed')
      expect(codeOf(await teller.order(vote))).toBe('accepted')
      const poll = await closed(pollId)
      expect(poll?.ballots).toMatchObject([{ seatId: giver, source: 'proxy' }])

      const url = `${house.url}/api/meetings/${seeded.meetingId}/seats/${giver}/household`
      const { people } = (await (await fetch(url, { headers: { cookie: teller.cookie } })).json()) as {
        people: { personId: string; name: string }[]
      }
      const [mate] = people
      // The other of the household has a seat of its own.
      const asked = { type: 'substitute', seatId: giver, personId: mate?.personId ?? '' } as const
      expect(codeOf(await teller.order(asked))).toBe('substituteRefused')
      expect(codeOf(await teller.order({ ...asked, personId: 'pe_nobody' }))).toBe('notFound')
    })
  })
}
