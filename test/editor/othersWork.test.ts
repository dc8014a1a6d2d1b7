// Others' edits and carets on their way into the page: pictures and clocks are moved by hand.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { GatheredAwareness, gatherOthersWork, pauseAfter } from '../../client/link/othersWork.ts'

/** Somebody elsewhere, who writes letter after letter. */
const writer = () => {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  const text = doc.getText('text')
  return {
    write: (letters: string): readonly Uint8Array[] => {
      for (const letter of letters) text.insert(text.length, letter)
      return updates.splice(0)
    },
  }
}

const openPage = (before: () => void = () => {}) => {
  const doc = new Y.Doc()
  const awareness = new Awareness(doc)
  const origin = Symbol('others')
  const failed = vi.fn()
  const origins: unknown[] = []
  doc.on('afterTransaction', (transaction: Y.Transaction) => origins.push(transaction.origin))
  const work = gatherOthersWork({ doc, awareness, origin, before, failed })
  return {
    doc,
    awareness,
    work,
    failed,
    text: () => doc.getText('text').toString(),
    batches: () => origins.filter((it) => it === origin).length,
  }
}

describe('others’ work', () => {
  let due: (() => void)[] = []
  const page = { hidden: false }
  const nextPicture = (): void => {
    for (const draw of due.splice(0)) draw()
  }

  beforeEach(() => {
    vi.useFakeTimers()
    due = []
    page.hidden = false
    vi.stubGlobal('document', page)
    vi.stubGlobal('requestAnimationFrame', (draw: () => void) => due.push(draw))
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  test('[OW1] what came since the last picture goes in as one change, whole and in order', () => {
    const { work, text, batches } = openPage()
    for (const update of writer().write('一二三四五六七八九十')) work.takeEdit(update)
    expect(text()).toBe('')
    nextPicture()
    expect(text()).toBe('一二三四五六七八九十')
    expect(batches()).toBe(1)
  })

  test('[OW2] this page’s own letters never wait for it', () => {
    const { work, doc, text, batches } = openPage()
    for (const update of writer().write('他人')) work.takeEdit(update)
    const own = vi.fn()
    doc.on('update', own)
    doc.getText('text').insert(0, '自己')
    expect(own).toHaveBeenCalledTimes(1)
    expect([text(), batches()]).toEqual(['自己', 0])
    nextPicture()
    expect([...text()].sort()).toEqual([...'他人自己'].sort())
  })

  test('[OW3] after a dear batch the next one gathers for longer, and never for longer than 300 ms', () => {
    expect([pauseAfter(1), pauseAfter(20), pauseAfter(5_000)]).toEqual([8, 160, 300])
    const one = writer()
    let tookMs = 20
    const { work, text, batches } = openPage(() => vi.advanceTimersByTime(tookMs))
    for (const update of one.write('甲')) work.takeEdit(update)
    nextPicture()
    tookMs = 0
    for (const update of one.write('乙丙丁')) work.takeEdit(update)
    vi.advanceTimersByTime(159)
    nextPicture()
    expect([text(), batches()]).toEqual(['甲', 1])
    vi.advanceTimersByTime(1)
    nextPicture()
    expect([text(), batches()]).toEqual(['甲乙丙丁', 2])
  })

  test('[OW4] a hidden page, which gets no pictures, keeps up none the less', () => {
    const one = writer()
    const { work, text } = openPage()
    for (const update of one.write('将隐')) work.takeEdit(update)
    page.hidden = true
    work.flush()
    expect(text()).toBe('将隐')
    for (const update of one.write('已隐')) work.takeEdit(update)
    vi.advanceTimersByTime(1_000)
    expect(text()).toBe('将隐已隐')
    expect(due).toHaveLength(1)
  })

  test('[OW5] while a word is composed all of it waits, and then comes at once', () => {
    const one = writer()
    const { work, text, batches } = openPage()
    work.hold(true)
    for (const update of one.write('等着')) work.takeEdit(update)
    nextPicture()
    vi.advanceTimersByTime(1_000)
    expect(text()).toBe('')
    work.hold(false)
    expect([text(), batches()]).toEqual(['等着', 1])
  })

  test('[OW6] a caret that moved often is told once, where it is now, and before the text is changed', () => {
    const { work, awareness, doc } = openPage()
    const other = new Awareness(new Y.Doc())
    const changes: unknown[] = []
    awareness.on('change', ({ added, updated }: { added: number[]; updated: number[] }) => {
      changes.push([added, updated, doc.getText('text').length])
    })
    for (let at = 1; at <= 5; at += 1) {
      other.setLocalState({ at })
      work.takeAwareness(encodeAwarenessUpdate(other, [other.clientID]))
    }
    for (const update of writer().write('字')) work.takeEdit(update)
    nextPicture()
    expect(awareness.getStates().get(other.clientID)).toEqual({ at: 5 })
    expect(changes).toEqual([[[other.clientID], [], 0]])
    other.destroy()
    awareness.destroy()
  })

  test('[OW7] when the connection goes, carets under way go with it, and edits do not', () => {
    const { work, awareness, text } = openPage()
    const other = new Awareness(new Y.Doc())
    other.setLocalState({ at: 1 })
    work.takeAwareness(encodeAwarenessUpdate(other, [other.clientID]))
    for (const update of writer().write('字')) work.takeEdit(update)
    work.forgetAwareness()
    nextPicture()
    expect([text(), awareness.getStates().has(other.clientID)]).toEqual(['字', false])
    other.destroy()
    awareness.destroy()
  })

  test('[OW8] an update that is none is told of, and a caret that is none does no harm', () => {
    const { work, failed, text } = openPage()
    expect(() => work.takeAwareness(Uint8Array.of(1, 7, 1, 1, 0x7b))).toThrow()
    for (const update of writer().write('字')) work.takeEdit(update)
    nextPicture()
    expect([text(), failed.mock.calls.length]).toEqual(['字', 0])
    vi.advanceTimersByTime(1_000)
    work.takeEdit(Uint8Array.of(9, 9, 9))
    nextPicture()
    expect(failed).toHaveBeenCalledTimes(1)
  })

  test('[OW9] gathered, the newest of each client counts, and who is gone is gone', () => {
    const [one, other] = [new Awareness(new Y.Doc()), new Awareness(new Y.Doc())]
    const sayOf = (it: Awareness, state: Record<string, unknown> | null): Uint8Array => {
      it.setLocalState(state)
      return encodeAwarenessUpdate(it, [it.clientID])
    }
    const gathered = new GatheredAwareness()
    const early = sayOf(one, { at: 1 })
    gathered.add(sayOf(one, { at: 2 }))
    gathered.add(early)
    gathered.add(sayOf(other, { at: 3 }))
    gathered.add(sayOf(other, null))
    const here = new Awareness(new Y.Doc())
    applyAwarenessUpdate(here, gathered.take(), 'test')
    expect(gathered.isEmpty).toBe(true)
    expect(here.getStates().get(one.clientID)).toEqual({ at: 2 })
    expect(here.getStates().has(other.clientID)).toBe(false)
    for (const it of [one, other, here]) it.destroy()
  })
})
