// A process of `npm run sim`: plays the seeds that it is handed, a few at a time, and answers with what they visited.
import { MemoryDisk } from './memoryStore.ts'
import { playShare, type Share } from './share.ts'
import { Failure } from './simulation.ts'

const disk = await MemoryDisk.open()

process.on('message', (share: Share) => {
  playShare(share, disk).then(
    (visited) => process.send?.(visited),
    (fault: unknown) => {
      process.exitCode = 1
      const said = fault instanceof Failure ? fault.message : fault instanceof Error ? fault.stack : fault
      process.stderr.write(`${said}\n`)
      process.disconnect()
    },
  )
})
