// A file of this many lines wants to be two.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const linesMax = 350

export const longFiles = (): string[] => {
  const { stdout } = spawnSync(
    'git',
    ['ls-files', '-co', '--exclude-standard', 'server', 'client', 'shared', 'test'],
    {
      encoding: 'utf8',
    },
  )
  return stdout
    .split('\n')
    .filter((file) => /\.(tsx?|mjs|css)$/.test(file))
    .flatMap((file) => {
      const lines = readFileSync(file, 'utf8').split('\n').length
      return lines > linesMax ? [`  ${file}: ${lines} lines, more than ${linesMax}`] : []
    })
}
