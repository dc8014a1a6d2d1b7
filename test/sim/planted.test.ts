// The simulation is worth what it finds: each planted bug, in a copy of the hall, within so many meetings.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { planted } from './planted.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const runsMost = 2_000

let copy: string
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'yishiting-planted-'))
  for (const part of ['server', 'shared', 'client', 'test', 'package.json', 'tsconfig.json'])
    cpSync(join(root, part), join(copy, part), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
})
afterAll(() => rmSync(copy, { recursive: true, force: true }))

const play = (seed: number, runs: number) => {
  const args = ['--import', 'tsx', 'test/sim/run.ts', '--seed', String(seed), '--runs', String(runs)]
  return spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8' })
}

test('the copy plays as well as what it was copied from', () => {
  expect(play(1, 3)).toMatchObject({ status: 0 })
})

test.each(planted)(
  'it is found when $name',
  ({ file, right, wrong, seed = 1 }) => {
    const path = join(copy, file)
    const text = readFileSync(path, 'utf8')
    expect(text.split(right)).toHaveLength(2)
    writeFileSync(
      path,
      text.replace(right, () => wrong),
    )
    try {
      expect(play(seed, runsMost).stderr).toMatch(/npm run sim -- --seed \d+ tells it again/)
    } finally {
      writeFileSync(path, text)
    }
  },
  240_000,
)
