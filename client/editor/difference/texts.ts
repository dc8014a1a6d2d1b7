// The three texts of an amendment, asked for anew while they are looked at; and texts that a poll froze, by their hash.
import { useCallback, useEffect, useState } from 'react'
import type { Refusal } from '../../../shared/kernel/result.ts'
import type { AmendmentTextsView } from '../../../shared/wire/amendments.ts'
import type { TextView } from '../../../shared/wire/http.ts'
import { get } from '../../link/api.ts'
import type { TextId } from './useForms.ts'

const lookAgainMs = 3_000
const textsKeptMax = 16

/** A hash never has another text. */
const kept = new Map<string, string>()
const keep = (sha256: string, text: string): string => {
  kept.delete(sha256)
  kept.set(sha256, text)
  for (const oldest of kept.keys()) {
    if (kept.size <= textsKeptMax) break
    kept.delete(oldest)
  }
  return text
}

export interface AmendmentTexts {
  readonly base: string
  readonly fork: string
  readonly now: string
  readonly ids: { readonly base: TextId; readonly fork: TextId; readonly now: TextId }
}

export interface Asked<T> {
  readonly value: T | null
  readonly refusal: Refusal | null
  readonly again: () => void
}

const filled = ({ base, fork, now }: AmendmentTextsView): AmendmentTexts | null => {
  const textOf = ({ sha256, text }: AmendmentTextsView['base']) =>
    text === null ? (kept.get(sha256) ?? null) : keep(sha256, text)
  const [before, after, draft] = [textOf(base), textOf(fork), textOf(now)]
  return before === null || after === null || draft === null
    ? null
    : { base: before, fork: after, now: draft, ids: { base, fork, now } }
}

/** @param version asks at once when it changes, as after an event of the meeting */
export const useAmendmentTexts = (
  meetingId: string,
  amendmentId: string,
  version: string,
): Asked<AmendmentTexts> => {
  const [value, setValue] = useState<AmendmentTexts | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [round, setRound] = useState(0)

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version or round asks again
  useEffect(() => {
    let isCurrent = true
    let timer: ReturnType<typeof setTimeout> | undefined
    const ask = async () => {
      const known = [...kept.keys()].slice(-5).join(',')
      const path = `/api/meetings/${meetingId}/amendments/${amendmentId}/texts?known=${known}`
      const answer = document.hidden ? null : await get<AmendmentTextsView>(path)
      if (!isCurrent) return
      timer = setTimeout(ask, lookAgainMs)
      if (answer === null) return
      setRefusal(answer.ok ? null : answer.refusal)
      const texts = answer.ok ? filled(answer.value) : null
      if (texts === null) return
      setValue((before) =>
        before?.base === texts.base && before.fork === texts.fork && before.now === texts.now
          ? before
          : texts,
      )
    }
    void ask()
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [meetingId, amendmentId, version, round])
  return { value, refusal, again: useCallback(() => setRound((count) => count + 1), []) }
}

/** A text that was frozen. */
export const useFrozenText = (meetingId: string, sha256: string): Asked<string> => {
  const [answer, setAnswer] = useState<Omit<Asked<string>, 'again'>>({
    value: kept.get(sha256) ?? null,
    refusal: null,
  })
  const [round, setRound] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks again
  useEffect(() => {
    let isCurrent = true
    const known = kept.get(sha256)
    if (known !== undefined) {
      setAnswer({ value: known, refusal: null })
      return
    }
    void get<TextView>(`/api/meetings/${meetingId}/texts/${sha256}`).then((it) => {
      if (!isCurrent) return
      if (it.ok) setAnswer({ value: keep(sha256, it.value.text), refusal: null })
      else setAnswer({ value: null, refusal: it.refusal })
    })
    return () => {
      isCurrent = false
    }
  }, [meetingId, sha256, round])
  return { ...answer, again: useCallback(() => setRound((count) => count + 1), []) }
}
