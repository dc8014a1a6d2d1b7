import { randomBytes } from 'node:crypto'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { crc32, deflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import { zip } from '../../server/papers/zip.ts'
import { limits } from '../../shared/kernel/limits.ts'
import type { RosterImport } from '../../shared/wire/http.ts'
import { waiting } from '../patience.ts'
import { type Browser, browser, codeOf, type House, openHouse, setUp } from './house.ts'

let house: House
let secretary: Browser
beforeAll(async () => {
  house = await openHouse()
  secretary = await setUp(house)
})
beforeEach(async () => {
  const { db } = house.store
  await house.store.write([db.deleteFrom('people').compile(), db.deleteFrom('rosterImports').compile()])
})
afterAll(() => house.close())

const multipart = (bytes: Uint8Array, name: string) => {
  const mark = 'a-mark-between-parts'
  const head = `--${mark}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`
  return {
    payload: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${mark}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${mark}` },
  }
}

const upload = (bytes: Uint8Array | string, name = 'roster.csv', by = secretary) => {
  const { payload, headers } = multipart(Buffer.from(bytes as Uint8Array), name)
  return by.ask('POST', '/api/roster/imports', undefined, { payload, headers })
}

const read = async (bytes: Uint8Array | string, name?: string): Promise<RosterImport> => {
  const started = await upload(bytes, name)
  expect(started.statusCode).toBe(200)
  const { importId } = started.json<RosterImport>()
  return vi.waitFor(async () => {
    const now = (await secretary.get(`/api/roster/imports/${importId}`)).json<RosterImport>()
    if (now.state === 'reading') throw new Error('still reading')
    return now
  }, waiting)
}

const confirm = (importId: string) => secretary.post(`/api/roster/imports/${importId}/confirm`)
const roster = async () => (await secretary.get('/api/roster')).json().people

describe('an import', () => {
  const file = '\ufeff姓名,界别,职务,户,手机\n张三,村,书记,1,13800138000\n李四,火星,,,\n王五,企业,,2,\n'

  test('is previewed row by row, saves nothing until confirmed, and then the good rows once', async () => {
    const preview = await read(file)
    expect(preview).toMatchObject({
      state: 'ready',
      format: 'csv, UTF-8',
      good: 2,
      bad: 1,
      rowsDone: 3,
      rowsTotal: 3,
    })
    expect(preview.columns.map(({ field }) => field)).toEqual([
      'name',
      'party',
      'bodyRole',
      'household',
      'phone',
    ])
    expect(preview.rows[1]?.problems).toEqual([{ code: 'partyUnknown', level: 'error', detail: '火星' }])
    expect(await roster()).toEqual([])

    const answers = await Promise.all([confirm(preview.importId), confirm(preview.importId)])
    for (const answer of answers) expect(answer.json()).toEqual({ saved: 2, skipped: 1 })
    expect((await confirm(preview.importId)).json()).toEqual({ saved: 2, skipped: 1 })
    expect(await roster()).toMatchObject([
      { name: '张三', bodyRole: '书记', household: '1', phone: '138****8000' },
      { name: '王五', household: '2' },
    ])
    const kept = await house.store.db.selectFrom('rosterImports').select('rows').execute()
    expect(JSON.stringify(kept)).not.toContain('张三')
    expect((await read(file)).rows.map(({ problems }) => problems[0]?.code)).toEqual([
      'alreadyInRoster',
      'partyUnknown',
      'alreadyInRoster',
    ])
  })

  test('of the same people twice saves them once', async () => {
    const [one, two] = [await read(file), await read(file)]
    const [first, second] = await Promise.all([confirm(one.importId), confirm(two.importId)])
    expect([first.statusCode, codeOf(second)]).toEqual([200, 'rosterNothingToSave'])
    expect(await roster()).toHaveLength(2)
  })

  test('can be thrown away', async () => {
    const { importId } = await read(file)
    expect((await secretary.remove(`/api/roster/imports/${importId}`)).statusCode).toBe(204)
    expect(codeOf(await confirm(importId))).toBe('importUnknown')
    expect(codeOf(await secretary.get(`/api/roster/imports/${importId}`))).toBe('importUnknown')
  })

  test('of an XLSX with formulas, error values and dates keeps the good rows', async () => {
    const bold = (value: string) => ({ value, type: String })
    const rows = [
      [bold('姓名'), bold('界别'), bold('户'), bold('手机')],
      [bold('张三'), bold('村'), { value: 12, type: Number }, { value: 13800138000, type: Number }],
      [{ value: 'A1', type: 'Formula' as const }, bold('村'), null, null],
      [bold('王五'), bold('企'), null, null],
    ]
    const preview = await read(await writeXlsxFile(rows).toBuffer(), '名册.xlsx')
    expect(preview).toMatchObject({ state: 'ready', format: 'xlsx', fileName: '名册.xlsx', good: 2, bad: 1 })
    expect(preview.rows[0]).toMatchObject({ line: 2, household: '12', phone: '13800138000' })
    expect(preview.rows[1]?.problems.map(({ code }) => code)).toContain('formula')
  })

  test(`of ${limits.rosterRowsMax} rows shows its progress and does not hold the hall up`, async () => {
    const line = (i: number) =>
      `成员${i},${['村', '企', '民'][i % 3]},,${i},1380013${String(i).padStart(4, '0')}`
    const text = `姓名,界别,职务,户,手机\n${Array.from({ length: limits.rosterRowsMax }, (_, i) => line(i)).join('\n')}`
    const delay = monitorEventLoopDelay({ resolution: 5 })
    delay.enable()
    const preview = await read(text)
    delay.disable()
    expect(preview).toMatchObject({ state: 'ready', good: limits.rosterRowsMax, bad: 0 })
    console.info(`reading 5,000 rows held the event loop up for at most ${Math.round(delay.max / 1e6)} ms`)
    expect((await confirm(preview.importId)).json()).toEqual({ saved: limits.rosterRowsMax, skipped: 0 })
    const people = await roster()
    expect(people).toHaveLength(limits.rosterRowsMax)
    const more = await read('姓名,界别\n多一人,村\n')
    expect(codeOf(await confirm(more.importId))).toBe('tooMany')
    expect(people.map(({ name }: { name: string }) => name).slice(0, 3)).toEqual(['成员0', '成员1', '成员2'])
  })

  test('of more rows is refused in words', async () => {
    const text = `姓名,界别\n${Array.from({ length: limits.rosterRowsMax + 1 }, (_, i) => `成员${i},村`).join('\n')}`
    expect(await read(text)).toMatchObject({
      state: 'unreadable',
      refusal: { code: 'rosterTooLong', detail: { rows: 5001, max: 5000 } },
    })
  })
})

describe('what is exported is imported without a difference', () => {
  test.each([
    ['xlsx', 'utf-8'],
    ['csv', 'utf-8'],
    ['csv', 'gb18030'],
  ])('as %s in %s', async (format, encoding) => {
    const { importId } = await read(
      '姓名,界别,职务,户,手机\n张三,村,书记,1,13800138000\n"=1,""2""",企,,,+8657188880000\n𠮷野,民,,西村 3 号,\n',
    )
    await confirm(importId)
    const file = await secretary.get(`/api/roster/export?format=${format}&encoding=${encoding}`)
    expect(file.headers['content-disposition']).toBe(`attachment; filename="roster.${format}"`)
    const before = await house.store.db
      .selectFrom('people')
      .select(['name', 'partyId', 'bodyRole', 'household', 'phone'])
      .execute()
    await house.store.write([house.store.db.deleteFrom('people').compile()])
    const again = await read(file.rawPayload, `roster.${format}`)
    expect((await confirm(again.importId)).json().skipped).toBe(0)
    const after = await house.store.db
      .selectFrom('people')
      .select(['name', 'partyId', 'bodyRole', 'household', 'phone'])
      .execute()
    expect(after).toEqual(before)
  })
})

/** A zip entry of zeros that claims to be small. */
const bomb = (realBytes: number): Buffer => {
  const packed = deflateRawSync(Buffer.alloc(realBytes), { level: 9 })
  const name = Buffer.from('xl/worksheets/sheet1.xml')
  const sizes = Buffer.alloc(12)
  sizes.writeUInt32LE(crc32(Buffer.alloc(4)), 0)
  sizes.writeUInt32LE(packed.length, 4)
  sizes.writeUInt32LE(4, 8)
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(8, 8)
  sizes.copy(local, 14)
  local.writeUInt16LE(name.length, 26)
  const central = Buffer.alloc(46)
  central.writeUInt32LE(0x02014b50, 0)
  central.writeUInt16LE(8, 10)
  sizes.copy(central, 16)
  central.writeUInt16LE(name.length, 28)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(46 + name.length, 12)
  end.writeUInt32LE(30 + name.length + packed.length, 16)
  return Buffer.concat([local, name, packed, central, name, end])
}

const sheet = (xml: string): Buffer =>
  zip(
    new Map([
      [
        '[Content_Types].xml',
        Buffer.from('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
      ],
      [
        'xl/workbook.xml',
        Buffer.from(
          '<workbook xmlns:r="r"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>',
        ),
      ],
      [
        'xl/_rels/workbook.xml.rels',
        Buffer.from(
          '<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        ),
      ],
      ['xl/worksheets/sheet1.xml', Buffer.from(`<worksheet><sheetData>${xml}</sheetData></worksheet>`)],
    ]),
  )

describe('a file that means harm or is none', () => {
  test.each<[string, () => Uint8Array | string]>([
    ['empty', () => ''],
    ['of spaces', () => ' \n \n'],
    ['of noise', () => randomBytes(50_000)],
    ['a picture', () => Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
    ['an old workbook', () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2_000)])],
    ['a zip that is no workbook', () => zip(new Map([['a.xml', Buffer.from('<a/>')]]))],
    ['a zip cut in half', () => sheet('').subarray(0, 300)],
    ['a zip bomb that lies about its size', () => bomb(400 * 1024 * 1024)],
    ['a sheet with a cell at its far end', () => sheet('<row r="1"><c r="XFD1"><v>1</v></c></row>')],
    ['a sheet of broken XML', () => sheet('<row r="1"><c r="A1"><v>1</row>')],
    ['text with an open quote', () => `姓名,界别\n"张三,村${'\n李四,村'.repeat(1_000)}`],
  ])('%s: is unreadable, and the hall stays up', async (_, make) => {
    const preview = await read(make())
    expect([preview.state, preview.refusal?.code]).toEqual(['unreadable', 'rosterUnreadable'])
    expect(preview.rows).toEqual([])
    expect(codeOf(await confirm(preview.importId))).toBe('rosterNothingToSave')
    expect((await secretary.get('/healthz')).statusCode).toBe(200)
  })

  const heading = '<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c></row>'

  test('a sheet whose last cell stands in the millionth row is unreadable', async () => {
    const preview = await read(sheet(`${heading}<row r="1048576"><c r="A1048576"><v>1</v></c></row>`))
    expect(preview).toMatchObject({ state: 'unreadable', refusal: { code: 'rosterUnreadable' } })
  })

  test('a sheet with borders down to the millionth row is read', async () => {
    const person = '<row r="2"><c r="A2" t="inlineStr"><is><t>张三</t></is></c></row>'
    const border = '<row r="1048576" s="1" customFormat="1"><c r="A1048576" s="1"/></row>'
    expect(await read(sheet(heading + person + border))).toMatchObject({
      state: 'ready',
      rows: [{ line: 2, name: '张三' }],
    })
  })

  test('that is too large is refused while it comes in', async () => {
    const refused = await upload(Buffer.alloc(limits.rosterFileBytesMax + 1, 0x61))
    expect([refused.statusCode, codeOf(refused)]).toEqual([413, 'tooLarge'])
    expect((await upload(Buffer.alloc(limits.rosterFileBytesMax - 1, 0x61))).statusCode).toBe(200)
  })

  test('or that is not there, or sent by someone who may not', async () => {
    const none = await secretary.post('/api/roster/imports', {})
    expect(codeOf(none)).toBe('malformed')
    expect(codeOf(await upload('姓名', 'a.csv', browser(house)))).toBe('notSignedIn')
  })
})

