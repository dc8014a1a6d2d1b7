// What the headings and the parties of a roster are called, in Chinese and English, and how freely they may be written.
import { presets } from '../../shared/rules/presets.ts'
import type { RosterField } from './rosterCells.ts'

export interface NamedParty {
  readonly partyId: string
  readonly name: { readonly zh: string; readonly en: string }
}

const headings: Readonly<Record<RosterField, readonly string[]>> = {
  name: [
    '姓名',
    '名字',
    '名称',
    '成员',
    '人员',
    '人员姓名',
    '参会人',
    '参会人员',
    '代表姓名',
    'name',
    'fullname',
    'person',
  ],
  party: [
    '界别',
    '类别',
    '所属界别',
    '方别',
    '所属方',
    '所属类别',
    '分组',
    'party',
    'group',
    'side',
    'category',
  ],
  bodyRole: [
    '会议身份',
    '身份',
    '职务',
    '职位',
    '会议职务',
    '角色',
    'role',
    'bodyrole',
    'position',
    'title',
    'office',
  ],
  household: [
    '户',
    '户号',
    '户主',
    '户名',
    '户别',
    '家庭',
    '所属户',
    '所在户',
    '门牌',
    '门牌号',
    'household',
    'family',
    'house',
  ],
  phone: [
    '手机',
    '手机号',
    '手机号码',
    '电话',
    '电话号码',
    '联系电话',
    '联系方式',
    'phone',
    'mobile',
    'tel',
    'telephone',
    'cell',
    'phonenumber',
  ],
  households: ['代表户数', '户数', '联系户数', '所代表户数', 'households', 'householdsrepresented'],
  weight: ['票权', '权重', '表决权数', '份额', 'weight', 'votes', 'shares'],
}

/** Spaces, marks and what stands in brackets do not matter: 姓 名*、Phone (optional):. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[([【〔].*?[)\]】〕]/g, '')
    .replace(/[\s*:：、.。_\-/"']/g, '')

const fieldByHeading = new Map<string, RosterField>(
  Object.entries(headings).flatMap(([field, words]) =>
    words.map((word) => [word, field as RosterField] as const),
  ),
)

export const fieldOfHeading = (heading: string): RosterField | null =>
  fieldByHeading.get(plain(heading)) ?? null

/** Words for the parties of a tripartite council beyond those its preset lists. */
const moreNames: Readonly<Record<string, readonly string[]>> = {
  village: ['村两委', '两委', '村干部', '村级', '村民委员会', '村班子'],
  enterprise: ['企业界', '公司', '商户', '经营户', '企业主', '业主', 'firm', 'firms'],
  resident: ['居民', '村民', '居民户', '农户', '老百姓', '百姓', '住户', 'resident'],
  townsfolk: ['四乡', '乡贤'],
}

/** Groups of words that mean the same party. */
const groups: readonly ReadonlySet<string>[] = presets
  .flatMap((preset) => preset.parties ?? [])
  .map(
    ({ key, name, aliases }) => new Set([name.zh, name.en, ...aliases, ...(moreNames[key] ?? [])].map(plain)),
  )

/** 企业代表, 企业界 and 企业方 all say 企业. */
const stem = (text: string): string => text.replace(/(代表|人士|界别|一方|方|界|组)$/, '')

/** Finds the party that a cell names: by its own name first, then by words that mean the same, if they mean only one. */
export const partyFinder = (parties: readonly NamedParty[]): ((text: string) => string | null) => {
  const own = new Map<string, string>()
  for (const { partyId, name } of [...parties].reverse()) {
    if (name.en) own.set(plain(name.en), partyId)
  }
  for (const { partyId, name } of [...parties].reverse()) own.set(plain(name.zh), partyId)
  const alike = (word: string): string | null => {
    const group = groups.find((words) => words.has(word))
    if (!group) return null
    const meant = parties.filter(({ name }) =>
      [name.zh, name.en].some((it) => it !== '' && group.has(plain(it))),
    )
    return meant.length === 1 ? (meant[0]?.partyId ?? null) : null
  }
  return (text) => {
    const word = plain(text)
    return own.get(word) ?? alike(word) ?? own.get(stem(word)) ?? alike(stem(word)) ?? null
  }
}
