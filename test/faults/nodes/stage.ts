// A meeting on several nodes under load: people who do not give up, hands on the draft, a ledger of everything that was
// acknowledged, and what went wrong.
import { randomUUID } from 'node:crypto'
import { openTopology, type Topology } from '../../cluster/topology.ts'
import { cookieFor } from '../../live/hall.ts'
import { type Dice, diceOf } from '../../random/dice.ts'
import { KeptStore } from '../keptStore.ts'
import { Ledger } from '../ledger.ts'
import { makeChair, seatOrder } from '../load.ts'
import { Person } from '../person.ts'
import { type SeededHall, seedDatabase } from '../seedInto.ts'
import { type Hand, marksIn, openHand, openWriter, type Writer } from '../writers.ts'

export interface StageAsk {
  /** The built server's script. */
  readonly main: string
  readonly seats: number
  readonly seed?: string
  readonly diskMebibytes?: number
  readonly say: (line: string) => void
  /** Told how everything is ended, should the run be broken off. */
  readonly onOpened?: (close: () => Promise<void>) => void
}

export interface Stage {
  readonly topology: Topology
  readonly seed: string
  readonly dice: Dice
  readonly ledger: Ledger
  readonly chair: Person
  /** Everybody: the chair and the seats. */
  readonly people: readonly Person[]
  readonly writers: readonly Writer[]
  readonly witness: Hand
  /** Every mark that was written, acknowledged or not. */
  readonly written: readonly string[]
  readonly meetingId: string
  readonly draftId: string
  readonly account: NonNullable<SeededHall['account']>
  readonly facilitatorToken: string
  readonly chairCookie: string
  readonly problems: string[]
  readonly say: (line: string) => void
  /** Resolves after so many more acknowledgements. */
  acknowledged(count: number): Promise<void>
  /** What was acknowledged since the last look and is not in the store becomes a problem. */
  look(after: string): Promise<void>
  /** Nobody begins anything new; resolves when everything that was begun is answered. */
  rest(): Promise<void>
  close(): Promise<void>
}

const writerCount = 2
const acksPerMark = 4
const placesMost = 20

export const openStage = async (ask: StageAsk): Promise<Stage> => {
  const seed = ask.seed ?? randomUUID()
  const topology = await openTopology({
    main: ask.main,
    nodes: 2,
    ...(ask.diskMebibytes && { diskMebibytes: ask.diskMebibytes }),
  })
  const asked = { seats: ask.seats, presetCode: 'simple', baseUrl: topology.url }
  const { account, meetings } = await seedDatabase(topology.databaseUrl, [asked])
  const [seeded] = meetings
  if (!seeded || !account) throw new Error('no meeting was made')
  await topology.start()
  const { url } = topology
  const { meetingId, draftId } = seeded
  const ledger = new Ledger()
  const dice = diceOf(seed)
  const problems: string[] = []
  const written: string[] = []

  const chairCookie = await cookieFor(url, seeded.facilitator.token)
  const chair = new Person(url, { meetingId, cookie: chairCookie, name: 'chair', seatId: null, ledger })
  const people = [chair]
  const writers: Writer[] = []
  let witness: Hand | null = null
  for (const [i, { seatId, token }] of seeded.seats.entries()) {
    const cookie = await cookieFor(url, token)
    people.push(new Person(url, { meetingId, cookie, name: `seat${i}`, seatId, ledger }))
    if (i < writerCount) writers.push(openWriter(url, draftId, cookie))
    if (i === writerCount) witness = openHand(url, draftId, cookie)
  }
  if (!witness) throw new Error('nobody watches the draft')
  await Promise.all(people.map((person) => person.until(({ seq }) => seq > 0)))

  const write = (): void => {
    const who = dice.below(writers.length)
    const mark = `w${who}.${written.length}`
    written.push(mark)
    writers[who]?.write(mark, dice.below(placesMost))
  }
  let over = false
  const chairOrder = makeChair(diceOf(`${seed} chair`))
  const working = people.map(async (person, i) => {
    const own = diceOf(`${seed} seat ${i}`)
    while (!over) {
      await person.give(person === chair ? chairOrder(chair) : seatOrder(person, own))
      if (ledger.size % acksPerMark === 0) write()
    }
  })

  let looked = 0
  const look = async (after: string): Promise<void> => {
    const saved = writers.flatMap((writer) => writer.saved())
    const seen = marksIn(witness.doc)
    const kept = await KeptStore.ofDatabase(topology.databaseUrl)
    const news = [...ledger.entries.values()].slice(looked)
    looked += news.length
    const lost = [...(await kept.missing(news, meetingId)), ...(await kept.missingBallots(ledger))]
    const marks = new Set(await kept.draftMarks(draftId))
    for (const mark of seen) if (!marks.has(mark)) lost.push(`${mark} was seen in the draft`)
    for (const mark of saved) if (!marks.has(mark)) lost.push(`${mark} was acknowledged in the draft`)
    await kept.close()
    problems.push(...lost.map((what) => `after ${after}: ${what}`))
  }

  return {
    topology,
    seed,
    dice,
    ledger,
    chair,
    people,
    writers,
    witness,
    written,
    meetingId,
    draftId,
    account,
    facilitatorToken: seeded.facilitator.token,
    chairCookie,
    problems,
    say: ask.say,
    acknowledged: (count) => {
      const enough = ledger.size + count
      return new Promise((resolve) => {
        ledger.onWrite(() => {
          if (ledger.size >= enough) resolve()
        })
      })
    },
    look,
    rest: async () => {
      over = true
      await Promise.all(working)
    },
    close: async () => {
      over = true
      for (const person of people) person.leave()
      for (const hand of [...writers, witness]) hand.leave()
      await topology.close()
    },
  }
}
