// Owns the presets of consultation: the tripartite council, talks between villages, the Nantang rules and free use.
import type { Preset } from '../preset.ts'

const consultative = {
  version: 1,
  default: true,
  standing: 'consultative',
  effectiveFrom: '2026-01-01',
  weights: 'seat',
  recusal: 'leavesDenominator',
  proxies: null,
  noticeDays: 0,
  papersDays: 0,
  ballotChange: true,
  ties: 'fails',
  recordOnly: false,
  onlineAttendance: true,
} as const satisfies Partial<Preset>

const half = { strictness: 'moreThan', num: 1, den: 2 } as const

export const councilPresets: readonly Preset[] = [
  {
    ...consultative,
    code: 'tripartite',
    name: { zh: '村企民三方议事会', en: 'tripartite council' },
    source: {
      zh: '本厅默认规则；协商意见依据《中华人民共和国村民委员会组织法》（2025年修正）第三十三条',
      en: "This hall's default; its consultation opinion rests on art. 33 of the Organic Law of Villagers' Committees (2025 text)",
    },
    cite: { zh: '村企民三方议事会默认规则', en: "the tripartite council's default rule" },
    quorum: {
      basis: 'roster',
      strictness: 'atLeast',
      num: 2,
      den: 3,
      perParty: { strictness: 'atLeast', num: 1, den: 2 },
    },
    pass: { form: 'share', of: 'present', ...half, perParty: half },
    meets: 'monthly',
    parties: [
      {
        key: 'village',
        name: { zh: '村', en: 'village' },
        aliases: ['cun', 'villages', 'village committee', '村委', '村委会', '村集体', '村方'],
      },
      {
        key: 'enterprise',
        name: { zh: '企', en: 'enterprise' },
        aliases: ['qi', 'enterprises', 'company', 'business', '企业', '企方'],
      },
      {
        key: 'resident',
        name: { zh: '民', en: 'residents' },
        aliases: ['min', 'residents', 'villager', 'villagers', 'people', '居民', '村民', '民方', '群众'],
      },
      {
        key: 'townsfolk',
        name: { zh: '四乡人', en: 'townsfolk' },
        aliases: ['four kinds of townsfolk', '乡人', '新乡人', '归乡人', '原乡人', '旅乡人'],
      },
    ],
  },
  {
    ...consultative,
    code: 'crossVillage',
    name: { zh: '村际议事', en: 'talks between villages' },
    source: {
      zh: '本厅默认规则：受影响的各单位到齐，由镇主持，各单位按各自的规则同意',
      en: "This hall's default: every affected unit is present, the town chairs, each unit concurs by its own preset",
    },
    cite: { zh: '村际议事默认规则', en: 'the default rule for talks between villages' },
    quorum: { basis: 'units' },
    pass: { form: 'everyUnit', fallback: { of: 'present', ...half } },
  },
  {
    ...consultative,
    code: 'nantang',
    name: { zh: '南塘十三条', en: 'Nantang thirteen rules' },
    source: {
      zh: '《南塘十三条》（安徽阜阳南塘，按罗伯特议事规则改写）',
      en: "The thirteen rules of Nantang (Fuyang, Anhui), after Robert's Rules of Order",
    },
    cite: { zh: '南塘十三条', en: 'the Nantang rules' },
    quorum: null,
    pass: { form: 'moreYesThanNo' },
    speaking: { seconds: 120, turns: 2, neutralChair: true, positionFirst: true, sidesAlternate: true },
  },
  {
    ...consultative,
    code: 'simple',
    name: { zh: '一般议事', en: 'free use' },
    source: { zh: '本厅默认规则：赞成多于反对', en: "This hall's default: more for than against" },
    cite: { zh: '一般议事默认规则', en: 'the default rule for free use' },
    quorum: null,
    pass: { form: 'moreYesThanNo' },
  },
]
