// How the record is said to a reader: names for seats, durations, and a line of the chronicle filled in.
import { useCallback, useMemo } from 'react'
import type { ChronicleLine, ChronicleParam } from '../../../shared/views/chronicleLines.ts'
import type { Names } from '../../../shared/wire/live.ts'
import { chronicleWords } from '../../words/chronicle.ts'
import { recordWords } from '../../words/record.ts'
import { type Language, pick, useLanguage, wordIn } from '../../words/words.ts'
import { dateTimeIn } from '../dates.ts'

export const durationIn = (language: Language, seconds: number): string => {
  const m = Math.floor(seconds / 60)
  const s = Math.round(seconds % 60)
  if (m === 0) return wordIn(recordWords, language, 'onlySeconds', { s })
  if (s === 0) return wordIn(recordWords, language, 'onlyMinutes', { m })
  return wordIn(recordWords, language, 'minutesSeconds', { m, s })
}

/** A name that was erased leaves the seat's number, so that lines can still be told apart. */
const seatIn = (language: Language, names: Names, seatId: string): string => {
  const name = names[seatId]?.name
  if (name !== undefined && name !== '') return name
  return `${seatId.slice(-4)} ${wordIn(recordWords, language, 'erased')}`
}

const actorIn = (language: Language, names: Names, by: string): string => {
  if (by === 'hall') return wordIn(recordWords, language, 'byHall')
  if (by.startsWith('st_')) return seatIn(language, names, by)
  return names[by]?.name ?? wordIn(recordWords, language, 'byStaff')
}

const paramIn = (language: Language, names: Names, param: ChronicleParam): string | number => {
  if ('text' in param) return param.text
  if ('words' in param) return pick(param.words, language)
  if ('seat' in param) return seatIn(language, names, param.seat)
  if ('count' in param) return param.count
  if ('seconds' in param) return durationIn(language, param.seconds)
  return dateTimeIn(language, param.at)
}

export const lineIn = (language: Language, names: Names, { key, params }: ChronicleLine): string =>
  wordIn(
    chronicleWords,
    language,
    key,
    Object.fromEntries(
      Object.entries(params).map(([name, param]) => [name, paramIn(language, names, param)]),
    ),
  )

export interface Saying {
  readonly seat: (seatId: string) => string
  readonly actor: (by: string) => string
  readonly line: (line: ChronicleLine) => string
  readonly duration: (seconds: number) => string
}

export const useSaying = (names: Names): Saying => {
  const [language] = useLanguage()
  const seat = useCallback((seatId: string) => seatIn(language, names, seatId), [language, names])
  return useMemo(
    () => ({
      seat,
      actor: (by) => actorIn(language, names, by),
      line: (line) => lineIn(language, names, line),
      duration: (seconds) => durationIn(language, seconds),
    }),
    [language, names, seat],
  )
}
