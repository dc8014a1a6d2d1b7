// The editor of rules in real Chromium: a rule is copied, contradicts itself, is put right, saved, changed, chosen and
// retired, and its worked examples follow every change.
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { builtClient } from '../../server/cli/built.mjs'
import type { PresetsView } from '../../shared/wire/httpPresets.ts'
import { firstVisit } from '../http/house.ts'
import { openTestHall, type TestHall } from '../live/hall.ts'
import {
  laptop,
  newPerson,
  openBrowser,
  type Person,
  phone,
  picture,
  plainAddress,
  skipsWalks,
} from '../walk/browser.ts'

describe.skipIf(skipsWalks)('the editor of rules', () => {
  let hall: TestHall
  let address = ''
  let browser: Browser
  let secretary: Person
  let page: Page

  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  const follow = (name: string) => page.getByRole('link', { name, exact: true }).click()
  const sees = (text: string | RegExp) => page.getByText(text).first().waitFor()
  const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor()
  const fraction = (legend: string) => page.getByRole('group', { name: legend, exact: true })
  const setFraction = async (legend: string, num: string, den: string) => {
    await fraction(legend).getByLabel('分子').fill(num)
    await fraction(legend).getByLabel('分母').fill(den)
  }
  /** Where there is no quorum a dash stands for each figure of a vote. */
  const noVote = [Number.NaN, Number.NaN, Number.NaN]
  /** The figures of an example: due, present, for, against, abstaining. */
  const figuresOf = async (kind: string): Promise<number[]> => {
    const cells = await page
      .locator(`[data-example="${kind}"] tr`)
      .last()
      .locator('xpath=preceding-sibling::tr[1]/td')
      .allTextContents()
    return cells.map(Number)
  }
  const outcomeOf = (kind: string) => page.locator(`[data-example="${kind}"]`).getAttribute('data-outcome')
  const saveButton = (version: number) => page.getByRole('button', { name: `保存为第 ${version} 版` })
  const isWiderThanScreen = () =>
    page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
  const violations = async () =>
    (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes[0]?.html])
  const ask = (path: string, body?: unknown): Promise<{ status: number; text: string }> =>
    page.evaluate(
      async ([to, sent]) => {
        const headers = { 'content-type': 'application/json' }
        const answer = await fetch(to, sent === null ? {} : { method: 'POST', headers, body: sent })
        return { status: answer.status, text: await answer.text() }
      },
      [path, body === undefined ? null : JSON.stringify(body)] as const,
    )

  beforeAll(async () => {
    hall = await openTestHall(builtClient())
    browser = await openBrowser()
    address = plainAddress(hall.url)
    secretary = await newPerson(browser, laptop)
    page = secretary.page
    await page.goto(address)
    const made = await ask(
      '/api/hall',
      firstVisit(await hall.hall.rooms.identity.firstRun(), { login: 'mishu', name: '周秘书' }),
    )
    expect(made.status).toBe(200)
  })
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail' && page) await picture(page, 'presets-failed').catch(() => {})
  })
  afterAll(async () => {
    await browser?.close()
    await hall?.close()
  })

  test('the list shows what comes with the hall, and says how to get a rule of one’s own', async () => {
    await page.goto(`${address}/hall`)
    await follow('规则')
    await heading('表决规则')
    await sees('还没有本单位的规则')
    await sees('罢免村民委员会成员（只记录）')
    await picture(page, 'presets-1-list')
    expect(await violations()).toEqual([])
  })

  test('a rule is read with its source and examples on both sides of its lines', async () => {
    await follow('村民代表会议')
    await heading('村民代表会议')
    await sees('到会须不少于应到席位的三分之二')
    expect(await figuresOf('quorumShort')).toEqual([55, 36, ...noVote])
    expect(await outcomeOf('quorumShort')).toBe('noQuorum')
    expect(await figuresOf('quorumMet')).toEqual([55, 37, 37, 0, 0])
    await picture(page, 'presets-2-rule')
    expect(await violations()).toEqual([])
  })

  test('what is less than the law asks for is marked at its field, and cannot be saved', async () => {
    await follow('复制并修改')
    await heading('复制“村民代表会议”')
    expect(await saveButton(1).isEnabled()).toBe(true)
    await setFraction('到会的比例', '1', '2')
    await sees('低于法定要求：法定规则的副本只能更严')
    await sees('已改，原为：到会须不少于应到席位的三分之二')
    expect(await saveButton(1).isDisabled()).toBe(true)
    await sees('有 1 处前后矛盾或低于法定要求')
    await setFraction('到会的比例', '5', '4')
    await sees('比例不能超过一')
    await sees('先改正标红的矛盾，这里就会显示算例。')
    await picture(page, 'presets-3-contradiction')
    expect(await violations()).toEqual([])
  })

  test('put right, its examples follow at once', async () => {
    await setFraction('到会的比例', '3', '4')
    await page.locator('[data-example="quorumMet"]').waitFor()
    expect(await figuresOf('quorumShort')).toEqual([55, 41, ...noVote])
    expect(await figuresOf('quorumMet')).toEqual([55, 42, 42, 0, 0])
    await page.getByLabel('比例的基数').selectOption('roster')
    expect(await figuresOf('oneShort')).toEqual([55, 50, 27, 23, 0])
    expect(await figuresOf('justPasses')).toEqual([55, 50, 28, 22, 0])
    await page.getByLabel('应到', { exact: true }).fill('37')
    expect(await figuresOf('quorumMet')).toEqual([37, 28, 28, 0, 0])
    await sees('37 席应到：到会 28 席才能表决')
    await picture(page, 'presets-4-examples')
  })

  test('figures of one’s own are judged as they are typed, or named as impossible', async () => {
    const own = page.locator('[data-own-verdict]')
    for (const [label, figure] of [
      ['实到', '30'],
      ['赞成', '18'],
      ['反对', '12'],
    ] as const)
      await page.getByLabel(label, { exact: true }).fill(figure)
    expect(await own.getAttribute('data-own-verdict')).toBe('failed')
    expect(await own.textContent()).toContain('须超过 18.5，赞成 18，差 1')
    await page.getByLabel('赞成', { exact: true }).fill('40')
    await sees('票数与回避的席数加起来，不能多于实到。')
    await page.getByLabel('赞成', { exact: true }).fill('19')
    await page.getByLabel('反对', { exact: true }).fill('11')
    expect(await own.getAttribute('data-own-verdict')).toBe('passed')
  })

  test('without a name and a decision it is not saved; with them it is, and says that it is a copy', async () => {
    await saveButton(1).click()
    await sees('请填写本单位规则的名称')
    await sees('请填写由谁决定采用')
    await page.getByLabel('本单位规则的名称').fill('径山村代表会议规则')
    await page.getByLabel('由谁决定采用').fill('径山村村民会议')
    await saveButton(1).click()
    await heading('径山村代表会议规则（“村民代表会议”的副本）')
    await sees(/由径山村村民会议于 .* 决定采用/)
    await sees(/周秘书 于 .* 保存/)
    await sees('依据')
    await picture(page, 'presets-5-saved')
    expect(await violations()).toEqual([])
  })

  test('a hand-made request gets no contradiction in, nor one that switches record-only off', async () => {
    const code = page.url().split('/').pop() ?? ''
    const { preset } = JSON.parse((await ask(`/api/presets/${code}`)).text)
    const next = { ...preset, version: 2 }
    const lax = await ask('/api/presets', { ...next, quorum: null })
    expect([lax.status, JSON.parse(lax.text).refusal]).toMatchObject([
      422,
      { code: 'presetContradictory', detail: { field: 'quorum' } },
    ])
    const list: PresetsView = JSON.parse((await ask('/api/presets')).text)
    expect(list.own).toHaveLength(1)
    expect(list.own[0]?.versions.map(({ version }) => version)).toEqual([1])
  })

  test('it is changed to a second version, and both are listed', async () => {
    await follow('修改')
    await heading(/^修改“径山村代表会议规则/)
    await page.getByLabel('会前送达材料').fill('7')
    await sees('已改，原为：至少提前 3 天')
    await saveButton(2).click()
    await sees('第 2 版')
    await sees('会前送达材料改为：至少提前 7 天')
    await picture(page, 'presets-6-versions')
  })

  test('somebody who changes an old version is told, and can look at the newest', async () => {
    const code = page.url().split('/').pop() ?? ''
    await follow('修改')
    await heading(/^修改/)
    const { preset } = JSON.parse((await ask(`/api/presets/${code}`)).text)
    expect((await ask('/api/presets', { ...preset, version: 3, papersDays: 8 })).status).toBe(200)
    await page.getByLabel('会前送达材料').fill('9')
    await saveButton(3).click()
    await sees('这项规则刚刚被别人改过')
    await follow('看最新版本')
    await sees('至少提前 8 天')
  })

  test('a meeting is convened under it, with its own days ahead', async () => {
    await page.goto(`${address}/hall/meetings/new`)
    const rule = page.getByLabel('规则', { exact: true })
    await rule.locator('option', { hasText: '径山村代表会议规则' }).waitFor({ state: 'attached' })
    await rule.selectOption({ label: '径山村代表会议规则（“村民代表会议”的副本）' })
    await sees('赞成票须超过应到席位的半数')
    await sees(/须提前 8 天送达材料/)
    await picture(page, 'presets-7-convene')
  })

  test('it fits a phone, in both languages', async () => {
    await page.setViewportSize(phone)
    await page.goto(`${address}/hall/presets`)
    await heading('表决规则')
    expect(await isWiderThanScreen()).toBe(false)
    await picture(page, 'presets-8-phone-list')
    await page.goto(`${address}/hall/presets/tripartite/copy`)
    await heading('复制“村企民三方议事会”')
    await page.locator('[data-example="partyRefuses"]').waitFor()
    expect(await isWiderThanScreen()).toBe(false)
    await picture(page, 'presets-8-phone-edit')
    await page.goto(`${address}/hall/presets/tripartite/copy?lang=en`)
    await heading('Copy of “tripartite council”')
    expect(await isWiderThanScreen()).toBe(false)
    expect(await violations()).toEqual([])
    await picture(page, 'presets-8-phone-edit-en')
    await page.setViewportSize(laptop)
    await page.goto(`${address}/hall/presets?lang=zh`)
  })

  test('asked twice, it is retired: read still, chosen no more', async () => {
    await follow('径山村代表会议规则（“村民代表会议”的副本）')
    await press('停用')
    await sees(/已经用过它的会议和表决不受影响/)
    await page.getByRole('dialog').getByRole('button', { name: '停用', exact: true }).click()
    await sees('已停用')
    await sees(/周秘书 于 .* 停用/)
    await page.goto(`${address}/hall/presets`)
    await sees('已停用的规则（1）')
    await page.goto(`${address}/hall/meetings/new`)
    await heading('召集会议')
    expect(await page.getByLabel('规则', { exact: true }).locator('option').allTextContents()).not.toContain(
      '径山村代表会议规则（“村民代表会议”的副本）',
    )
    // The page said what it was asked for wrongly, in our own hand-made requests only.
    expect(secretary.errors.filter((error) => !error.includes('422'))).toEqual([])
  })
})
