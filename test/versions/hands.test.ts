// Whose letters they are and who took out what, over the real doors, on both stores.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { authorRuns, movedFrom } from '../../shared/drafts/authors.ts'
import { lettersOf, textsIn } from '../../shared/drafts/comments.ts'
import type { Removal } from '../../shared/drafts/difference.ts'
import { plainText } from '../../shared/drafts/plainText.ts'
import type { AuthorsView, DifferenceView } from '../../shared/wire/httpDrafts.ts'
import { until } from '../drafts/hall.ts'
import type { Hand } from '../faults/writers.ts'
import { Guest } from '../live/hall.ts'
import { waiting } from '../patience.ts'
import { openPostgresServer, type PostgresServer, skipsPostgres } from '../store/postgresServer.ts'
import { openReviewHall, type ReviewHall } from './hall.ts'
import { fragmentOf, paragraph } from './people.ts'
import { EditorPen } from './writers.ts'

const hands = (openHall: () => Promise<ReviewHall>): void => {
  let here: ReviewHall
  const pens: { hand: Hand; pen: EditorPen; actorId: string }[] = []
  let commands = 0
  const commandId = (): string => {
    commands += 1
    return `hands-command-${commands}`
  }

  beforeAll(async () => {
    here = await openHall()
    for (const index of [0, 1, 2]) {
      const hand = await (await here.seat(index)).open()
      pens.push({ hand, pen: new EditorPen(hand.doc), actorId: here.seeded.seats[index]?.seatId ?? '' })
    }
  }, 60_000)
  afterAll(() => here.close())

  const of = (index: number) => {
    const found = pens[index]
    if (!found) throw new Error(`nobody is number ${index}`)
    return found
  }
  const textOf = ({ doc }: Hand): string => plainText(fragmentOf(doc))
  const onDisk = async (hand: Hand, draftId = here.draftId): Promise<void> => {
    const { drafts } = here.hall.hall.rooms
    for (let turn = 0; (await drafts.freeze(draftId))?.text !== textOf(hand); turn += 1) {
      if (turn > 2_000) throw new Error('it never reached the disk')
    }
  }
  /** Resolves when the hall and everybody hold what this person sees. */
  const heard = async (index: number): Promise<void> => {
    const { hand } = of(index)
    await onDisk(hand)
    await until('everybody reads it', () => pens.every((other) => textOf(other.hand) === textOf(hand)))
  }
  /** The line that holds `words` with the number of whoever its letters are told to be of. */
  const told = async (words: string): Promise<string> => {
    const { body } = await (await here.seat(2)).ask(`${here.draftId}/authors`)
    const { authors, moved } = body as AuthorsView
    const text = textsIn(fragmentOf(of(2).hand.doc)).find((one) => lettersOf(one).includes(words))
    if (!text) throw new Error(`${words} stands nowhere`)
    const letters = lettersOf(text)
    return authorRuns(text, movedFrom(moved))
      .map(({ from, to, client }) => {
        const actorId = authors.find(({ clients }) => clients.includes(client))?.actorId
        return `${pens.findIndex((one) => one.actorId === actorId)}:${letters.slice(from, to)}`
      })
      .join(' ')
  }
  /** What was told is told again for a moment. */
  const isTold = (words: string, line: string): Promise<void> =>
    vi.waitFor(async () => expect(await told(words)).toBe(line), waiting)
  const begin = async (index: number, ...lines: string[]): Promise<void> => {
    const { doc } = of(index).hand
    doc.transact(() => fragmentOf(doc).insert(0, lines.map(paragraph)))
    await heard(index)
  }
  const keep = async (name: string): Promise<string> => {
    const { body } = await (await here.seat(0)).ask(`${here.draftId}/versions`, {
      name,
      commandId: commandId(),
    })
    expect(body).toHaveProperty('versionId')
    return body.versionId
  }
  const removals = async (before: string, after: string): Promise<Removal[]> => {
    const path = `${here.draftId}/difference?before=${before}&after=${after}`
    const { difference } = (await (await here.seat(1)).ask(path)).body as DifferenceView
    return difference.blocks.flatMap((block) => ('removals' in block ? (block.removals ?? []) : []))
  }
  /** So much, in so many commits, that the log is merged into the snapshot. */
  const merge = async (): Promise<void> => {
    const { hand, pen } = of(0)
    const { drafts } = here.hall.hall.rooms
    const before = drafts.stats().merges
    fragmentOf(hand.doc).insert(fragmentOf(hand.doc).length, [paragraph('长'.repeat(100_000))])
    for (let i = 0; drafts.stats().merges === before; i += 1) {
      if (i > 2_000) throw new Error('the log was never merged')
      const { commits } = drafts.stats()
      pen.type(pen.find('长').from, '又')
      await until('it is committed', () => drafts.stats().commits > commits)
    }
    fragmentOf(hand.doc).delete(fragmentOf(hand.doc).length - 1, 1)
    await heard(0)
  }

  test('[HA1] who presses Enter in another’s paragraph, or joins two, moves letters and writes none', async () => {
    await begin(0, '路灯由村里修，电费由企业付')
    const { pen } = of(1)
    pen.enter(pen.find('电费').from)
    await heard(1)
    await isTold('路灯', '0:路灯由村里修，')
    await isTold('电费', '0:电费由企业付')
    pen.joinBefore(pen.find('电费').from)
    await heard(1)
    await isTold('路灯', '0:路灯由村里修，电费由企业付')
    pen.undo()
    await heard(1)
    await isTold('电费', '0:电费由企业付')
  })

  test('[HA2] what is cut and put elsewhere stays its author’s, also where a third puts it', async () => {
    await begin(1, '账目每月公布', '三年内完成')
    const [mine, others] = [of(1).pen, of(2).pen]
    const { from, to } = others.find('每月公布')
    others.cut(from, to)
    await heard(2)
    others.paste(others.find('完成').from)
    await heard(2)
    await isTold('三年', '1:三年内每月公布完成')
    mine.cut(mine.find('三年内').from, mine.find('三年内').to)
    await heard(1)
    mine.paste(mine.find('完成').to)
    await heard(1)
    await isTold('三年', '1:每月公布完成三年内')
  })

  test('[HA3] what two people did to one paragraph while one was away', async () => {
    await begin(0, '村口的停车场先修，账上的钱够用，明年再说别的')
    const [one, away] = [of(0), of(1)]
    away.hand.provider.disconnect()
    one.pen.type(one.pen.find('明年').from, '（甲）')
    away.pen.enter(away.pen.find('账上').from)
    away.pen.type(away.pen.find('账上').from, '乙说')
    away.hand.provider.connect()
    await until('back', () => away.hand.provider.synced)
    await heard(1)
    await isTold('乙说', '1:乙说 0:账上的钱够用，明年再说别的')
  })

  test('[HA4] holds after the log was merged and the hall was started anew', async () => {
    await begin(2, '养鸡场搬到山脚，水从上游引')
    const { pen } = of(1)
    pen.cut(pen.find('养鸡场').from, pen.find('养鸡场').to)
    await heard(1)
    await merge()
    pen.paste(pen.find('搬到').to)
    pen.enter(pen.find('山脚').from)
    await heard(1)
    await isTold('养鸡场', '2:搬到养鸡场')
    await merge()
    await isTold('山脚', '2:山脚，水从上游引')
    await here.hall.restart()
    await until('all are back', () => pens.every(({ hand }) => hand.provider.synced))
    await isTold('山脚', '2:山脚，水从上游引')
    await isTold('养鸡场', '2:搬到养鸡场')
    await isTold('账上', '1:乙说 0:账上的钱够用，明年再说别的')
  })

  test('[HA5] a difference tells who took words out and who only moved them', async () => {
    await begin(0, '广场舞到晚上九点为止，音量不超过六十分贝，周末可以到十点')
    const before = await keep('广场舞')
    const [one, two] = [of(1).pen, of(2).pen]
    one.delete(one.find('，周末可以到十点').from, one.find('，周末可以到十点').to)
    await heard(1)
    two.enter(two.find('音量').from)
    await heard(2)
    const words = { isMoved: false, by: of(1).actorId, words: '，周末可以到十点' }
    const moved = { isMoved: true, by: of(2).actorId, words: '音量不超过六十分贝' }
    expect(await removals(before, 'now')).toEqual(expect.arrayContaining([words, moved]))
    const after = await keep('广场舞，改')
    two.delete(two.find('音量不超过').from, two.find('音量不超过').to)
    await heard(2)
    await merge()
    expect(await removals(before, after)).toEqual(expect.arrayContaining([words, moved]))
    expect(await removals(before, 'now')).toContainEqual({
      isMoved: false,
      by: of(2).actorId,
      words: '音量不超过',
    })
    // What was not there yet was taken out by nobody.
    expect(await removals('now', before)).toEqual([])
  })

  test('[HA6] where it was not written down, nobody is said to have taken it out', async () => {
    await begin(0, '这一句要删，那一句留下')
    const before = await keep('旧')
    const { pen } = of(1)
    pen.delete(pen.find('这一句要删，').from, pen.find('这一句要删，').to)
    await heard(1)
    const { store } = here.hall.hall
    // As a hall of before left its rows.
    await store.db
      .updateTable('draftUpdates')
      .set({ provenance: null })
      .where('draftId', '=', here.draftId)
      .execute()
    expect(await removals(before, 'now')).toEqual([{ by: null, isMoved: false, words: '' }])
  })

  test('[HA7] what an older version brings back is its first author’s', async () => {
    await begin(0, '老井不填，栏杆加高')
    const version = await keep('老井')
    const { pen } = of(1)
    pen.enter(pen.find('栏杆').from)
    await heard(1)
    pen.delete(pen.find('老井不填，').from, pen.find('栏杆加高').to)
    await heard(1)
    const chair = await here.facilitator()
    await chair.ask(`${here.draftId}/versions/${version}/restore`, { commandId: commandId() })
    await until('it is back', () => pens.every(({ hand }) => textOf(hand).includes('老井不填，栏杆加高')))
    await isTold('老井', '0:老井不填，栏杆加高')
  })

  test('[HA8] an amendment brings along who moved and took out what in it', async () => {
    await begin(0, '桥面改宽到六米，桥头立牌，工期三个月')
    const version = await keep('桥')
    const { hall, seeded, meetingId } = here
    const [proposer, chair] = [
      await Guest.enter(hall.url, meetingId, seeded.seats[1]?.token ?? ''),
      await Guest.enter(hall.url, meetingId, seeded.facilitator.token),
    ]
    try {
      const itemId = chair.state.agenda[0]?.itemId ?? ''
      await proposer.order({ type: 'checkIn' })
      const about = { title: '桥', purpose: '太宽', passage: '' }
      const proposed = await proposer.order({ type: 'proposeAmendment', itemId, ...about })
      expect(proposed.ok).toBe(true)
      await proposer.until(({ state }) => state.amendments.length > 0)
      const { draftId, amendmentId } = proposer.state.amendments[0] ?? { draftId: '', amendmentId: '' }
      const fork = await (await here.seat(1)).open(draftId)
      const pen = new EditorPen(fork.doc)
      pen.enter(pen.find('工期').from)
      pen.delete(pen.find('桥头立牌，').from, pen.find('桥头立牌，').to)
      await onDisk(fork, draftId)
      const adopted = await chair.order({ type: 'adoptAmendment', amendmentId, pollId: null })
      expect(adopted.ok).toBe(true)
      await until('it is in', () => !textOf(of(2).hand).includes('桥头立牌'))
      await isTold('工期', '0:工期三个月')
      expect(await removals(version, 'now')).toEqual(
        expect.arrayContaining([
          { by: of(1).actorId, isMoved: false, words: '桥头立牌，' },
          { by: of(1).actorId, isMoved: true, words: '工期三个月' },
        ]),
      )
    } finally {
      proposer.leave()
      chair.leave()
    }
  })
}

describe('whose hand it was, on a file', () => hands(() => openReviewHall()))

describe.skipIf(skipsPostgres)('whose hand it was, on a server', () => {
  let postgres: PostgresServer
  beforeAll(async () => {
    postgres = await openPostgresServer()
  })
  afterAll(() => postgres?.close())
  hands(async () => openReviewHall({ databaseUrl: await postgres.database() }))
})
