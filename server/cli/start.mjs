// `npm start`: builds what is missing or older than its sources, then runs the built hall.
import { pathToFileURL } from 'node:url'
import { builtClient, builtServer } from './built.mjs'

const [asked] = process.argv.slice(2)
if (asked !== undefined) {
  const isHelp = asked === '--help' || asked === '-h'
  const usage =
    'usage: yishiting start\n  serves the hall; settings are variables such as PORT=8080, which README.md lists\n'
  process[isHelp ? 'stdout' : 'stderr'].write(isHelp ? usage : `${asked} is no option\n${usage}`)
  process.exit(isHelp ? 0 : 2)
}
builtClient()
await import(pathToFileURL(builtServer()).href)
