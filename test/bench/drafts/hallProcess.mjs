// Runs the built hall and prints its port in a line of its own, as the other measured servers do.
import { pathToFileURL } from 'node:url'

const [, , main] = process.argv
const write = process.stdout.write.bind(process.stdout)
let hasSaid = false
process.stdout.write = (_text, ...rest) => {
  // Its greeting comes when it listens.
  if (hasSaid) return true
  hasSaid = true
  return write(`${process.env.PORT}\n`, ...rest)
}
await import(pathToFileURL(main).href)
