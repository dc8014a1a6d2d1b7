// Reads a picture by its bytes and keeps only what draws it: places, cameras, authors and whatever else was written
// beside the picture is left out, as is anything that follows its end. Nothing is decoded; what does not hold together
// is no picture.

export interface Picture {
  readonly mediaType: 'image/png' | 'image/jpeg' | 'image/webp'
  readonly width: number
  readonly height: number
  /** Without metadata. */
  readonly bytes: Buffer
}

/** Undefined for what is not a plain picture of one of the three kinds. */
export const readPicture = (bytes: Buffer): Picture | undefined => {
  try {
    if (bytes.subarray(0, 8).equals(pngMark)) return readPng(bytes)
    if (bytes.length > 4 && bytes[0] === 0xff && bytes[1] === 0xd8) return readJpeg(bytes)
    const isRiff = bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP'
    return isRiff ? readWebp(bytes) : undefined
  } catch (fault) {
    // Reading past the end of a torn file.
    if (fault instanceof RangeError) return undefined
    throw fault
  }
}

const pngMark = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** What draws the picture, and how bright. Colour profiles may name places and people, and browsers do without. */
const pngKept = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND', 'gAMA', 'sRGB'])

const readPng = (bytes: Buffer): Picture | undefined => {
  const kept: Buffer[] = [pngMark]
  let [width, height, hasPixels] = [0, 0, false]
  for (let at = 8; ; ) {
    const length = bytes.readUInt32BE(at)
    const kind = bytes.toString('latin1', at + 4, at + 8)
    const end = at + 12 + length
    if (end > bytes.length || !/^[A-Za-z]{4}$/.test(kind)) return undefined
    if (at === 8) {
      if (kind !== 'IHDR' || length !== 13) return undefined
      width = bytes.readUInt32BE(at + 8)
      height = bytes.readUInt32BE(at + 12)
    }
    if (pngKept.has(kind)) kept.push(bytes.subarray(at, end))
    if (kind === 'IDAT') hasPixels = true
    if (kind === 'IEND') break
    at = end
  }
  return hasPixels ? { mediaType: 'image/png', width, height, bytes: Buffer.concat(kept) } : undefined
}

const marker = {
  soi: 0xd8,
  eoi: 0xd9,
  sos: 0xda,
  app0: 0xe0,
  app14: 0xee,
  app15: 0xef,
  comment: 0xfe,
} as const

const isFrame = (kind: number): boolean =>
  kind >= 0xc0 && kind <= 0xcf && kind !== 0xc4 && kind !== 0xc8 && kind !== 0xcc
const isApplication = (kind: number): boolean => kind >= marker.app0 && kind <= marker.app15

/** The two application segments that tell how to draw: what JFIF and Adobe say of resolution and colours. */
const drawsJpeg = (kind: number, segment: Buffer): boolean => {
  if (kind === marker.app0) return segment.toString('latin1', 4, 9) === 'JFIF\0'
  return kind === marker.app14 && segment.toString('latin1', 4, 9) === 'Adobe'
}

const readJpeg = (bytes: Buffer): Picture | undefined => {
  const kept: Buffer[] = [bytes.subarray(0, 2)]
  let [width, height, hasPixels] = [0, 0, false]
  for (let at = 2; ; ) {
    if (bytes.readUInt8(at) !== 0xff) return undefined
    const kind = bytes.readUInt8(at + 1)
    if (kind === 0xff) {
      at += 1
      continue
    }
    if (kind === marker.eoi) {
      kept.push(bytes.subarray(at, at + 2))
      break
    }
    const length = bytes.readUInt16BE(at + 2)
    let end = at + 2 + length
    if (length < 2 || end > bytes.length) return undefined
    if (isFrame(kind)) {
      height = bytes.readUInt16BE(at + 5)
      width = bytes.readUInt16BE(at + 7)
    }
    if (kind === marker.sos) {
      end = endOfScan(bytes, end)
      hasPixels = true
    }
    const segment = bytes.subarray(at, end)
    const isAside = isApplication(kind) || kind === marker.comment
    if (!isAside || drawsJpeg(kind, segment)) kept.push(segment)
    at = end
  }
  const isWhole = hasPixels && width > 0
  return isWhole ? { mediaType: 'image/jpeg', width, height, bytes: Buffer.concat(kept) } : undefined
}

/** Pixels run on until a marker that is neither a stuffed byte nor a restart. */
const endOfScan = (bytes: Buffer, from: number): number => {
  for (let at = from; ; at += 1) {
    at = bytes.indexOf(0xff, at)
    if (at < 0) throw new RangeError('the scan has no end')
    const next = bytes.readUInt8(at + 1)
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at
  }
}

const webpKept = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH'])
/** Bits of VP8X: a colour profile, Exif, XMP. Animation is refused. */
const webpAside = 0x20 | 0x08 | 0x04
const webpMoves = 0x02

const readWebp = (bytes: Buffer): Picture | undefined => {
  const total = bytes.readUInt32LE(4) + 8
  if (total > bytes.length) return undefined
  const kept: Buffer[] = []
  let size: { width: number; height: number } | undefined
  let hasPixels = false
  for (let at = 12; at + 8 <= total; ) {
    const kind = bytes.toString('latin1', at, at + 4)
    const length = bytes.readUInt32LE(at + 4)
    const end = at + 8 + length
    if (end > total) return undefined
    const chunk = Buffer.from(bytes.subarray(at, end))
    if (kind === 'VP8X') {
      const flags = chunk.readUInt8(8)
      if ((flags & webpMoves) !== 0) return undefined
      chunk[8] = flags & ~webpAside
      size = { width: chunk.readUIntLE(12, 3) + 1, height: chunk.readUIntLE(15, 3) + 1 }
    } else if (kind === 'VP8 ') {
      size ??= { width: chunk.readUInt16LE(14) & 0x3fff, height: chunk.readUInt16LE(16) & 0x3fff }
      hasPixels = true
    } else if (kind === 'VP8L') {
      const packed = chunk.readUInt32LE(9)
      size ??= { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 }
      hasPixels = true
    }
    if (webpKept.has(kind)) kept.push(chunk, Buffer.alloc(length & 1))
    at = end + (length & 1)
  }
  if (!hasPixels || !size) return undefined
  const body = Buffer.concat([Buffer.from('WEBP', 'latin1'), ...kept])
  const head = Buffer.alloc(8)
  head.write('RIFF', 'latin1')
  head.writeUInt32LE(body.length, 4)
  return { mediaType: 'image/webp', ...size, bytes: Buffer.concat([head, body]) }
}
