import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeGb18030 } from '../../server/papers/gb18030.ts'
import {
  guardCell,
  isFormula,
  maskPhone,
  tidyName,
  tidyPhone,
  unguardCell,
} from '../../server/papers/rosterCells.ts'
import { readCsv } from '../../server/papers/rosterCsv.ts'
import { rosterCsv, rosterXlsx } from '../../server/papers/rosterExport.ts'
import { fieldOfHeading, partyFinder } from '../../server/papers/rosterHeadings.ts'
import { type Table, understand } from '../../server/papers/rosterRows.ts'
import { readWorkbook } from '../../server/papers/rosterWorkbook.ts'
import type { Result } from '../../shared/kernel/result.ts'
import { tidyLine } from '../../shared/kernel/visibleText.ts'

const parties = [
  { partyId: 'pt_cun1', name: { zh: '村', en: 'Village' } },
  { partyId: 'pt_qi01', name: { zh: '企', en: 'Enterprise' } },
  { partyId: 'pt_min1', name: { zh: '民', en: 'Residents' } },
]

const rowsOf = (table: Result<Table>, known: string[] = []) => {
  if (!table.ok) throw new Error(table.refusal.code)
  const understood = understand(table.value, parties, new Set(known))
  if (!understood.ok) throw new Error(understood.refusal.code)
  return { ...understood.value, rows: [...understood.value.rows] }
}
const csv = (text: string) => rowsOf(readCsv(new TextEncoder().encode(text)))
const codes = (row: { problems: { code: string }[] } | undefined) => row?.problems.map(({ code }) => code)

describe('headings and parties', () => {
  test('are understood in both languages, however they are spaced and marked', () => {
    expect(fieldOfHeading('姓 名')).toBe('name')
    expect(fieldOfHeading('姓名*')).toBe('name')
    expect(fieldOfHeading('Name (required):')).toBe('name')
    expect(fieldOfHeading('所属界别')).toBe('party')
    expect(fieldOfHeading('户主')).toBe('household')
    expect(fieldOfHeading('手机号码(选填)')).toBe('phone')
    expect(fieldOfHeading('备注')).toBeNull()
  })

  test('a party is found by its own name, and by words that mean it', () => {
    const find = partyFinder(parties)
    expect(['村', '村委', '村集体', '村方', 'village'].map(find)).toEqual(Array(5).fill('pt_cun1'))
    expect(['企', '企业', '企业代表', 'Enterprise', '企业主'].map(find)).toEqual(Array(5).fill('pt_qi01'))
    expect(['民', '居民', '村民', '村民代表', '群众'].map(find)).toEqual(Array(5).fill('pt_min1'))
    expect(find('火星')).toBeNull()
  })

  test("a party's own name comes before what its words usually mean", () => {
    const own = [...parties, { partyId: 'pt_own1', name: { zh: '村民', en: '' } }]
    expect(partyFinder(own)('村民')).toBe('pt_own1')
  })
})

describe('a text file', () => {
  test.each([
    ['UTF-8', new TextEncoder().encode('姓名,界别\n张三,村\n'), 'csv, UTF-8'],
    ['UTF-8 with its mark', new TextEncoder().encode('\ufeff姓名,界别\n张三,村\n'), 'csv, UTF-8'],
    ['GB18030', encodeGb18030('姓名,界别\r\n张三,村\r\n'), 'csv, GB18030'],
    ['UTF-16', Buffer.from('\ufeff姓名\t界别\n张三\t村\n', 'utf16le'), 'csv, UTF-16'],
  ])('in %s is read', (_, bytes, format) => {
    const table = readCsv(bytes)
    expect(table.ok && table.value.format).toBe(format)
    expect(rowsOf(table).rows).toMatchObject([{ line: 2, name: '张三', partyId: 'pt_cun1', problems: [] }])
  })

  test.each([[';'], ['\t'], [','], ['，']])('separated by "%s" is read', (mark) => {
    expect(csv(`姓名${mark}界别\n张三${mark}企业\n`).rows).toMatchObject([
      { name: '张三', partyId: 'pt_qi01' },
    ])
  })

  test('may carry a title above its headings, and lines are counted from the top', () => {
    const { rows } = csv('径山村议事会名册,,\n,,\n姓名,界别,职务\n张三,村,书记\n')
    expect(rows).toMatchObject([{ line: 4, name: '张三', bodyRole: '书记' }])
  })

  test('counts lines through a cell that spans two', () => {
    const { rows } = csv('姓名,界别,职务\n"张\n三",村,书记\n李四,企,\n')
    expect(rows).toMatchObject([
      { line: 2, name: '张三' },
      { line: 4, name: '李四' },
    ])
  })
})

