// The words of every face, in zh-CN and English: how they are declared, read, and in which language.
import { useCallback, useSyncExternalStore } from 'react'

export type Language = 'zh' | 'en'
export type Params = Readonly<Record<string, string | number>>

/** Areas declare Chinese first; English has the same keys, and may add `key_one` where a count of one reads otherwise. */
type English<K extends string> = Readonly<Record<K, string>> & Partial<Readonly<Record<`${K}_one`, string>>>

export interface WordsHandle<K extends string> {
  readonly area: string
  readonly zh: Readonly<Record<K, string>>
  readonly en: English<K>
}

const storageKey = 'yst.language'
const languages: readonly Language[] = ['zh', 'en']

const isLanguage = (value: unknown): value is Language => languages.some((language) => language === value)

/** The address asks first, then what this device chose before, then what its system speaks. */
const firstLanguage = (): Language => {
  if (typeof window === 'undefined') return 'zh'
  const asked = new URLSearchParams(window.location.search).get('lang')
  if (isLanguage(asked)) return asked
  const kept = readKept()
  if (kept !== null) return kept
  return window.navigator.language.toLowerCase().startsWith('zh') || window.navigator.language === ''
    ? 'zh'
    : 'en'
}

/** Storage may be forbidden, as in a private window; then the choice lasts as long as the page. */
const readKept = (): Language | null => {
  try {
    const kept = window.localStorage.getItem(storageKey)
    return isLanguage(kept) ? kept : null
  } catch {
    return null
  }
}

let language = firstLanguage()
const listeners = new Set<() => void>()

export const currentLanguage = (): Language => language

const markPage = (): void => {
  if (typeof document !== 'undefined') document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
}
markPage()

export const setLanguage = (next: Language): void => {
  language = next
  try {
    window.localStorage.setItem(storageKey, next)
  } catch {
    // the choice lasts as long as the page
  }
  markPage()
  for (const listener of listeners) listener()
}

export const defineWords = <K extends string>(
  area: string,
  texts: { readonly zh: Readonly<Record<K, string>>; readonly en: English<NoInfer<K>> },
): WordsHandle<K> => ({ area, ...texts })

/** The wording for one, where English has one and `count` asks for it. */
const singular = <K extends string>({ en }: WordsHandle<K>, key: K, params?: Params): string | undefined => {
  if (params?.count !== 1) return undefined
  return (en as Readonly<Record<string, string | undefined>>)[`${key}_one`]
}

const hole = /\{\{(\w+)\}\}/g

/** Words of an area in a language, outside of React. `count` chooses the plural form. */
export const wordIn = <K extends string>(
  handle: WordsHandle<K>,
  inLanguage: Language,
  key: K,
  params?: Params,
): string => {
  const text =
    (inLanguage === 'en' ? (singular(handle, key, params) ?? handle.en[key]) : handle.zh[key]) ?? key
  // one pass, so that a name which looks like a hole stays a name
  return params === undefined ? text : text.replace(hole, (as, name: string) => String(params[name] ?? as))
}

const listen = (changed: () => void): (() => void) => {
  listeners.add(changed)
  return () => listeners.delete(changed)
}

export const useLanguage = (): readonly [Language, (language: Language) => void] => [
  useSyncExternalStore(listen, currentLanguage, currentLanguage),
  setLanguage,
]

export const useWords = <K extends string>(handle: WordsHandle<K>): ((key: K, params?: Params) => string) => {
  const [inLanguage] = useLanguage()
  return useCallback((key, params) => wordIn(handle, inLanguage, key, params), [handle, inLanguage])
}

/** The one of two wordings for a language; Chinese stands in where the English was left empty. */
export const pick = (texts: { readonly zh: string; readonly en: string }, inLanguage: Language): string =>
  inLanguage === 'en' && texts.en !== '' ? texts.en : texts.zh
