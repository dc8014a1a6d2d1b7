import { describe, expect, it } from 'vitest'
import type { PendingOrder } from '../../client/link/orders.ts'
import { ballotPaper, proofOf } from '../../client/participant/ballotPaper.ts'
import { passWords, yesNeeded } from '../../shared/views/ruleWords.ts'
import type { MyBallot, Tally } from '../../shared/wire/live.ts'
import {
  guest,
  inSession,
  me,
  other,
  pollClosed,
  pollId,
  pollIn,
  pollOpened,
  presetOf,
  reached,
  third,
} from './council.ts'

const state = reached(...inSession, pollOpened())
const nothing = { state, myBallots: [], orders: [], tally: null }
const paper = (seatId: string | null, known: Partial<Parameters<typeof ballotPaper>[2]> = {}) =>
  ballotPaper(pollIn(state), seatId, { ...nothing, ...known })

const order = (choice: string): PendingOrder => ({
  commandId: `c-${choice}`,
  meetingId: state.meetingId,
  actorId: me,
  command: { type: 'castBallot', pollId, choice: { choice } },
  givenAt: 0,
})
const ballot: MyBallot = { pollId, seatId: me, receipt: 'R-1', castAt: 1, choice: { choice: 'yes' } }

describe('the own ballot paper', () => {
  it('says why a seat has none here', () => {
    expect(paper(null)).toMatchObject({ kind: 'cannot', why: 'noSeat' })
    expect(paper(guest)).toMatchObject({ kind: 'cannot', why: 'observer' })
    expect(paper(third)).toMatchObject({ kind: 'cannot', why: 'recused' })
    expect(paper(other)).toMatchObject({ kind: 'cannot', why: 'clerk' })
    const late = reached(...inSession, pollOpened({ electors: [] }))
    expect(ballotPaper(pollIn(late), me, { ...nothing, state: late })).toMatchObject({ why: 'notAnElector' })
  })

  it('goes from empty to sending to counted, and never shows what is only on its way as counted', () => {
    expect(paper(me)).toEqual({ kind: 'empty' })
    expect(paper(me, { orders: [order('yes')] })).toEqual({ kind: 'sending', choice: { choice: 'yes' } })
    expect(paper(me, { myBallots: [ballot] })).toEqual({ kind: 'counted', ballot, mayChange: true })
  })

  it('shows a change on its way instead of the ballot that it replaces, the last one given', () => {
    const orders = [order('no'), order('abstain')]
    expect(paper(me, { myBallots: [ballot], orders })).toEqual({
      kind: 'sending',
      choice: { choice: 'abstain' },
    })
  })

  it('knows that a clerk has entered the ballot', () => {
    const tally: Tally = {
      pollId,
      cast: 1,
      electors: 2,
      byParty: [],
      byOption: null,
      seats: [me],
      hands: {},
      papers: [],
      castWeight: 0,
    }
    expect(paper(me, { tally })).toEqual({ kind: 'cannot', why: 'clerk', isIn: true })
  })
})

describe('the proof in the record', () => {
  const closed = (receipt: string | null) => pollIn(reached(...inSession, pollOpened(), pollClosed(receipt)))

  it('compares the kept receipt with the record', () => {
    expect(proofOf(closed('R-1'), me, 'R-1')).toBe('same')
    expect(proofOf(closed('R-2'), me, 'R-1')).toBe('differs')
    expect(proofOf(closed(null), me, 'R-1')).toBe('missing')
    expect(proofOf(closed('R-1'), me, undefined)).toBe('there')
    expect(proofOf(closed(null), me, undefined)).toBe('none')
  })
})

describe('the rule of a poll in words', () => {
  const roll = [{ partyId: 'pt_village0', due: 55, present: 37, recused: 1 }]
  const needed = (code: string) =>
    yesNeeded(pollIn(reached(...inSession, pollOpened({ preset: presetOf(code), roll }))))

  it('counts the votes that are needed from the figures at opening', () => {
    // a statutory recusal stays in the denominator, a consultative one leaves it
    expect(needed('repAssembly')).toBe(19)
    expect(needed('tripartite')).toBe(19)
    expect(needed('partyBranch')).toBe(28)
    expect(needed('simple')).toBeNull()
  })

  it('is said for every form of majority', () => {
    expect(passWords(presetOf('repAssembly')).zh).toBe('赞成票须超过实到席位的半数')
    expect(passWords(presetOf('ceoAssembly')).zh).toBe('赞成票须不少于应到席位的三分之二')
    expect(passWords(presetOf('tripartite')).zh).toBe(
      '赞成票须超过实到席位的半数，各界别均须超过本界别的半数',
    )
    expect(passWords(presetOf('simple')).en).toBe('Passes with more for than against')
    expect(passWords(presetOf('crossVillage')).zh).toBe('各有关单位须各自同意')
  })
})
