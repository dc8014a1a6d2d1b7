// `npm run verify FILE` and `npx yishiting verify FILE`: what they say, and the exit code that scripts rely on.
import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exported } from './exported.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const file = exported()
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yishiting-verify-'))
  await writeFile(join(folder, 'whole.json'), JSON.stringify(file))
  const events = file.events.map((event, i) => (i === 4 ? { ...event, at: event.at + 1 } : event))
  await writeFile(join(folder, 'changed.json'), JSON.stringify({ ...file, events }))
  await writeFile(join(folder, 'broken.json'), '{"format":')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const run = (command: string, ...args: readonly string[]) =>
  new Promise<{ code: number | null; out: string; error: string }>((resolve, reject) => {
    const child = spawn(command, args, { cwd: root })
    let out = ''
    let error = ''
    child.stdout.on('data', (text: Buffer) => {
      out += text.toString()
    })
    child.stderr.on('data', (text: Buffer) => {
      error += text.toString()
    })
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, out, error }))
  })

const ways = {
  'npm run verify': (...args: string[]) => run('npm', 'run', '--silent', 'verify', '--', ...args),
  'yishiting verify': (...args: string[]) =>
    run(process.execPath, 'server/cli/yishiting.mjs', 'verify', ...args),
}

describe.each(Object.entries(ways))('%s', (_, verify) => {
  test('ends with 0 on a whole record and prints its head', async () => {
    const { code, out } = await verify(join(folder, 'whole.json'))
    expect(code).toBe(0)
    expect(out).toContain(`${file.events.length} events, 1 frozen texts`)
    expect(out).toContain(file.events.at(-1)?.hash)
  })

  test('ends with 1 on a changed one and names the event', async () => {
    const { code, out, error } = await verify(join(folder, 'changed.json'))
    expect([code, out]).toEqual([1, ''])
    expect(error).toContain('broken at event 5')
  })

  test('ends with 2 on what it cannot read', async () => {
    const [unparsable, missing, none] = await Promise.all([
      verify(join(folder, 'broken.json')),
      verify(join(folder, 'nowhere.json')),
      verify(),
    ])
    expect([unparsable.code, missing.code, none.code]).toEqual([2, 2, 2])
    expect(none.error).toContain('usage')
  })
})
