// The built client for commands that run from source: built when it is not there yet.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** @returns the folder of the built client */
export const buildClient = (): string => {
  const folder = `${root}dist/client`
  if (existsSync(`${folder}/index.html`)) return folder
  process.stdout.write('building the client…\n')
  const { status } = spawnSync(
    process.execPath,
    [`${root}node_modules/vite/bin/vite.js`, 'build', '--logLevel', 'warn'],
    {
      cwd: root,
      stdio: 'inherit',
    },
  )
  if (status !== 0) throw new Error('the client could not be built')
  return folder
}
