#!/usr/bin/env node
// `npx yishiting <command>`: the hall's commands by one name.
import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const commands = ['start', 'seed', 'demo', 'verify', 'count', 'backup', 'restore', 'migrate-store']
const [command, ...args] = process.argv.slice(2)

const usage = `usage: yishiting ${commands.join(' | ')}
  each says more with --help; settings are variables, which README.md lists
`
if (command === '--help' || command === '-h' || command === 'help') {
  process.stdout.write(usage)
  process.exit(0)
}
if (!command || !commands.includes(command)) {
  process.stderr.write(usage)
  process.exit(2)
}
const program =
  command === 'start'
    ? [join(here, 'start.mjs')]
    : ['--import', import.meta.resolve('tsx'), join(here, `${command.replace('-s', 'S')}.ts`)]
spawn(process.execPath, [...program, ...args], { stdio: 'inherit' }).on('exit', (code) =>
  process.exit(code ?? 1),
)
