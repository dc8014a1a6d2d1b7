// `npm run check`: format, lint and import direction, types, unused code, file sizes, and what the client weighs.
import { spawnSync } from 'node:child_process'
import { bundleReport } from './bundle.ts'
import { longFiles } from './files.ts'

interface Check {
  readonly name: string
  /** What is wrong, a line each; empty when all is well. */
  readonly run: () => string[]
}

const command =
  (...args: string[]) =>
  (): string[] => {
    const { status, stdout, stderr } = spawnSync('npx', ['--no-install', ...args], {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    })
    return status === 0 ? [] : [`${stdout}\n${stderr}`.trim()]
  }

const checks: Check[] = [
  {
    name: 'format, lint and import direction',
    run: command('biome', 'check', '--diagnostic-level=warn', '.'),
  },
  { name: 'types', run: command('tsc', '--noEmit', '-p', '.') },
  { name: 'unused code', run: command('knip', '--no-progress') },
  { name: 'file sizes', run: longFiles },
  { name: 'client build', run: command('vite', 'build', '--logLevel', 'warn') },
  { name: 'server build', run: command('vite', 'build', '--ssr', '--logLevel', 'warn') },
  { name: 'client weight', run: bundleReport },
]

let failed = 0
for (const { name, run } of checks) {
  const started = Date.now()
  const problems = run()
  const seconds = ((Date.now() - started) / 1_000).toFixed(1)
  process.stdout.write(`${problems.length === 0 ? 'ok  ' : 'BAD '} ${name} (${seconds} s)\n`)
  for (const problem of problems) process.stdout.write(`${problem}\n`)
  if (problems.length > 0) failed += 1
}
process.exitCode = failed === 0 ? 0 : 1
