// Moved letters stay their first author's, wherever the log was merged on the way.
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { writeProvenance } from '../../server/drafts/provenance.ts'
import { trace, type WrittenLog } from '../../server/drafts/tracing.ts'
import { movedIn } from '../../server/review/origins.ts'
import { type AuthorRun, authorRuns, movedFrom } from '../../shared/drafts/authors.ts'
import { lettersOf, textsIn } from '../../shared/drafts/comments.ts'
import { seeded } from '../drafts/raw.ts'
import { fragmentOf, paragraph } from './people.ts'
import { type Writer, WritingHall } from './writers.ts'

const [A, B, C] = [11, 12, 13]

/** Begins a draft with these paragraphs. */
const write = (one: Writer, ...lines: string[]): void =>
  one.doc.transact(() => fragmentOf(one.doc).insert(0, lines.map(paragraph)))

interface Seen {
  readonly text: string
  readonly runs: readonly AuthorRun[]
}

const seenIn = ({ doc, provenance }: ReturnType<typeof trace>): Seen[] => {
  const fragment = fragmentOf(doc)
  const moved = movedFrom(movedIn(fragment, provenance.moved))
  return textsIn(fragment).map((text) => ({ text: lettersOf(text), runs: authorRuns(text, moved) }))
}

/** Each stretch of letters with the client id of its first author. */
const wordsIn = (hall: WritingHall): string[] =>
  seenIn(trace({ base: undefined, rows: hall.rows, owners: hall.owners })).map(({ text, runs }) =>
    runs.map(({ from, to, client }) => `${client}:${text.slice(from, to)}`).join(' '),
  )

describe('letters that are moved', () => {
  const three = () => {
    const hall = new WritingHall()
    const [a, b, c] = [hall.person('st_a', A), hall.person('st_b', B), hall.person('st_c', C)] as const
    const all = [a, b, c]
    const done = (...who: Writer[]): void => {
      for (const one of who) for (const sent of one.send()) hall.commit([sent])
      for (const one of all) one.hear()
    }
    write(a, '路灯由村里修电费由企业付')
    done(a)
    return { hall, a, b, c, done }
  }

  test('[MV1] stay their author’s when somebody else presses Enter among them, and joins them again', () => {
    const { hall, b, c, done } = three()
    b.enter(7)
    done(b)
    expect(wordsIn(hall)).toEqual(['11:路灯由村里修', '11:电费由企业付'])
    c.enter(12)
    done(c)
    expect(wordsIn(hall)).toEqual(['11:路灯由村里修', '11:电费由', '11:企业付'])
    b.joinBefore(14)
    done(b)
    c.joinBefore(9)
    done(c)
    expect(wordsIn(hall)).toEqual(['11:路灯由村里修电费由企业付'])
  })

  test('[MV2] stay their author’s when they are cut and put elsewhere, also by somebody else', () => {
    const { hall, a, b, c, done } = three()
    a.cut(1, 4)
    done(a)
    b.type(2, '乙')
    done(b)
    a.paste(b.blocks[0]?.to ?? 0)
    done(a)
    c.cut(4, 7)
    done(c)
    c.paste(1)
    done(c)
    expect(wordsIn(hall)).toEqual(expect.arrayContaining([expect.stringContaining('11:')]))
    expect(wordsIn(hall).join(' ')).not.toContain('13:')
    expect(wordsIn(hall).join(' ').match(/12:/g)).toEqual(['12:'])
  })

  test('[MV3] what is put down twice is moved once, and a copy is its copier’s', () => {
    const { hall, b, done } = three()
    b.cut(1, 4)
    done(b)
    b.paste(5)
    done(b)
    b.paste(1)
    done(b)
    expect(wordsIn(hall)).toEqual(['12:路灯由 11:村里修电路灯由费由企业付'])
  })

  test('[MV4] come back as their author’s when who moved or deleted them takes it back', () => {
    const { hall, b, done } = three()
    b.enter(7)
    done(b)
    b.undo()
    done(b)
    expect(wordsIn(hall)).toEqual(['11:路灯由村里修电费由企业付'])
    b.redo()
    done(b)
    expect(wordsIn(hall)).toEqual(['11:路灯由村里修', '11:电费由企业付'])
    b.delete(1, 3)
    done(b)
    b.undo()
    done(b)
    b.delete(1, 7)
    done(b)
    b.undo()
    done(b)
    expect(wordsIn(hall)).toEqual(['11:路灯由村里修', '11:电费由企业付'])
  })

  test('[MV5] words that somebody types themselves are theirs, though others wrote such words before', () => {
    const { hall, b, c, done } = three()
    b.type(1, '村里')
    done(b)
    c.delete(3, 5)
    done(c)
    c.type(3, '路')
    done(c)
    b.type(1, '路灯')
    done(b)
    expect(wordsIn(hall)).toEqual(['12:路灯村里 13:路 11:由村里修电费由企业付'])
  })

  test('[MV6] stay their author’s when a paragraph is made a heading', () => {
    const { hall, b, done } = three()
    b.heading(3)
    done(b)
    expect(wordsIn(hall)).toEqual(['11:路灯由村里修电费由企业付'])
  })
})

const runs = Number(process.env.MOVES_RUNS ?? 25)
const steps = 60

/** Letters of which each is typed once, so that a letter tells who typed it first. */
const lettersOnce = () => {
  let next = 0x4e00
  const typedBy = new Map<string, string>()
  return {
    typedBy,
    type: (owner: string, count: number): string => {
      let words = ''
      for (let i = 0; i < count; i += 1) {
        const letter = String.fromCharCode(next)
        next += 1
        typedBy.set(letter, owner)
        words += letter
      }
      return words
    },
  }
}
type Letters = ReturnType<typeof lettersOnce>