describe('people one by one', () => {
  test('are added once, shown with a masked telephone, and erased', async () => {
    const { parties } = (await secretary.get('/api/hall')).json()
    const ask = { name: ' 张　三 ', partyId: parties[0].partyId, phone: '138 0013 8000', household: '1' }
    const added = (await secretary.post('/api/roster', ask)).json()
    expect(added).toMatchObject({ name: '张三', phone: '138****8000' })
    expect((await secretary.post('/api/roster', ask)).json()).toEqual(added)
    expect(codeOf(await secretary.post('/api/roster', { ...ask, partyId: 'pt_0000000000000000' }))).toBe(
      'partyUnknown',
    )
    const path = `/api/roster/${added.personId}`
    const revised = (await secretary.post(path, { ...ask, name: '张山', phone: added.phone })).json()
    expect(revised).toEqual({ ...added, name: '张山' })
    const [stored] = await house.store.db.selectFrom('people').select('phone').execute()
    expect(stored?.phone).toBe('13800138000')
    expect((await secretary.remove(`/api/roster/${added.personId}`)).statusCode).toBe(204)
    expect(codeOf(await secretary.remove(`/api/roster/${added.personId}`))).toBe('notFound')
    const left = await house.store.db.selectFrom('people').selectAll().execute()
    expect(left).toEqual([])
  })
})