describe('every row is told its own problems, and good rows are kept', () => {
  const { rows, problems } = csv(
    [
      '姓名,界别,会议身份,户,手机,备注,姓名',
      '张三,村,书记,1,13800138000,,',
      ',村,,,,,',
      '李四,,,,,,',
      '王五,火星,,,,,',
      '张三,村,,1,,,',
      '=HYPERLINK(1),村,,,,,',
      '赵六,民,,,abc,,',
      `${'长'.repeat(41)},民,,,,,`,
      `钱七,民,${'长'.repeat(41)},,,,`,
      '孙八,民,,,110101199003070011,,',
      '周九,民,,,+86 138-0013-8000,,',
    ].join('\n'),
  )

  test('in codes', () => {
    expect(rows.map(codes)).toEqual([
      [],
      ['nameMissing'],
      ['partyMissing'],
      ['partyUnknown'],
      ['duplicateInFile'],
      ['formula'],
      ['phoneOdd'],
      ['nameTooLong'],
      ['fieldTooLong'],
      ['phoneOdd'],
      [],
    ])
    expect(problems.map(({ code }) => code)).toEqual(['columnUnknown', 'columnTwice'])
  })

  test('an identity number is not kept, and a telephone number loses its punctuation', () => {
    expect(rows[9]?.phone).toBe('')
    expect(rows[10]?.phone).toBe('+8613800138000')
  })

  test('the earlier line is named beside a duplicate', () => {
    expect(rows[4]?.problems[0]?.detail).toBe('2')
  })

  test('someone already in the roster is told apart', () => {
    const known = [['张三', 'pt_cun1', ''].join('\u0000')]
    const table = readCsv(new TextEncoder().encode('姓名,界别\n张　三,村\n'))
    expect(codes(rowsOf(table, known).rows[0])).toEqual(['alreadyInRoster'])
  })

  test('without a column for names or parties the file says so', () => {
    expect(csv('职务,备注\n书记,x\n').problems.map(({ code }) => code)).toContain('nameColumnMissing')
    expect(csv('姓名\n张三\n').problems.map(({ code }) => code)).toContain('partyColumnMissing')
  })
})

const field = (charsMax: number) =>
  fc
    .oneof(
      fc.string({ unit: 'binary', maxLength: charsMax }),
      fc.string({
        unit: fc.constantFrom(...'张李王村民企户书记 　=+-@\'",;\t\n|𠮷é·（）'),
        maxLength: charsMax,
      }),
    )
    .map((text) => tidyLine(tidyLine(text).slice(0, charsMax)))
    .filter((text) => !/\p{Co}/u.test(text))

const somebody = fc
  .record({
    name: field(40)
      .map(tidyName)
      .filter((name) => name !== ''),
    partyId: fc.constantFrom(...parties.map(({ partyId }) => partyId)),
    bodyRole: field(40),
    household: field(40),
    phone: fc.oneof(fc.constant(''), fc.stringMatching(/^\+?\d{5,11}$/), field(20).map(tidyPhone)),
    households: fc.integer({ min: 1, max: 10_000 }),
    weight: fc.integer({ min: 1, max: 10_000 }),
  })
  .filter(({ phone }) => phone.length <= 20 && !/^\d{17}[\dXx]$/.test(phone))

const roster = fc.uniqueArray(somebody, {
  maxLength: 12,
  selector: ({ name, partyId, household }) => `${name}\u0000${partyId}\u0000${household}`.toLowerCase(),
})

const read = (table: Result<Table>) =>
  rowsOf(table).rows.map(({ name, partyId, bodyRole, household, phone, households, weight, problems }) => {
    expect(problems.filter(({ level }) => level === 'error')).toEqual([])
    return { name, partyId, bodyRole, household, phone, households, weight }
  })

describe('what is exported is imported without a difference', () => {
  test.each(['utf-8', 'gb18030'] as const)('as CSV in %s', (encoding) => {
    fc.assert(
      fc.property(roster, (people) => {
        expect(read(readCsv(rosterCsv(people, parties, encoding)))).toEqual(people)
      }),
      { numRuns: 300 },
    )
  })

  test('as XLSX', async () => {
    await fc.assert(
      fc.asyncProperty(roster, async (people) => {
        expect(read(await readWorkbook(await rosterXlsx(people, parties)))).toEqual(people)
      }),
      { numRuns: 60 },
    )
  })

  test('and a spreadsheet runs none of its cells', () => {
    fc.assert(
      fc.property(roster, (people) => {
        const table = readCsv(rosterCsv(people, parties, 'utf-8'))
        if (!table.ok) throw new Error('unreadable')
        for (const { cells } of table.value.rows)
          for (const cell of cells) expect(cell).not.toMatch(/^[=+\-@＝＋－＠]/)
      }),
    )
  })
})

describe('cells', () => {
  test('a guard is undone exactly', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...`'=+-@a村`) }),
        (cell) => unguardCell(guardCell(cell)) === cell,
      ),
    )
  })

  test('a dash for nothing and a telephone with its country are no formulas', () => {
    expect(['-', '——', '+86 13800138000', '张三'].map(isFormula)).toEqual([false, false, false, false])
    expect(['=1', '+cmd|x', '@a', '-2+3', '＝1'].map(isFormula)).toEqual([true, true, true, true, true])
  })

  test('telephone numbers are masked', () => {
    expect(['13800138000', '0571-88', '', '12'].map(maskPhone)).toEqual([
      '138****8000',
      '0****88',
      '',
      '1****2',
    ])
  })
})

describe('GB18030', () => {
  test('every character comes back but lone surrogates and 19 private-use points', () => {
    const decoder = new TextDecoder('gb18030', { fatal: true })
    const lost: number[] = []
    for (let code = 0x20; code <= 0x10ffff; code += code < 0x10000 ? 1 : 97) {
      if ((code >= 0xd800 && code <= 0xdfff) || code === 0xfffd || code === 0xfeff) continue
      const character = String.fromCodePoint(code)
      if (decoder.decode(encodeGb18030(character)) !== character) lost.push(code)
    }
    expect(lost).toHaveLength(19)
    expect(lost.every((code) => code >= 0xe000 && code <= 0xf8ff)).toBe(true)
  })
})
