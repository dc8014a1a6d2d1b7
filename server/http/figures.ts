// /healthz, /readyz, /metrics, and what is counted of every request. Addresses are counted by route, never as typed:
// a card's address holds its secret.
import { Counter, Histogram, type Registry } from 'prom-client'
import type { Store } from '../ports.ts'
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

export const figures = (app: App, { store, registry }: { store: Store; registry: Registry }): void => {
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
    try {
      await store.ping()
      return { ok: true }
    } catch (fault) {
      request.log.error({ err: fault }, 'the store does not answer')
      return reply.code(503).send({ ok: false })
    }
  })
  app.get('/metrics', hide, async (_request, reply) => {
    reply.header('content-type', registry.contentType)
    return registry.metrics()
  })
}
