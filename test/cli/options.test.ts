import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const run = (file: string, ...args: string[]) =>
  spawnSync(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(new URL(`../../${file}`, import.meta.url)), ...args],
    {
      encoding: 'utf8',
    },
  )

test.each([
  ['test/sim/run.ts', '--seeds', 'npm run sim'],
  ['test/drafts/random/run.ts', '--seeds', 'npm run sim:drafts'],
  ['server/cli/seed.ts', '--seat', 'yishiting seed'],
  ['server/cli/backup.ts', '--from', 'yishiting backup'],
])('%s refuses %s, which it does not know, and says how it is called', (file, option, usage) => {
  const { status, stderr, stdout } = run(file, option, '3')
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toMatch(new RegExp(`^Unknown option '${option}'.*\nusage: ${usage} .*\n$`))
})

test.each(['x', '0', '1.5', '', '-1'])('a simulation runs no "%s" times', (runs) => {
  const { status, stderr } = run('test/sim/run.ts', `--runs=${runs}`)
  expect(status).toBe(2)
  expect(stderr).toContain('--runs takes a whole number from 1')
})
