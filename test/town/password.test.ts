// A secretary changes the password in one browser, in real Chromium: the old one is asked for, the other browser is signed
// out, and only the new one lets in.
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { builtClient } from '../../server/cli/built.mjs'
import { firstVisit, password } from '../http/house.ts'
import { openTestHall, type TestHall } from '../live/hall.ts'
import { laptop, newPerson, openBrowser, type Person, phone, picture, skipsWalks } from '../walk/browser.ts'

const next = 'a sentence that only I remember'

describe.skipIf(skipsWalks)('a new password', () => {
  let hall: TestHall
  let browser: Browser
  const people: Person[] = []

  const come = async (size: typeof phone): Promise<Page> => {
    const person = await newPerson(browser, size)
    people.push(person)
    await person.page.goto(`${hall.url}/hall`)
    return person.page
  }
  const signIn = async (page: Page, secret: string): Promise<void> => {
    await page.getByLabel('登录名').fill('mishu')
    await page.getByLabel('密码').fill(secret)
    await page.getByRole('button', { name: '登录', exact: true }).click()
  }
  const isIn = (page: Page) => page.getByRole('button', { name: '周秘书' }).waitFor()
  const openDialog = async (page: Page) => {
    await page.getByRole('button', { name: '周秘书' }).click()
    await page.getByRole('menuitem', { name: '修改密码' }).click()
    return page.getByRole('dialog', { name: '修改密码' })
  }

  beforeAll(async () => {
    hall = await openTestHall(builtClient())
    browser = await openBrowser()
    const made = await fetch(`${hall.url}/api/hall`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(
        firstVisit(await hall.hall.rooms.identity.firstRun(), { login: 'mishu', name: '周秘书' }),
      ),
    })
    expect(made.status).toBe(200)
  })
  afterAll(async () => {
    await browser?.close()
    await hall?.close()
  })

  test('is taken once the old one is right and both new ones agree, and signs the other device out', async () => {
    const [desk, handset] = [await come(laptop), await come(phone)]
    for (const page of [desk, handset]) {
      await signIn(page, password)
      await isIn(page)
    }
    const dialog = await openDialog(desk)
    const change = dialog.getByRole('button', { name: '修改密码' })
    await dialog.getByLabel('现在的密码').fill('not my password')
    await dialog.getByLabel('新密码').fill('short')
    await dialog.getByLabel('再输入一次密码').fill('other')
    await change.click()
    await dialog.getByText('密码至少 8 位，现在是 5 位。').waitFor()
    await dialog.getByText('两次输入的密码不一样。').waitFor()
    await dialog.getByLabel('新密码').fill(next)
    await dialog.getByLabel('再输入一次密码').fill(next)
    await change.click()
    await dialog.getByText('现在的密码不对。').waitFor()
    await picture(desk, 'password-wrong')
    const { violations } = await new AxeBuilder({ page: desk }).analyze()
    expect(violations.map(({ id }) => id)).toEqual([])
    await dialog.getByLabel('现在的密码').fill(password)
    await change.click()
    await desk.getByText('密码已修改，其他设备上的登录已退出').waitFor()

    await desk.reload()
    await isIn(desk)
    await handset.reload()
    await signIn(handset, password)
    await handset.getByText('账号或密码不对。').waitFor()
    await signIn(handset, next)
    await isIn(handset)
    await openDialog(handset)
    await picture(handset, 'password-phone')
  })

  test('no page complained', () => {
    expect(people.flatMap(({ errors }) => errors)).toEqual([])
  })
})
