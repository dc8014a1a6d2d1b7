// Owns the presets of the collective economy, the Party branch and urban communities.
import type { Preset } from '../preset.ts'

const collectiveLaw = {
  zh: '《中华人民共和国农村集体经济组织法》',
  en: 'Rural Collective Economic Organisations Law of the PRC',
}

const collectiveLawFrom = '2025-05-01'

const plain = {
  version: 1,
  default: false,
  standing: 'statutory',
  weights: 'one',
  recusal: 'staysInDenominator',
  proxies: null,
  noticeDays: 0,
  papersDays: 0,
  ballotChange: true,
  ties: 'fails',
  recordOnly: false,
  onlineAttendance: false,
} as const satisfies Partial<Preset>

const twoThirdsOfAll = {
  form: 'share',
  of: 'roster',
  strictness: 'atLeast',
  num: 2,
  den: 3,
} as const satisfies Preset['pass']

export const collectivePresets: readonly Preset[] = [
  {
    ...plain,
    code: 'ceoAssembly',
    name: { zh: '集体经济组织成员大会', en: 'members of the collective economic organisation' },
    source: { zh: `${collectiveLaw.zh}第二十七条`, en: `${collectiveLaw.en}, art. 27` },
    cite: { zh: '第二十七条', en: 'art. 27' },
    effectiveFrom: collectiveLawFrom,
    quorum: { basis: 'roster', strictness: 'atLeast', num: 2, den: 3 },
    pass: twoThirdsOfAll,
    proxies: { sameHousehold: true, perHolderMax: null },
    onlineAttendance: true,
  },
  {
    ...plain,
    code: 'ceoDelegates',
    name: { zh: '成员代表大会', en: 'delegates of the collective economic organisation' },
    source: { zh: `${collectiveLaw.zh}第二十八条`, en: `${collectiveLaw.en}, art. 28` },
    cite: { zh: '第二十八条', en: 'art. 28' },
    effectiveFrom: collectiveLawFrom,
    quorum: null,
    pass: twoThirdsOfAll,
    mayNotDecide: [
      { zh: '章程', en: 'the charter' },
      { zh: '成员身份', en: 'membership' },
      { zh: '土地', en: 'land' },
      { zh: '补偿', en: 'compensation' },
      { zh: '合并', en: 'merger' },
    ],
  },
  {
    ...plain,
    code: 'partyBranch',
    name: { zh: '支部党员大会', en: 'Party branch members' },
    source: {
      zh: '《中国共产党支部工作条例（试行）》第十一条；预备党员没有表决权',
      en: 'Regulations on the work of Party branches (trial), art. 11; probationary members do not vote',
    },
    cite: { zh: '支部工作条例第十一条', en: 'Party branch regulations, art. 11' },
    effectiveFrom: '2018-10-28',
    quorum: { basis: 'roster', strictness: 'atLeast', num: 1, den: 2 },
    pass: { form: 'share', of: 'roster', strictness: 'moreThan', num: 1, den: 2 },
  },
  {
    ...plain,
    code: 'residentsAssembly',
    name: { zh: '居民会议', en: "residents' assembly" },
    source: {
      zh: '《中华人民共和国城市居民委员会组织法》（2025年修订）',
      en: "Organic Law of Urban Residents' Committees of the PRC (2025 text)",
    },
    cite: { zh: '城市居民委员会组织法', en: "the Organic Law of Urban Residents' Committees" },
    effectiveFrom: '2026-01-01',
    quorum: { basis: 'roster', strictness: 'moreThan', num: 1, den: 2 },
    pass: { form: 'share', of: 'present', strictness: 'moreThan', num: 1, den: 2 },
  },
]
