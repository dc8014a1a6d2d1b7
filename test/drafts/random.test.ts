// Random people who write, drop off, come back and outlive restarts: all end with one text, and nothing is lost.
import { expect, test } from 'vitest'
import { type Editor, type Hall, openEditor, openHall, storedText, tempFolder, until } from './hall.ts'
import { seeded } from './raw.ts'

const runs = Number(process.env.DRAFT_RUNS ?? 4)
const seedBase = process.env.DRAFT_SEED ?? 'people'
const steps = 60

/** Each writes marks that nobody deletes (so that loss shows), and other text that anybody may delete. */
const act = (editor: Editor, kind: number, below: (bound: number) => number, mark: string): string => {
  const { provider, text } = editor
  if (kind < 5) {
    text.insert(below(text.length + 1), 'abc'.slice(0, 1 + below(3)))
    return 'insert'
  }
  if (kind < 6) {
    editor.doc.getMap('marks').set(mark, true)
    return 'mark'
  }
  if (kind < 8) {
    const at = below(text.length + 1)
    text.delete(at, Math.min(2, text.length - at))
    return 'delete'
  }
  if (kind < 9) {
    if (provider.shouldConnect) provider.disconnect()
    else provider.connect()
    return 'toggle'
  }
  // The line breaks without a word.
  ;(provider.ws as unknown as { terminate?: () => void } | null)?.terminate?.()
  return 'drop'
}

for (let run = 0; run < runs; run += 1) {
  const seed = `${seedBase} ${run}`
  test(`people of seed "${seed}" converge`, async () => {
    const { below } = seeded(seed)
    const folder = await tempFolder()
    const limits = { logRowsMax: 20, idleUnloadMs: 20, windowMsMax: below(2) * 20 }
    let hall: Hall = await openHall(folder.file, { limits })
    const { port } = hall
    const people = Array.from({ length: 4 }, (_, i) => openEditor(hall.url, `seat ${i}`))
    const log: string[] = []
    const done = new Set<string>()
    const marks = new Set<string>()
    try {
      for (let step = 0; step < steps; step += 1) {
        if (below(30) === 0) {
          log.push(`${step} restart`)
          done.add('restart')
          await hall.stop()
          hall = await openHall(folder.file, { limits, port })
          continue
        }
        const who = below(people.length)
        const mark = `${who}.${step}`
        const what = act(people[who] as Editor, below(10), below, mark)
        if (what === 'mark') marks.add(mark)
        log.push(`${step} ${who} ${what}`)
        done.add(what)
        for (let turns = below(4); turns > 0; turns -= 1) {
          await new Promise<void>((resolve) => setImmediate(resolve))
        }
      }
      for (const { provider } of people) if (!provider.shouldConnect) provider.connect()
      const texts = (): Set<string> => new Set(people.map(({ text }) => text.toString()))
      const counts = (): number[] => people.map(({ doc }) => doc.getMap('marks').size)
      await until('all agree', () => {
        const isSynced = people.every(({ provider }) => provider.synced)
        return isSynced && texts().size === 1 && counts().every((count) => count === marks.size)
      })
      const [text] = texts()
      expect(await storedText(hall.store)).toBe(text)
      expect(
        people.flatMap(({ closes }) => closes).filter(({ code }) => code >= 4400 && code < 4500),
      ).toEqual([])
      expect(hall.faults).toEqual([])
      expect(done.has('insert') && done.has('delete') && done.has('mark')).toBe(true)
    } catch (fault) {
      throw new Error(`seed "${seed}" after:\n${log.join('\n')}`, { cause: fault })
    } finally {
      for (const editor of people) editor.leave()
      await hall.stop()
      await folder.remove()
    }
  })
}
