// Figures of a measurement: percentiles, the machine, and what the server says of itself.
import { cpus, totalmem } from 'node:os'

export interface Spread {
  readonly n: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly max: number
}

export const spread = (values: readonly number[]): Spread => {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return { n: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: sorted.at(-1) ?? 0 }
}

const column = (value: number): string => value.toFixed(1).padStart(9)

export const spreadLine = (name: string, values: readonly number[]): string => {
  const { n, p50, p95, p99, max } = spread(values)
  return `  ${name.padEnd(26)}${String(n).padStart(6)}${[p50, p95, p99, max].map(column).join('')}`
}

export const spreadHead = `  ${'milliseconds'.padEnd(26)}${'n'.padStart(6)}${['p50', 'p95', 'p99', 'max']
  .map((name) => name.padStart(9))
  .join('')}`

export const machine = (): string => {
  const cores = cpus()
  const memory = (totalmem() / 2 ** 30).toFixed(1)
  return `${cores.length} cores, ${cores[0]?.model ?? 'unknown'}, ${memory} GiB, node ${process.version}, ${process.platform}`
}

export interface ServerFigures {
  readonly rssBytes: number
  readonly cpuSeconds: number
  readonly loopP99Ms: number
}

/** From `/metrics`, so that it works on every platform. */
export const serverFigures = async (url: string): Promise<ServerFigures> => {
  const text = await (await fetch(`${url}/metrics`)).text()
  const figure = (name: string): number =>
    Number(new RegExp(`^yishiting_${name} (\\S+)`, 'm').exec(text)?.[1] ?? 0)
  return {
    rssBytes: figure('process_resident_memory_bytes'),
    cpuSeconds: figure('process_cpu_seconds_total'),
    loopP99Ms: figure('nodejs_eventloop_lag_p99_seconds') * 1_000,
  }
}
