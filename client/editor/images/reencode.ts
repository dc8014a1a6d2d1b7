// Draws a picture anew, small enough for a draft and with nothing beside its pixels: where a photo was taken and by
// what stays on the device. Works on plain http.
import { limits } from '../../../shared/kernel/limits.ts'

const sideMax = 1_600
/** Small enough that a hall full of phones on one access point can fetch it. */
const bytesWanted = 500 * 1024
const qualities = [0.82, 0.7, 0.55] as const
const shrink = 0.7
const roundsMax = 4

export type PictureTrouble = 'unreadable' | 'tooBig'

export const reencode = async (file: Blob): Promise<Blob | PictureTrouble> => {
  const drawn = await decode(file)
  if (drawn === null) return 'unreadable'
  try {
    let scale = Math.min(1, sideMax / Math.max(drawn.width, drawn.height))
    let smallest: Blob | null = null
    for (let round = 0; round < roundsMax; round += 1) {
      const canvas = paint(drawn, scale)
      if (canvas === null) return 'unreadable'
      for (const quality of qualities) {
        const blob = await encode(canvas, quality)
        if (blob === null) return 'unreadable'
        if (smallest === null || blob.size < smallest.size) smallest = blob
        if (blob.size <= bytesWanted) return blob
      }
      scale *= shrink
    }
    return smallest !== null && smallest.size <= limits.uploadBytesMax ? smallest : 'tooBig'
  } finally {
    drawn.done()
  }
}

interface Drawn {
  readonly width: number
  readonly height: number
  readonly source: CanvasImageSource
  readonly done: () => void
}

/** Browsers of a few years ago draw from an element, newer ones from a bitmap; both turn it the right way up. */
const decode = async (file: Blob): Promise<Drawn | null> => {
  const url = URL.createObjectURL(file)
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    const { naturalWidth: width, naturalHeight: height } = image
    if (width < 1 || height < 1) throw new Error('nothing to draw')
    return { width, height, source: image, done: () => URL.revokeObjectURL(url) }
  } catch {
    // Not a picture that this browser knows.
    URL.revokeObjectURL(url)
    return null
  }
}

const paint = ({ width, height, source }: Drawn, scale: number): HTMLCanvasElement | null => {
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(width * scale))
  canvas.height = Math.max(1, Math.round(height * scale))
  const brush = canvas.getContext('2d')
  if (brush === null) return null
  // JPEG knows no transparency; paper is white.
  brush.fillStyle = '#fff'
  brush.fillRect(0, 0, canvas.width, canvas.height)
  brush.drawImage(source, 0, 0, canvas.width, canvas.height)
  return canvas
}

const encode = async (canvas: HTMLCanvasElement, quality: number): Promise<Blob | null> => {
  const as = (type: string): Promise<Blob | null> =>
    new Promise((settle) => canvas.toBlob(settle, type, quality))
  const webp = await as('image/webp')
  // A browser that cannot write it gives PNG instead.
  return webp?.type === 'image/webp' ? webp : as('image/jpeg')
}
