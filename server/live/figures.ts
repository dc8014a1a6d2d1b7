// What the hall tells Prometheus: connections, drafts, refusals, and how the process is.
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { RefusalCode } from '../../shared/kernel/refusals.ts'

interface Watched {
  readonly connections: () => number
  readonly drafts: () => object
}

export const openFigures = () => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'yishiting_' })
  const refusals = new Counter({
    name: 'yishiting_refusals_total',
    help: 'Refusals by door and code',
    labelNames: ['door', 'code'] as const,
    registers: [registry],
  })
  return {
    registry,
    refused: (door: string, code: RefusalCode): void => refusals.inc({ door, code }),
    watch: ({ connections, drafts }: Watched): void => {
      new Gauge({
        name: 'yishiting_live_connections',
        help: 'Open live connections',
        registers: [registry],
        collect() {
          this.set(connections())
        },
      })
      new Gauge({
        name: 'yishiting_drafts',
        help: 'What the drafts door does, by figure',
        labelNames: ['figure'] as const,
        registers: [registry],
        collect() {
          for (const [figure, value] of Object.entries(drafts())) {
            if (typeof value === 'number') this.set({ figure }, value)
          }
        },
      })
    },
  }
}
