// Starting the hall's programs from a command of the repository, and waiting until they answer.
import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'

const tryEveryMs = 150

export interface Program {
  readonly child: ChildProcess
  stop(): void
}

/** Runs a TypeScript file of the repository in a process of its own, with these additions to the environment. */
export const runFile = (
  file: string,
  args: readonly string[],
  env: Record<string, string>,
  watch = false,
): Program => {
  const flags = ['--import', 'tsx', ...(watch ? ['--watch', '--watch-preserve-output'] : [])]
  const child = spawn(process.execPath, [...flags, file, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return { child, stop: () => child.kill('SIGTERM') }
}

/** Everything that a program prints before it ends. */
export const outputOf = async (
  file: string,
  args: readonly string[],
  env: Record<string, string>,
): Promise<string> => {
  const { child } = runFile(file, args, env)
  let text = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    text += chunk.toString()
  })
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  if (code !== 0) throw new Error(`${file} ended with ${code}`)
  return text
}

export const answering = async (url: string, withinMs: number): Promise<void> => {
  const until = Date.now() + withinMs
  for (;;) {
    const answer = await fetch(url).catch(() => null)
    if (answer?.ok) return
    if (Date.now() > until) throw new Error(`${url} did not answer within ${withinMs} ms`)
    await pause(tryEveryMs)
  }
}
