// The big screen's view of a draft: live, never blank, at the place of work.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { caretAtEnd, waitForEditor, waitForState, waitForText } from './hands.ts'
import { type DraftHouse, lacksChromium, openDraftHouse } from './house.ts'

describe.skipIf(lacksChromium)('the mirror of a draft (needs Chromium: apt-get install chromium)', () => {
  let house: DraftHouse
  beforeAll(async () => {
    house = await openDraftHouse()
  })
  afterAll(() => house.close())

  const nobody = { name: '', actorId: '', token: '', seed: 0 }

  test('[DM1] follows the work over a long text, keeps it while the hall is down, and catches up', async () => {
    const place = house.seat(0, '章伟民')
    const context = await house.signIn(place.token)
    const page = await house.open(context, place)
    await waitForEditor(page)
    const screenContext = await house.signIn(house.seeded.screen.token, {
      viewport: { width: 1920, height: 1080 },
    })
    const screen = await house.open(screenContext, nobody, { view: 'mirror', size: 'screen' })
    await waitForEditor(screen)

    await caretAtEnd(page)
    for (let nth = 0; nth < 30; nth += 1) {
      await page.keyboard.press('Enter')
      await page.keyboard.insertText(`第${nth}款`)
    }
    await page.keyboard.type('末尾')
    await waitForState(page, 'saved')
    await waitForText(screen, '末尾')
    const isInView = (part: string) =>
      screen.waitForFunction((wanted) => {
        const block = [...document.querySelectorAll('.draft-text p, .draft-text h1')].find((each) =>
          each.textContent?.includes(wanted),
        )
        const box = block?.getBoundingClientRect()
        return box !== undefined && box.top > 0 && box.bottom < window.innerHeight
      }, part)
    await isInView('末尾')
    expect(
      await screen.evaluate(
        () => getComputedStyle(document.querySelector('.draft-text') as Element).fontSize,
      ),
    ).toBe('48.6px')

    await page.keyboard.press('Control+Home')
    await page.keyboard.type('首行')
    await isInView('首行')

    await house.killServer()
    await screen.waitForFunction(() => document.body.textContent?.includes('正在重新连接'))
    expect(await screen.locator('.draft-text').innerText()).toContain('末尾')
    await page.keyboard.type('断线时')
    await house.startServer()
    await waitForText(screen, '断线时')
    await screen.waitForFunction(() => document.body.textContent?.includes('正在重新连接') === false)
    await Promise.all([context.close(), screenContext.close()])
  })
})
