// Pasting from word processors: structure stays, everything else goes; long documents neither freeze nor overflow.
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { converged, documentOf, paste, textOf, waitForEditor, waitForState, waitForText } from './hands.ts'
import { type DraftHouse, lacksChromium, openDraftHouse, type SignedIn } from './house.ts'

const longPage = (paragraphs: number): string =>
  `<html><body><div class=Section1>${Array.from({ length: paragraphs }, (_, nth) =>
    nth % 20 === 0
      ? `<h2>第${nth}节</h2>`
      : nth % 33 === 0
        ? `<table><tr><td>表${nth}</td><td>格</td></tr></table>`
        : `<p class=MsoNormal style="color:red">第${nth}段:${'村企民三方共同商定,经公示无异议后执行。'.repeat(4)}</p>`,
  ).join('\n')}</div></body></html>`

describe.skipIf(lacksChromium)('pasting into a draft (needs Chromium: apt-get install chromium)', () => {
  let house: DraftHouse
  let context: SignedIn
  let page: Page
  const asked: string[] = []

  beforeAll(async () => {
    house = await openDraftHouse()
    const place = house.seat(0, '章伟民')
    context = await house.signIn(place.token)
    context.on('request', (request) => asked.push(request.url()))
  })
  afterAll(() => house.close())
  beforeEach(async () => {
    page = await house.open(context, house.seat(0, '章伟民'))
    await waitForEditor(page)
    await page.locator('.draft-text').click({ position: { x: 5, y: 5 } })
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Delete')
    await waitForState(page, 'saved')
  })
  afterEach(() => page.close())

  test('[DE20] headings, lists, tables and bold stay; scripts, styles and pictures go', async () => {
    await paste(page, {
      'text/html': `<html><head><style>p{color:red}</style><title>标题不要</title></head><body>
        <h1>停车场办法</h1><h5>细目</h5><script>window.hacked = true</script>
        <p style="font-family:Comic Sans;color:red" onclick="window.hacked=true">收费<b>五元</b>每小时</p>
        <img src="${house.url}/stolen.png"><ul><li>甲</li><li>乙</li></ul><ol><li>一</li></ol>
        <table border=1><tr><th>项目</th><th>金额</th></tr><tr><td>道路</td><td>三万</td></tr></table>
        <a href="javascript:alert(1)">链接文字</a></body></html>`,
    })
    await waitForText(page, '链接文字')
    await page.getByText('1 张图片没有带过来').waitFor()
    const html = await page.evaluate(() => document.querySelector('.draft-text')?.innerHTML ?? '')
    expect(html).toContain('<h1>停车场办法</h1>')
    expect(html).toContain('<h3>细目</h3>')
    expect(html).toContain('<strong>五元</strong>')
    expect(html).toMatch(/<ul.*甲.*乙.*<\/ul>/)
    expect(html).toMatch(/<ol.*一.*<\/ol>/)
    expect(html).toMatch(/<th.*项目.*<\/th>/)
    expect(html).not.toMatch(/script|<img|onclick|javascript:|Comic|color|标题不要/)
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false)
    expect(asked.some((url) => url.includes('stolen'))).toBe(false)
  })

  test('[DE21] lists that Word writes as marked paragraphs become lists', async () => {
    const item = (level: number, mark: string, text: string) =>
      `<p class=MsoListParagraph style='mso-list:l0 level${level} lfo1'><![if !supportLists]><span style='mso-list:Ignore'>${mark}<span>&nbsp;&nbsp;</span></span><![endif]>${text}</p>`
    await paste(page, {
      'text/html': `<html><body><p>如下:</p>${item(1, '1.', '第一')}${item(2, '·', '细则')}${item(1, '2.', '第二')}<p>完。</p></body></html>`,
    })
    await waitForText(page, '完。')
    const html = await page.evaluate(() => document.querySelector('.draft-text')?.innerHTML ?? '')
    expect(html).toBe(
      '<p>如下:</p><ol><li><p>第一</p><ul><li><p>细则</p></li></ul></li><li><p>第二</p></li></ol><p>完。</p>',
    )
  })

  test('[DE22] a document of 200 pages goes in piece by piece with its progress, and one undo takes it out', async () => {
    await page.evaluate(() => {
      Object.assign(window, { sawProgress: false })
      new MutationObserver(() => {
        if (document.querySelector('progress') !== null) Object.assign(window, { sawProgress: true })
      }).observe(document.body, { childList: true, subtree: true })
    })
    await page.keyboard.type('前后')
    await page.keyboard.press('ArrowLeft')
    await paste(page, { 'text/html': longPage(2_400), 'text/plain': '' })
    await waitForText(page, '第2399段')
    await page.waitForFunction(() => document.querySelector('progress') === null)
    expect(await page.evaluate(() => 'sawProgress' in window && window.sawProgress)).toBe(true)
    const lines = (await textOf(page)).split('\n')
    expect(lines[0]).toBe('前')
    expect(lines[lines.length - 1]).toBe('后')
    const order = lines.flatMap((line) => /^第(\d+)段/.exec(line)?.[1] ?? []).map(Number)
    expect(order).toEqual([...order].sort((a, b) => a - b))
    expect(order).toHaveLength(new Set(order).size)
    await waitForState(page, 'saved')

    await page.locator('[data-tool="undo"]').click()
    await page.waitForFunction(() => document.querySelectorAll('.draft-text p').length < 3)
    expect((await textOf(page)).replace('\n', '')).toBe('前后')
    await page.locator('[data-tool="redo"]').click()
    await waitForText(page, '第2399段')
  })

  test('[DE23] others who write while a long document goes in disturb neither it nor themselves', async () => {
    const place = house.seat(1, '沈丽华')
    const other = await house.signIn(place.token)
    const otherPage = await house.open(other, place)
    await waitForEditor(otherPage)
    await page.keyboard.type('开头')
    await page.keyboard.press('Enter')
    await waitForText(otherPage, '开头')
    await otherPage.locator('.draft-text p').first().click()
    await paste(page, { 'text/html': longPage(1_000), 'text/plain': '' })
    await waitForText(otherPage, '第1段')
    await otherPage.keyboard.press('Home')
    await otherPage.keyboard.type('〔旁人〕')
    await waitForText(page, '第999段')
    const text = await converged(
      [page, otherPage],
      (all) => all.includes('第999段') && all.includes('〔旁人〕'),
    )
    const order = text
      .split('\n')
      .flatMap((line) => /^第(\d+)段/.exec(line)?.[1] ?? [])
      .map(Number)
    expect(order).toEqual([...order].sort((a, b) => a - b))
    expect(text.split('〔旁人〕')).toHaveLength(2)
    await other.close()
  })

  test('[DE24] what would not fit is refused in words, and nothing of it goes in', async () => {
    await page.keyboard.type('原文')
    const before = await documentOf(page)
    await paste(page, { 'text/plain': '满'.repeat(720_000) })
    await page.waitForFunction(() => document.body.textContent?.includes('没有粘贴'))
    expect(await documentOf(page)).toEqual(before)
  })
  test('[DE26] a long document pasted inside a list parts the list, and the caret stands behind what came', async () => {
    await paste(page, {
      'text/html':
        '<ul><li><p>甲</p><ul><li><p>甲之一</p></li><li><p>甲之二</p></li></ul></li><li><p>乙</p></li></ul>',
    })
    await waitForText(page, '乙')
    const itemsOf = () => page.locator('.draft-text li > p').allTextContents()
    await page.getByText('甲之一').click()
    await page.keyboard.press('End')
    await paste(page, { 'text/html': longPage(1_000), 'text/plain': '' })
    await waitForText(page, '第999段')
    await page.waitForFunction(() => document.querySelector('progress') === null)
    expect(await itemsOf()).toEqual(['甲', '甲之一', '甲之二', '乙'])
    expect(await page.locator('.draft-text > ul').count()).toBe(2)
    expect(await page.locator('.draft-text li h2').count()).toBe(0)
    await page.keyboard.type('〔接着写〕')
    await page.waitForFunction(() =>
      document.querySelector('.draft-text > p:nth-last-of-type(1)')?.textContent?.endsWith('〔接着写〕'),
    )
    await page.locator('[data-tool="undo"]').click()
    await page.locator('[data-tool="undo"]').click()
    await page.waitForFunction(() => document.querySelectorAll('.draft-text p').length < 6)
    expect(await itemsOf()).toEqual(['甲', '甲之一', '甲之二', '乙'])
  })

  test('[DE27] lists of Word and WPS that touch stay apart; a paragraph that held only a picture goes', async () => {
    const item = (list: number, mark: string, text: string) =>
      `<p class="MsoNormal" style="mso-list:l${list} level1 lfo${list};"><span style="mso-list:Ignore;">${mark}<span>&nbsp;</span></span><span>${text}</span></p>`
    await paste(page, {
      'text/html': `<html><body>${item(0, '一、', '第一')}${item(0, '二、', '第二')}${item(1, 'l', '圆点')}<p><img src="file:///C:/clip_image001.png"></p><p>完。</p></body></html>`,
    })
    await waitForText(page, '完。')
    const html = await page.evaluate(() => document.querySelector('.draft-text')?.innerHTML ?? '')
    expect(html).toBe(
      '<ol><li><p>第一</p></li><li><p>第二</p></li></ol><ul><li><p>圆点</p></li></ul><p>完。</p>',
    )
  })

  test('[DE25] what is pasted while a long document goes in is not taken, and that is said', async () => {
    await paste(page, { 'text/html': longPage(2_400), 'text/plain': '' })
    await paste(page, { 'text/plain': '后来的一份' })
    await page.getByText('这一份没有放进来').waitFor()
    await waitForText(page, '第2399段')
    expect(await textOf(page)).not.toContain('后来的一份')
  })
})
