// A drafts door in a process of its own, to be killed: prints its port, serves the file it was given.
import { openHall } from './hall.ts'

const [file, port] = process.argv.slice(2)
const hall = await openHall(file ?? '', { port: Number(port ?? 0) })
process.stdout.write(`${hall.port}\n`)
