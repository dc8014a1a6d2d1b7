// /healthz, /readyz, /metrics, and what is counted of every request. Addresses are counted by route, never as typed:
// a card's address holds its secret.
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import type { Bus, BusStatus, Store } from '../ports.ts'
import { countRefusal } from './answers.ts'
import type { App } from './deps.ts'

/** Shared by the doors: whoever comes first makes it. */
const refusalCounter = (registry: Registry): Counter<'door' | 'code'> => {
  const name = 'yishiting_refusals_total'
  const known = registry.getSingleMetric(name)
  if (known) return known as Counter<'door' | 'code'>
  return new Counter({
    name,
    help: 'Refusals by door and code',
    labelNames: ['door', 'code'],
    registers: [registry],
  })
}

/** A store that is frozen answers nothing: whoever asks is not kept waiting for it. */
const storeAnswerMsMax = 2_000

interface Watched {
  readonly store: Store
  readonly bus: Bus
  readonly registry: Registry
  readonly isDraining?: () => boolean
}

/** What a balancer and an operator are told. Without its bus a node is slower and just as right, and so ready. */
interface Readiness {
  readonly ok: boolean
  readonly store: 'up' | 'down'
  readonly bus: BusStatus
  readonly draining: boolean
}

const openReadiness =
  ({ store, bus, isDraining }: Watched) =>
  async (): Promise<Readiness> => {
    let timer: NodeJS.Timeout | undefined
    const tooLate = new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), storeAnswerMsMax)
    })
    const answers = store.ping().then(
      () => true,
      () => false,
    )
    const isUp = await Promise.race([answers, tooLate])
    clearTimeout(timer)
    const draining = isDraining?.() ?? false
    return { ok: isUp && !draining, store: isUp ? 'up' : 'down', bus: bus.status(), draining }
  }

const gauges = (registry: Registry, readiness: () => Promise<Readiness>): void => {
  new Gauge({
    name: 'yishiting_store_up',
    help: '1 while the store answers',
    registers: [registry],
    async collect() {
      this.set((await readiness()).store === 'up' ? 1 : 0)
    },
  })
  new Gauge({
    name: 'yishiting_bus_up',
    help: '1 while hints travel between nodes, 0 while nodes follow the store instead',
    registers: [registry],
    async collect() {
      this.set((await readiness()).bus === 'up' ? 1 : 0)
    },
  })
}

export const figures = (app: App, watched: Watched): void => {
  const { registry } = watched
  const readiness = openReadiness(watched)
  gauges(registry, readiness)
  const seconds = new Histogram({
    name: 'yishiting_http_request_seconds',
    help: 'Time to answer a request, by method, route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10],
    registers: [registry],
  })
  const refusals = refusalCounter(registry)

  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    const status = String(reply.statusCode)
    seconds.observe({ method: request.method, route, status }, reply.elapsedTime / 1000)
    countRefusal(refusals, reply)
    request.log.debug(
      { method: request.method, route, status, ms: Math.round(reply.elapsedTime) },
      'answered',
    )
  })

  const hide = { schema: { hide: true } }
  app.get('/healthz', hide, async () => ({ ok: true }))
  app.get('/readyz', hide, async (request, reply) => {
    const ready = await readiness()
    if (ready.store === 'down') request.log.error('the store does not answer')
    return reply.code(ready.ok ? 200 : 503).send(ready)
  })
  app.get('/metrics', hide, async (_request, reply) => {
    reply.header('content-type', registry.contentType)
    return registry.metrics()
  })
}