const deeds = ['type', 'enter', 'join', 'delete', 'move', 'heading', 'undo', 'redo'] as const
type Deed = (typeof deeds)[number]
const often: readonly Deed[] = [...deeds, 'type', 'type', 'enter']

/** @returns whether anything was done */
const act = (one: Writer, deed: Deed, below: (bound: number) => number, letters: Letters): boolean => {
  const { blocks } = one
  const block = blocks[below(blocks.length)]
  if (!block) return false
  const at = block.from + below(block.to - block.from + 1)
  const last = blocks[Math.min(blocks.length - 1, blocks.indexOf(block) + below(2))] ?? block
  const isWithin = last === block
  const to = isWithin ? Math.min(block.to, at + 2 + below(5)) : last.from + below(last.to - last.from + 1)
  switch (deed) {
    case 'type':
      one.type(at, letters.type(one.owner, 1 + below(5)))
      return true
    case 'enter':
      one.enter(at)
      return true
    case 'join':
      one.joinBefore(block.from)
      return true
    case 'heading':
      one.heading(at)
      return true
    case 'undo':
      return one.undo()
    case 'redo':
      return one.redo()
    case 'delete':
      if (to > at) one.delete(at, to)
      return to > at
    case 'move': {
      // A single letter that is put down later is not told from one that is typed.
      if (to - at < 2) return false
      one.cut(at, to)
      const there = one.blocks[below(one.blocks.length)]
      if (there) one.paste(there.from + below(there.to - there.from + 1))
      return there !== undefined
    }
  }
}

interface Played {
  readonly happened: ReadonlySet<string>
  /** Letters that stand in the end, and how many of them are shown as somebody else's. */
  readonly letters: number
  readonly wrong: number
  /** How many would be, were nothing known of moves. */
  readonly untold: number
}

const play = (seed: string, isInStep: boolean): Played => {
  const { below } = seeded(seed)
  const happened = new Set<string>()
  const hall = new WritingHall()
  const letters = lettersOnce()
  const people = ['st_a', 'st_b', 'st_c'].map((owner, i) => hall.person(owner, 100 + i))
  const [first] = people as [Writer]
  write(first, ...[0, 1, 2].map(() => letters.type('st_a', 12)))
  let merged: WrittenLog = { base: undefined, rows: [], owners: hall.owners }
  let taken = 0
  const meet = (isInTurn: boolean): void => {
    const pending = people.map((one) => one.send(!isInTurn && below(6) === 0))
    const most = Math.max(...pending.map(({ length }) => length))
    for (let i = 0; i < most; i += 1) {
      const window = pending.flatMap((sent) => sent.slice(i, i + 1))
      // Several people in one window, or each in their own.
      if (below(3) === 0) hall.commit(window)
      else for (const sent of window) hall.commit([sent])
    }
    for (const one of people) if (isInTurn || below(5) > 0) one.hear()
  }
  meet(true)
  for (let step = 0; step < steps; step += 1) {
    const deed = often[below(often.length)] as Deed
    if (act(people[below(people.length)] as Writer, deed, below, letters)) happened.add(deed)
    if (isInStep || below(3) > 0) meet(isInStep)
    if (below(8) > 0 || hall.rows.length === taken) continue
    const { doc, provenance } = trace({ ...merged, rows: hall.rows.slice(taken) })
    taken = hall.rows.length
    merged = {
      ...merged,
      base: { bytes: Y.encodeStateAsUpdate(doc), provenance: writeProvenance(provenance) },
    }
    happened.add('merge')
  }
  meet(isInStep)
  const whole = seenIn(trace({ base: undefined, rows: hall.rows, owners: hall.owners }))
  expect(seenIn(trace({ ...merged, rows: hall.rows.slice(taken) })), seed).toEqual(whole)
  const ownerOf = new Map(hall.owners.map(({ clientId, owner }) => [clientId, owner]))
  const wrongIn = (text: string, authors: readonly AuthorRun[]): number =>
    authors
      .flatMap(({ from, to, client }) => [...text.slice(from, to)].map((letter) => ({ letter, client })))
      .filter(({ letter, client }) => letters.typedBy.get(letter) !== ownerOf.get(client)).length
  return {
    happened,
    letters: whole.reduce((sum, { text }) => sum + text.length, 0),
    wrong: whole.reduce((sum, { text, runs: authors }) => sum + wrongIn(text, authors), 0),
    untold: textsIn(fragmentOf(hall.doc)).reduce(
      (sum, text) => sum + wrongIn(lettersOf(text), authorRuns(text)),
      0,
    ),
  }
}

describe('random people who split, join, move and take back', () => {
  const playAll = (isInStep: boolean) => {
    const happened = new Set<string>()
    let [letters, wrong, untold] = [0, 0, 0]
    for (let run = 0; run < runs; run += 1) {
      const played = play(`${process.env.MOVES_SEED ?? 'moves'} ${run}`, isInStep)
      for (const each of played.happened) happened.add(each)
      letters += played.letters
      wrong += played.wrong
      untold += played.untold
    }
    expect([...deeds, 'merge'].filter((each) => !happened.has(each))).toEqual([])
    return { letters, wrong, untold }
  }

  test(`[MV8] ${runs} runs, each seeing what the others did: but for single letters all are their first author’s`, () => {
    const { letters, wrong, untold } = playAll(true)
    expect(wrong / letters).toBeLessThan(0.03)
    expect(untold / letters).toBeGreaterThan(0.2)
  })

  test(`[MV9] ${runs} runs, at once and after being away: merging the log on the way changes nothing`, () => {
    const { letters, wrong, untold } = playAll(false)
    expect(wrong / letters).toBeLessThan(0.1)
    expect(untold / letters).toBeGreaterThan(0.2)
  })
})
