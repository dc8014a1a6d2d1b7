// Pictures: only what draws them is kept, anything else is refused, and they go out as nothing but pictures.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readPicture } from '../../server/uploads/picture.ts'
import { limits } from '../../shared/kernel/limits.ts'
import { seeded } from '../drafts/raw.ts'
import { openReviewHall, type ReviewHall } from './hall.ts'
import { exif, jpeg, png, remark, webp } from './pictures.ts'

describe('reading a picture', () => {
  test('[PI1] a plain picture of each kind is known with its size, and reading it again changes nothing', () => {
    for (const [bytes, mediaType] of [
      [png(20, 30), 'image/png'],
      [jpeg(20, 30), 'image/jpeg'],
      [webp(20, 30), 'image/webp'],
    ] as const) {
      const picture = readPicture(bytes)
      expect(picture).toMatchObject({ mediaType, width: 20, height: 30 })
      expect(readPicture(picture?.bytes ?? Buffer.alloc(0))?.bytes.equals(picture?.bytes ?? bytes)).toBe(true)
    }
    expect(readPicture(png(20, 30))?.bytes.equals(png(20, 30))).toBe(true)
    expect(readPicture(jpeg(20, 30))?.bytes.equals(jpeg(20, 30))).toBe(true)
  })

  test('[PI2] places, cameras and remarks are left out, and so is what follows the end', () => {
    const told = [
      png(4, 4, ['eXIf', 'GPSLatitude 30.36'], ['tEXt', 'by somebody']),
      jpeg(4, 4, [exif, remark]),
      webp(4, 4),
    ]
    for (const bytes of told) {
      const tailed = Buffer.concat([bytes, Buffer.from('<script>GPSLatitude</script>')])
      const kept = readPicture(tailed)?.bytes.toString('latin1') ?? 'unread'
      expect(kept).not.toMatch(/GPSLatitude|somebody|script|unread/)
    }
    // The picture no longer says that it holds what was left out.
    expect(readPicture(webp(4, 4))?.bytes[20]).toBe(0)
  })

  test('[PI3] what is torn, moving or no picture is refused, and nothing that is sent breaks the reader', () => {
    expect(readPicture(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toBeUndefined()
    expect(readPicture(Buffer.from('GIF89a......'))).toBeUndefined()
    expect(readPicture(webp(4, 4, 0x02))).toBeUndefined()
    const { below } = seeded('torn pictures')
    for (const whole of [png(9, 9, ['tEXt', 'x']), jpeg(9, 9, [exif]), webp(9, 9)]) {
      for (let cut = 0; cut < whole.length - 2; cut += 1)
        expect(readPicture(whole.subarray(0, cut))).toBeUndefined()
      for (let i = 0; i < 2_000; i += 1) {
        const odd = Buffer.from(whole)
        for (let n = 0; n < 3; n += 1) odd[below(odd.length)] = below(256)
        readPicture(odd)
      }
    }
  })
})

describe('pictures of a draft', () => {
  let here: ReviewHall
  beforeAll(async () => {
    here = await openReviewHall()
  })
  afterAll(() => here.close())

  const formOf = (bytes: Buffer, type = 'image/png'): FormData => {
    const form = new FormData()
    form.append('file', new Blob([new Uint8Array(bytes)], { type }), 'photo.png')
    return form
  }

  test('[PI4] a member’s picture is kept once and shown to all who may see the text, as a picture only', async () => {
    const { draftId } = here
    const [villager, screen] = [await here.seat(0), await here.screen()]
    const sent = await villager.ask(`${draftId}/pictures`, formOf(png(8, 6, ['eXIf', 'GPSLatitude'])))
    expect(sent.body).toMatchObject({ width: 8, height: 6 })
    const again = await villager.ask(`${draftId}/pictures`, formOf(png(8, 6)))
    expect(again.body.sha256).toBe(sent.body.sha256)
    const shown = await screen.ask(`../pictures/${sent.body.sha256}`)
    expect(shown.status).toBe(200)
    expect(shown.headers.get('content-type')).toBe('image/png')
    expect(shown.headers.get('x-content-type-options')).toBe('nosniff')
    expect(shown.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
    expect(shown.headers.get('cache-control')).toContain('immutable')
    expect((await screen.ask(`${draftId}/pictures`, formOf(png(8, 6)))).status).toBe(403)
    expect((await villager.ask(`../pictures/${'0'.repeat(64)}`)).status).toBe(404)
  })

  test('[PI5] a page in a picture’s clothes, a giant and a heavyweight are refused in words', async () => {
    const { draftId } = here
    const villager = await here.seat(1)
    const page = await villager.ask(`${draftId}/pictures`, formOf(Buffer.from('<html>'), 'image/png'))
    expect(page.body.refusal.code).toBe('pictureUnreadable')
    const giant = await villager.ask(`${draftId}/pictures`, formOf(png(limits.uploadSidePixelsMax + 1, 1)))
    expect(giant.body.refusal.code).toBe('tooLarge')
    const heavy = Buffer.concat([png(2, 2), Buffer.alloc(limits.uploadBytesMax)])
    expect((await villager.ask(`${draftId}/pictures`, formOf(heavy))).body.refusal.code).toBe('tooLarge')
  })
})
