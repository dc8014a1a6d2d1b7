// `npm start`: builds what is missing or older than its sources, then runs the built hall.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const vite = join(root, 'node_modules/vite/bin/vite.js')

const newest = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce(
      (latest, entry) => Math.max(latest, statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs),
      0,
    )

const isStale = (built, sources) =>
  !existsSync(built) || sources.some((folder) => newest(join(root, folder)) > statSync(built).mtimeMs)

const build = (what, args) => {
  process.stdout.write(`building the ${what}…\n`)
  const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn', ...args], {
    cwd: root,
    stdio: 'inherit',
  })
  if (status !== 0) process.exit(status ?? 1)
}

const hasSources = existsSync(join(root, 'client')) && existsSync(vite)
if (hasSources && isStale(join(root, 'dist/client/index.html'), ['client', 'shared'])) build('client', [])
if (hasSources && isStale(join(root, 'dist/server/main.js'), ['server', 'shared'])) build('server', ['--ssr'])

await import(join(root, 'dist/server/main.js'))
