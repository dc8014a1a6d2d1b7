// How often an address knocked, counted in Redis for all nodes together; while Redis is away, each node counts alone.
import { connectionTo } from './redisLine.ts'

const answerMsMax = 250
const unansweredMax = 500
/** Addresses counted here while Redis is away; the oldest leaves first. */
const countedMax = 5_000

/** Counts, and begins the time window with the first. */
const countUp = `
local n = redis.call('INCR', KEYS[1])
if n == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return { n, redis.call('PTTL', KEYS[1]) }`

interface Count {
  readonly current: number
  readonly ttl: number
}

const openOwnCounts = () => {
  const counts = new Map<string, { current: number; until: number }>()
  return (key: string, windowMs: number): Count => {
    const now = performance.now()
    const known = counts.get(key)
    const count = known && known.until > now ? known : { current: 0, until: now + windowMs }
    count.current += 1
    counts.delete(key)
    counts.set(key, count)
    const [oldest] = counts.keys()
    if (counts.size > countedMax && oldest !== undefined) counts.delete(oldest)
    return { current: count.current, ttl: Math.ceil(count.until - now) }
  }
}

interface RateOptions {
  readonly routeInfo?: { readonly method?: string | string[]; readonly url?: string }
}

interface RateStore {
  incr(key: string, callback: (fault: Error | null, count?: Count) => void, windowMs: number): void
  child(options: RateOptions): RateStore
}

export interface RedisRates {
  /** For `@fastify/rate-limit`, which makes one for itself and one for each route. */
  readonly Store: new (
    options?: RateOptions,
  ) => RateStore
  close(): void
}

export const openRedisRates = (url: string, prefix = 'yishiting:rate:'): RedisRates => {
  const client = connectionTo(url)
  client.connect().catch(() => {})
  const countHere = openOwnCounts()

  let unanswered = 0
  const count = async (key: string, windowMs: number): Promise<Count> => {
    if (!client.isReady || unanswered >= unansweredMax) return countHere(key, windowMs)
    let timer: NodeJS.Timeout | undefined
    const tooLate = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), answerMsMax)
    })
    unanswered += 1
    const asked = client
      .eval(countUp, { keys: [prefix + key], arguments: [String(windowMs)] })
      .catch(() => null)
      .finally(() => {
        unanswered -= 1
      })
    const answer = await Promise.race([asked, tooLate])
    clearTimeout(timer)
    if (!Array.isArray(answer)) return countHere(key, windowMs)
    return { current: Number(answer[0]), ttl: Number(answer[1]) }
  }

  class Counts implements RateStore {
    readonly #route: string
    constructor(options: RateOptions = {}) {
      const { method = '', url: path = '' } = options.routeInfo ?? {}
      this.#route = `${method} ${path} `
    }
    incr(key: string, callback: (fault: Error | null, count?: Count) => void, windowMs: number): void {
      count(this.#route + key, windowMs).then(
        (it) => callback(null, it),
        (fault: Error) => callback(fault),
      )
    }
    child(options: RateOptions): RateStore {
      return new Counts(options)
    }
  }
  return {
    Store: Counts,
    close: () => {
      if (client.isOpen) client.destroy()
    },
  }
}
