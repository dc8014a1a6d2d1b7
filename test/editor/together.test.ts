// Many hands on one draft, in real browsers against the real hall: nothing typed is lost, doubled or falsely "saved".
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { editorWords } from '../../client/words/editor.ts'
import {
  caretAtEnd,
  converged,
  documentOf,
  saveStateOf,
  textOf,
  waitForEditor,
  waitForKept,
  waitForState,
  waitForText,
} from './hands.ts'
import { type DraftHouse, lacksChromium, openDraftHouse } from './house.ts'

declare global {
  interface Window {
    nextPicture: () => void
    changesByOthers: number
  }
}

/** Letters of which the seeded text has none, so that whose they are is seen. */
const letters = ['甲子丑寅卯辰巳午未申酉戌亥', '乙竹兰菊荷桂杏柳枫松柏樟榆', '丙鸡鸭鹅牛羊马狗兔鱼虾蟹蚕']

describe.skipIf(lacksChromium)('a draft edited together (needs Chromium: apt-get install chromium)', () => {
  let house: DraftHouse
  beforeAll(async () => {
    house = await openDraftHouse()
  })
  afterAll(() => house.close())
  afterEach(() => Promise.all(house.browser.contexts().map((context) => context.close())))

  const enter = async (index: number, name: string, size?: 'phone') => {
    const place = house.seat(index, name)
    const context = await house.signIn(
      place.token,
      size === 'phone' ? { viewport: { width: 360, height: 740 } } : {},
    )
    const page = await house.open(context, place, size === 'phone' ? { size } : {})
    await waitForEditor(page)
    return { place, context, page }
  }

  test('[DE1] three people who type at once at one place: all get the same text, each one’s letters in order', async () => {
    const people = await Promise.all([enter(0, '章伟民'), enter(1, '沈丽华', 'phone'), enter(2, '周大为')])
    await Promise.all(
      people.map(async ({ page }, who) => {
        await caretAtEnd(page)
        await page.keyboard.type(letters[who] ?? '')
      }),
    )
    await Promise.all(people.map(({ page }) => waitForState(page, 'saved')))
    const text = await converged(
      people.map(({ page }) => page),
      (all) => [...letters.join('')].every((letter) => all.includes(letter)),
    )
    const typedBy = (who: number) => [...text].filter((letter) => letters[who]?.includes(letter)).join('')
    expect([0, 1, 2].map(typedBy)).toEqual(letters)
    const [first, ...others] = await Promise.all(people.map(({ page }) => documentOf(page)))
    for (const other of others) expect(other).toEqual(first)
  })

  test('[DE2] names of those editing are shown, and the flag at the caret bears the name', async () => {
    const writer = await enter(0, '章伟民')
    const reader = await enter(1, '沈丽华')
    await caretAtEnd(writer.page)
    await writer.page.keyboard.type('。')
    await reader.page.waitForFunction(() => document.querySelector('.draft-flag')?.textContent === '章伟民')
    await reader.page.waitForFunction(() =>
      document.querySelector('section')?.textContent?.includes('章伟民'),
    )
    await writer.context.close()
    await reader.page.waitForFunction(() => document.querySelector('.draft-flag') === null)
  })

  test('[DE3] undo takes back one’s own edits and leaves those of others', async () => {
    const one = await enter(0, '章伟民')
    const other = await enter(1, '沈丽华')
    await caretAtEnd(one.page)
    await one.page.keyboard.type('【甲的话】')
    await waitForText(other.page, '【甲的话】')
    await caretAtEnd(other.page)
    await other.page.keyboard.type('【乙的话】')
    await waitForText(one.page, '【乙的话】')
    await one.page.locator('[data-tool="undo"]').click()
    const text = await converged([one.page, other.page], (all) => !all.includes('【甲的话】'))
    expect(text).toContain('【乙的话】')
    await one.page.keyboard.press('Control+y')
    await converged([one.page, other.page], (all) => all.includes('【甲的话】'))
  })

  test('[DE4] edits made offline survive a closed tab and come home merged', async () => {
    const away = await enter(0, '章伟民')
    const here = await enter(1, '沈丽华')
    await waitForState(away.page, 'saved')
    away.context.setCut(true)
    await waitForState(away.page, 'offline')
    await caretAtEnd(away.page)
    await away.page.keyboard.type('〔离线写的〕')
    await waitForKept(away.page, 6)
    expect(await saveStateOf(away.page)).toBe('offline')
    await caretAtEnd(here.page)
    await here.page.keyboard.type('〔在线写的〕')
    await waitForState(here.page, 'saved')
    await away.page.close({ runBeforeUnload: true })

    away.context.setCut(false)
    const again = await house.open(away.context, away.place)
    await waitForText(again, '〔离线写的〕')
    await waitForText(again, '〔在线写的〕')
    await waitForState(again, 'saved')
    const text = await converged([again, here.page], (all) => all.includes('〔离线写的〕'))
    expect(text.split('〔离线写的〕').length - 1).toBe(1)
  })

  test('[DE5] what was shown as saved outlives kill -9 of the hall, and what was not is sent again', async () => {
    const one = await enter(0, '章伟民')
    await caretAtEnd(one.page)
    await one.page.keyboard.type('〔断电前〕')
    await waitForState(one.page, 'saved')
    await house.killServer()
    await waitForState(one.page, 'offline')
    await one.page.keyboard.type('〔断电中〕')
    await house.startServer()
    await waitForState(one.page, 'saved')
    const fresh = await enter(2, '周大为')
    await waitForText(fresh.page, '〔断电前〕')
    await waitForText(fresh.page, '〔断电中〕')
    expect(await textOf(fresh.page)).toBe(await textOf(one.page))
  })

  test('[DE6] one device, two people: what one wrote offline is not sent as the other', async () => {
    const shared = await enter(3, '先来的人')
    shared.context.setCut(true)
    await waitForState(shared.page, 'offline')
    await caretAtEnd(shared.page)
    await shared.page.keyboard.type('〔先来的人写的〕')
    await waitForKept(shared.page, 8)
    await shared.page.close()
    shared.context.setCut(false)
    const next = house.seat(4, '后来的人')
    await shared.context.request.post(`${house.url}/api/session`, { data: { token: next.token } })
    const page = await house.open(shared.context, next)
    await waitForState(page, 'saved')
    expect(await textOf(page)).not.toContain('〔先来的人写的〕')

    await shared.context.request.post(`${house.url}/api/session`, { data: { token: shared.place.token } })
    const back = await house.open(shared.context, shared.place)
    await waitForText(back, '〔先来的人写的〕')
    await waitForState(back, 'saved')
    // The one who was signed out by it is told so, and keeps what stood there.
    await waitForState(page, 'refused')
    const witness = await enter(6, '旁人')
    await waitForText(witness.page, '〔先来的人写的〕')
  })

  test('[DE7] a reader sees the text live, has no tools, and sends nothing', async () => {
    const writer = await enter(0, '章伟民')
    const place = house.seat(5, '列席的人')
    const context = await house.signIn(place.token)
    const page = await house.open(context, place, { mayEdit: false })
    await waitForState(page, 'readOnly')
    expect(await page.locator('[role="toolbar"]').count()).toBe(0)
    expect(await page.locator('.draft-text').getAttribute('contenteditable')).toBe('false')
    await caretAtEnd(writer.page)
    await writer.page.keyboard.type('〔给读者看〕')
    await waitForText(page, '〔给读者看〕')
    // Rights that come later: the same page may write.
    await page.evaluate(() => window.setMayEdit(true))
    await page.waitForSelector('[role="toolbar"]')
    await caretAtEnd(page)
    await page.keyboard.type('〔后来能写〕')
    await waitForState(page, 'saved')
    await waitForText(writer.page, '〔后来能写〕')
  })

  test('[DE8] an edit is called kept on this device when the device has it, and not before', async () => {
    const { context, page } = await enter(7, '写得快的人')
    await waitForState(page, 'saved')
    context.setCut(true)
    await waitForState(page, 'offline')
    // Another transaction on the same store, so that the draft's own writes must wait.
    const held = await page.evaluateHandle(async () => {
      const opening = indexedDB.open('yishiting.drafts')
      await new Promise((settle) => {
        opening.onsuccess = settle
      })
      const heads = opening.result.transaction(['heads', 'rows'], 'readwrite').objectStore('heads')
      const hold = { isHeld: true }
      const again = (): void => {
        if (hold.isHeld) heads.count().onsuccess = again
      }
      again()
      return hold
    })
    await caretAtEnd(page)
    await page.keyboard.type('〔慢〕')
    await page.waitForFunction(() =>
      document.querySelector('[data-testid="save-state"]')?.textContent?.includes('3'),
    )
    expect(await page.locator('[role="alert"]').textContent()).toBe(editorWords.zh.offlineNothing)
    await held.evaluate((hold) => {
      hold.isHeld = false
    })
    await waitForKept(page, 3)
  })

  test('[DE9] a burst of others’ letters is few changes of the page, and own letters wait for none of them', async () => {
    const lookMs = 100
    const writer = await enter(0, '章伟民')
    const place = house.seat(1, '沈丽华')
    const context = await house.signIn(place.token)
    // Pictures are drawn by hand here, and only then.
    await context.addInitScript(() => {
      const due: FrameRequestCallback[] = []
      window.requestAnimationFrame = (draw) => due.push(draw)
      window.nextPicture = () => {
        for (const draw of due.splice(0)) draw(performance.now())
      }
    })
    const page = await house.open(context, place)
    await waitForEditor(page)
    await waitForState(page, 'saved', lookMs)
    await page.evaluate(() => {
      window.changesByOthers = 0
      const { editor } = document.querySelector('.draft-text') as unknown as {
        editor: {
          on(event: 'transaction', hear: (it: { transaction: { docChanged: boolean } }) => void): void
        }
      }
      editor.on('transaction', ({ transaction }) => {
        if (transaction.docChanged) window.changesByOthers += 1
      })
    })
    const burst = '〔一二三四五六七八九十百千万亿兆甲乙丙丁戊己庚辛壬癸子丑寅卯辰〕'
    await caretAtEnd(writer.page)
    for (const letter of burst) await writer.page.keyboard.type(letter)
    await waitForState(writer.page, 'saved')
    expect(await textOf(page)).not.toContain('〔一')
    await page.waitForFunction(
      (wanted) => {
        window.nextPicture()
        return document.querySelector('.draft-text')?.textContent?.includes(wanted)
      },
      burst,
      { polling: lookMs },
    )
    expect(await page.evaluate(() => window.changesByOthers)).toBeLessThan(burst.length / 4)

    await writer.page.keyboard.type('〔后来〕')
    await waitForState(writer.page, 'saved')
    await caretAtEnd(page)
    await page.keyboard.type('〔自己的〕')
    await waitForText(page, '〔自己的〕', lookMs)
    await waitForState(page, 'saved', lookMs)
    expect(await textOf(page)).not.toContain('〔后来〕')
    // In the back a page gets no pictures; what waited for one is there at once, and what comes then comes too.
    await page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { value: true })
      document.dispatchEvent(new Event('visibilitychange'))
    })
    await waitForText(page, '〔后来〕', lookMs)
    await writer.page.keyboard.type('〔隐去后〕')
    await waitForText(page, '〔隐去后〕', lookMs)
    await converged([writer.page, page], (all) => all.includes('〔自己的〕'))
  })
})
