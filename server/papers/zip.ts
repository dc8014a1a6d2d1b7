// Opening a zip file that nobody has vouched for: every entry is measured while it is unpacked, and what is handed on
// is packed anew, so that no reader behind meets a header that lies.
import { crc32, inflateRawSync } from 'node:zlib'

export type Entries = ReadonlyMap<string, Buffer>

const endMark = 0x06054b50
const directoryMark = 0x02014b50
const localMark = 0x04034b50
const entriesMax = 2_000

/** `null` for what is no zip file, is damaged, is encrypted, or unpacks to more than `bytesMax`. */
export const unzip = (zip: Buffer, wants: (name: string) => boolean, bytesMax: number): Entries | null => {
  try {
    return readEntries(zip, wants, bytesMax)
  } catch {
    return null
  }
}

const readEntries = (zip: Buffer, wants: (name: string) => boolean, bytesMax: number): Entries | null => {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end < 0 || zip.readUInt32LE(end) !== endMark) return null
  const count = zip.readUInt16LE(end + 10)
  if (count > entriesMax) return null
  const entries = new Map<string, Buffer>()
  let at = zip.readUInt32LE(end + 16)
  let left = bytesMax
  for (let i = 0; i < count; i += 1) {
    if (zip.readUInt32LE(at) !== directoryMark) return null
    const nameBytes = zip.readUInt16LE(at + 28)
    const name = zip.toString('utf8', at + 46, at + 46 + nameBytes).replaceAll('\\', '/')
    if (wants(name)) {
      const content = readEntry(zip, at, left)
      if (!content) return null
      left -= content.length
      entries.set(name, content)
    }
    at += 46 + nameBytes + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return entries
}

const readEntry = (zip: Buffer, at: number, bytesMax: number): Buffer | null => {
  const isEncrypted = (zip.readUInt16LE(at + 8) & 1) !== 0
  const method = zip.readUInt16LE(at + 10)
  const packed = zip.readUInt32LE(at + 20)
  const local = zip.readUInt32LE(at + 42)
  if (isEncrypted || zip.readUInt32LE(local) !== localMark) return null
  const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
  const bytes = zip.subarray(from, from + packed)
  if (bytes.length !== packed) return null
  if (method === 0) return bytes.length <= bytesMax ? bytes : null
  // Throws when it would grow beyond the bound, whatever size the headers claim.
  return method === 8 ? inflateRawSync(bytes, { maxOutputLength: Math.max(1, bytesMax) }) : null
}

/** Packs without compression. */
export const zip = (entries: Entries): Buffer => {
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, content] of entries) {
    const nameBytes = Buffer.from(name)
    const sums = Buffer.alloc(12)
    sums.writeUInt32LE(crc32(content), 0)
    sums.writeUInt32LE(content.length, 4)
    sums.writeUInt32LE(content.length, 8)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(localMark, 0)
    local.writeUInt16LE(20, 4)
    local.writeUInt16LE(0x0800, 6)
    sums.copy(local, 14)
    local.writeUInt16LE(nameBytes.length, 26)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(directoryMark, 0)
    central.writeUInt16LE(20, 4)
    central.writeUInt16LE(20, 6)
    central.writeUInt16LE(0x0800, 8)
    sums.copy(central, 16)
    central.writeUInt16LE(nameBytes.length, 28)
    central.writeUInt32LE(offset, 42)
    files.push(local, nameBytes, content)
    directory.push(central, nameBytes)
    offset += local.length + nameBytes.length + content.length
  }
  const directoryBytes = directory.reduce((sum, { length }) => sum + length, 0)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(endMark, 0)
  end.writeUInt16LE(entries.size, 8)
  end.writeUInt16LE(entries.size, 10)
  end.writeUInt32LE(directoryBytes, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...files, ...directory, end])
}
