// Owns the record-only presets: office elections and recall, which the law has counted on paper in secret booths, so
// that the hall records the count and never offers a device ballot for them. `present` is the number who voted.
import type { Preset } from '../preset.ts'

const recorded = {
  version: 1,
  effectiveFrom: '2026-01-01',
  default: false,
  standing: 'statutory',
  quorum: { basis: 'roster', strictness: 'moreThan', num: 1, den: 2 },
  pass: { form: 'share', of: 'cast', strictness: 'moreThan', num: 1, den: 2 },
  weights: 'one',
  recusal: 'staysInDenominator',
  noticeDays: 0,
  papersDays: 0,
  ballotChange: false,
  ties: 'fails',
  recordOnly: true,
  onlineAttendance: false,
} as const satisfies Partial<Preset>

const cite = { zh: '村民委员会组织法', en: "the Organic Law of Villagers' Committees" }

export const officePresets: readonly Preset[] = [
  {
    ...recorded,
    code: 'officeElection',
    name: { zh: '村民委员会选举（只记录）', en: "election of the villagers' committee (record only)" },
    source: {
      zh: '《中华人民共和国村民委员会组织法》（2025年修正）村民委员会的选举一章',
      en: "Organic Law of Villagers' Committees of the PRC (2025 text), chapter on elections",
    },
    cite,
    proxies: { sameHousehold: false, perHolderMax: 3 },
  },
  {
    ...recorded,
    code: 'officeRecall',
    name: {
      zh: '罢免村民委员会成员（只记录）',
      en: "recall of a member of the villagers' committee (record only)",
    },
    source: {
      zh: '《中华人民共和国村民委员会组织法》（2025年修正）村民委员会的选举一章（罢免）',
      en: "Organic Law of Villagers' Committees of the PRC (2025 text), chapter on elections (recall)",
    },
    cite,
    proxies: null,
  },
]
