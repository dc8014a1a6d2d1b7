import { storeContract } from '../store/contract.ts'
import { MemoryDisk } from './memoryStore.ts'

storeContract('memory', async () => {
  const disk = await MemoryDisk.open()
  return { store: disk.connect(), reopen: async () => disk.connect() }
})
