// "Saved" is a claim about counts; these hold it to them.
import { describe, expect, test } from 'vitest'
import {
  afterSignal,
  type DraftSignal,
  type DraftStatus,
  keptEdits,
  saveState,
  startStatus,
  troubleOf,
  unsavedEdits,
} from '../../client/link/draftStatus.ts'

const given = (signals: readonly DraftSignal[], from: DraftStatus = startStatus(true)): DraftStatus =>
  signals.reduce(afterSignal, from)

const joined: readonly DraftSignal[] = [
  { type: 'kept', isSynced: false, unsaved: 0 },
  { type: 'linkUp' },
  { type: 'sent', as: 'answer' },
  { type: 'synced' },
  { type: 'committed', count: 1 },
]
const typed: readonly DraftSignal[] = [{ type: 'edited' }, { type: 'sent', as: 'update' }]

describe('what may be said of a draft', () => {
  test('[DS1] nothing is shown before the text is here', () => {
    expect(saveState(startStatus(true))).toBe('loading')
    expect(saveState(given([{ type: 'kept', isSynced: false, unsaved: 0 }, { type: 'linkUp' }]))).toBe(
      'loading',
    )
    expect(saveState(given([{ type: 'kept', isSynced: true, unsaved: 2 }]))).toBe('connecting')
  })

  test('[DS2] an edit is unsaved until the server has reported its very message', () => {
    const one = given([...joined, ...typed])
    expect(saveState(one)).toBe('saving')
    const two = given(typed, one)
    expect(unsavedEdits(two)).toBe(2)
    expect(saveState(given([{ type: 'committed', count: 2 }], two))).toBe('saving')
    expect(saveState(given([{ type: 'committed', count: 3 }], two))).toBe('saved')
  })

  test('[DS3] what was under way when the connection broke counts as unsaved until it was sent again', () => {
    const broken = given([...joined, ...typed, ...typed, { type: 'linkDown', trouble: null }])
    expect(saveState(broken)).toBe('offline')
    expect(unsavedEdits(broken)).toBe(2)
    const back = given([{ type: 'edited' }, { type: 'linkUp' }], broken)
    expect(saveState(back)).toBe('saving')
    expect(unsavedEdits(back)).toBe(3)
    // Counts start again with the connection: the first message is the answer that carries all of it.
    const told = given([{ type: 'sent', as: 'answer' }], back)
    expect(saveState(given([{ type: 'committed', count: 1 }], told))).toBe('saved')
  })

  test('[DS4] an edit that overtakes the answer is covered by the answer, not by its own message', () => {
    const early = given([{ type: 'kept', isSynced: true, unsaved: 4 }, { type: 'linkUp' }, ...typed])
    expect(saveState(given([{ type: 'committed', count: 1 }], early))).toBe('saving')
    const answered = given([{ type: 'sent', as: 'answer' }, { type: 'synced' }], early)
    expect(unsavedEdits(answered)).toBe(5)
    expect(saveState(given([{ type: 'committed', count: 2 }], answered))).toBe('saved')
  })

  test('[DS5] a refusal stays until someone tries again, and keeps the count', () => {
    const refused = given([
      ...joined,
      ...typed,
      { type: 'closed', trouble: 'draftFull' },
      { type: 'linkDown', trouble: null },
    ])
    expect(saveState(refused)).toBe('refused')
    expect(unsavedEdits(refused)).toBe(1)
    expect(saveState(given([{ type: 'retry' }], refused))).toBe('connecting')
  })

  test('[DS6] a reader is never told that something was saved', () => {
    const reader = given([...joined.filter((signal) => signal.type !== 'committed')], startStatus(false))
    expect(saveState(reader)).toBe('readOnly')
  })

  test('[DS9] edits that wait for the right to edit are neither saved nor being saved', () => {
    const lost = given([...joined, ...typed, { type: 'rights', mayEdit: false }])
    expect(saveState(lost)).toBe('held')
    const back = given([{ type: 'linkDown', trouble: null }, { type: 'linkUp' }, { type: 'synced' }], lost)
    expect(saveState(back)).toBe('held')
    expect(unsavedEdits(back)).toBe(1)
    const again = given(
      [
        { type: 'rights', mayEdit: true },
        { type: 'sent', as: 'answer' },
      ],
      back,
    )
    expect(saveState(again)).toBe('saving')
    expect(saveState(given([{ type: 'committed', count: 1 }], again))).toBe('saved')
  })

  test('[DS7] the reason is read from the close frame, else from its code; an ordinary close has none', () => {
    expect(troubleOf(4422, 'clockGap')).toBe('clockGap')
    expect(troubleOf(4404, '')).toBe('notFound')
    expect(troubleOf(4499, 'news')).toBe('unknown')
    expect(troubleOf(1006, '')).toBeNull()
    expect(troubleOf(1001, 'constructor')).toBeNull()
  })

  test('[DS8] an edit counts as kept when the device has confirmed it, not when it was typed', () => {
    const away = given([
      { type: 'kept', isSynced: true, unsaved: 2 },
      { type: 'linkDown', trouble: null },
      { type: 'edited' },
      { type: 'edited' },
    ])
    expect(unsavedEdits(away)).toBe(4)
    expect(keptEdits(away)).toBe(2)
    const stored = given([{ type: 'stored', edits: 2 }], away)
    expect(keptEdits(stored)).toBe(4)
    expect(keptEdits(given([{ type: 'notKept' }], stored))).toBe(0)
  })
})
