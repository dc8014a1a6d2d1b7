// Builds what is missing or older than its sources.
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

const build = (what, built, sources, args) => {
  const file = join(root, built)
  const hasSources = existsSync(join(root, 'client')) && existsSync(vite)
  if (!hasSources || !isStale(file, sources)) return file
  process.stderr.write(`building the ${what}…\n`)
  const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn', ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (status !== 0) throw new Error(`the ${what} could not be built`)
  return file
}

/** @returns {string} the folder of the built client */
export const builtClient = () => dirname(build('client', 'dist/client/index.html', ['client', 'shared'], []))

/** @returns {string} the script of the built server */
export const builtServer = () => build('server', 'dist/server/main.js', ['server', 'shared'], ['--ssr'])
