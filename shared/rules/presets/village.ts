// Owns the presets of village self-government: assemblies, representatives, groups and the case-by-case levy.
import type { Preset } from '../preset.ts'

const organicLaw = {
  zh: '《中华人民共和国村民委员会组织法》（2025年修正）',
  en: "Organic Law of Villagers' Committees of the PRC (2025 text)",
}

const organicLawFrom = '2026-01-01'

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

const moreThanHalfOfPresent = {
  form: 'share',
  of: 'present',
  strictness: 'moreThan',
  num: 1,
  den: 2,
} as const satisfies Preset['pass']

export const villagePresets: readonly Preset[] = [
  {
    ...plain,
    code: 'villageAssemblyByPerson',
    name: { zh: '村民会议（按人）', en: "villagers' assembly (by person)" },
    source: { zh: `${organicLaw.zh}第二十五条、第二十六条`, en: `${organicLaw.en}, arts. 25–26` },
    cite: { zh: '第二十六条', en: 'art. 26' },
    effectiveFrom: organicLawFrom,
    quorum: { basis: 'roster', strictness: 'moreThan', num: 1, den: 2 },
    pass: moreThanHalfOfPresent,
    noticeDays: 10,
  },
  {
    ...plain,
    code: 'villageAssemblyByHousehold',
    name: { zh: '村民会议（按户）', en: "villagers' assembly (by household)" },
    source: { zh: `${organicLaw.zh}第二十五条、第二十六条`, en: `${organicLaw.en}, arts. 25–26` },
    cite: { zh: '第二十六条', en: 'art. 26' },
    effectiveFrom: organicLawFrom,
    quorum: { basis: 'households', strictness: 'atLeast', num: 2, den: 3 },
    pass: moreThanHalfOfPresent,
    noticeDays: 10,
  },
  {
    ...plain,
    code: 'repAssembly',
    name: { zh: '村民代表会议', en: "villagers' representatives" },
    source: {
      zh: `${organicLaw.zh}第二十九条、第三十条；材料提前三日按浙江省的规定`,
      en: `${organicLaw.en}, arts. 29–30; papers three days ahead as in Zhejiang`,
    },
    cite: { zh: '第三十条', en: 'art. 30' },
    effectiveFrom: organicLawFrom,
    quorum: { basis: 'roster', strictness: 'atLeast', num: 2, den: 3 },
    pass: moreThanHalfOfPresent,
    papersDays: 3,
  },
  {
    ...plain,
    code: 'villagerGroup',
    name: { zh: '村民小组会议', en: "villagers' group" },
    source: { zh: `${organicLaw.zh}第三十二条`, en: `${organicLaw.en}, art. 32` },
    cite: { zh: '第三十二条', en: 'art. 32' },
    effectiveFrom: organicLawFrom,
    quorum: { basis: 'rosterOrHouseholds', strictness: 'atLeast', num: 2, den: 3 },
    pass: moreThanHalfOfPresent,
  },
  {
    ...plain,
    code: 'caseByCase',
    name: { zh: '一事一议', en: 'case-by-case levy' },
    source: {
      zh: '《村民一事一议筹资筹劳管理办法》（国办发〔2007〕4号）',
      en: 'Measures for case-by-case levies of money and labour (State Council General Office 2007 No. 4)',
    },
    cite: { zh: '一事一议筹资筹劳管理办法', en: 'the Measures for case-by-case levies' },
    effectiveFrom: '2007-01-16',
    quorum: { basis: 'households', strictness: 'atLeast', num: 2, den: 3 },
    pass: { form: 'share', of: 'household', strictness: 'moreThan', num: 1, den: 2 },
    weights: 'household',
  },
]
