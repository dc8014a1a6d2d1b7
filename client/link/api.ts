// Owns the way to the REST API. Never throws: whatever goes wrong on the way is an answer with a refusal.
import { type RefusalCode, refusalCodes } from '../../shared/kernel/refusals.ts'
import type { Refusal, RefusalDetail } from '../../shared/kernel/result.ts'
import type { Answer } from '../../shared/wire/live.ts'

const answerTimeoutMs = 20_000

const refused = (code: RefusalCode, detail?: RefusalDetail): Answer<never> => ({
  ok: false,
  refusal: detail === undefined ? { code } : { code, detail },
})

const knownCodes: ReadonlySet<string> = new Set(refusalCodes)

const isRecord = (it: unknown): it is Readonly<Record<string, unknown>> =>
  typeof it === 'object' && it !== null

/** The refusal in a failed answer's body; a proxy's error page has none, and then the hall was not reached. */
const refusalIn = (body: unknown): Refusal => {
  if (!isRecord(body) || !isRecord(body.refusal)) return { code: 'unreachable' }
  const { code, detail } = body.refusal
  if (typeof code !== 'string' || !knownCodes.has(code)) return { code: 'unreachable' }
  return isRecord(detail)
    ? { code: code as RefusalCode, detail: detail as RefusalDetail }
    : { code: code as RefusalCode }
}

const parsed = (text: string): unknown => {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const answerOf = <T>(status: number, text: string): Answer<T> => {
  const body = parsed(text)
  if (status < 200 || status >= 300) return { ok: false, refusal: refusalIn(body) }
  // A captive portal answers 200 with its own page: that is not the hall.
  if (body === undefined && text !== '') return refused('unreachable')
  return { ok: true, value: body as T }
}

const ask = async <T>(method: string, path: string, body?: unknown): Promise<Answer<T>> => {
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(), answerTimeoutMs)
  try {
    const response = await fetch(path, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      signal: abort.signal,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return answerOf<T>(response.status, await response.text())
  } catch {
    return refused('unreachable')
  } finally {
    clearTimeout(timer)
  }
}

export const get = <T>(path: string): Promise<Answer<T>> => ask<T>('GET', path)

export const post = <T>(path: string, body: unknown = {}): Promise<Answer<T>> => ask<T>('POST', path, body)

export const remove = <T = undefined>(path: string): Promise<Answer<T>> => ask<T>('DELETE', path)

/** One file as multipart field `file`. `onProgress` is told the share sent, 0 to 1. */
export const upload = <T>(
  path: string,
  file: File,
  onProgress: (share: number) => void = () => {},
): Promise<Answer<T>> =>
  new Promise((settle) => {
    const request = new XMLHttpRequest()
    const form = new FormData()
    form.append('file', file)
    request.open('POST', path)
    request.upload.onprogress = (progress) => {
      if (progress.lengthComputable && progress.total > 0) onProgress(progress.loaded / progress.total)
    }
    request.onload = () => settle(answerOf<T>(request.status, request.responseText))
    request.onerror = () => settle(refused('unreachable'))
    request.onabort = () => settle(refused('unreachable'))
    request.send(form)
  })
