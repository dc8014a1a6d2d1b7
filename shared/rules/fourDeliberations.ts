// Owns the chain of four deliberations and two publications: which link may open next, and what blocks it.
import type { Words } from './preset.ts'

/** Links that a poll decides, in their order. */
export const deliberationCodes = [
  'partyProposal',
  'jointCommittees',
  'partyMembers',
  'representatives',
] as const
/** Links that a public notice makes, in their order. */
export const publicationCodes = ['decisionNotice', 'resultNotice'] as const

export type DeliberationCode = (typeof deliberationCodes)[number]
export type PublicationCode = (typeof publicationCodes)[number]
export type ChainLinkCode = DeliberationCode | PublicationCode

/** One link: a deliberation with the presets it may be decided under, or a publication. */
export interface ChainLink {
  code: ChainLinkCode
  kind: 'deliberation' | 'publication'
  name: Words
  presets: readonly string[]
}

export const fourDeliberations: readonly ChainLink[] = [
  {
    code: 'partyProposal',
    kind: 'deliberation',
    name: { zh: '村党组织提议', en: 'proposal by the village Party organisation' },
    presets: ['partyBranch', 'simple'],
  },
  {
    code: 'jointCommittees',
    kind: 'deliberation',
    name: { zh: '村“两委”会议商议', en: 'consultation of the two village committees' },
    presets: ['simple'],
  },
  {
    code: 'partyMembers',
    kind: 'deliberation',
    name: { zh: '党员大会审议', en: 'review by the Party members' },
    presets: ['partyBranch'],
  },
  {
    code: 'representatives',
    kind: 'deliberation',
    name: { zh: '村民会议或村民代表会议决议', en: "decision of the villagers' assembly or representatives" },
    presets: ['repAssembly', 'villageAssemblyByPerson', 'villageAssemblyByHousehold'],
  },
  {
    code: 'decisionNotice',
    kind: 'publication',
    name: { zh: '决议公开', en: 'publication of the decision' },
    presets: [],
  },
  {
    code: 'resultNotice',
    kind: 'publication',
    name: { zh: '实施结果公开', en: 'publication of the result' },
    presets: [],
  },
]

/** How far a matter has come: links done (a poll passed, a notice hung for its days), in any order given. */
export interface ChainStanding {
  /** the link that may open now; null where the chain is complete */
  next: ChainLink | null
  /** links done out of turn, with what was skipped before them; empty in a sound chain */
  skipped: readonly ChainLink[]
  complete: boolean
}

/** Where a chain stands: the first link not done is the only one that may open, and it blocks all behind it. */
export const chainStanding = (done: ReadonlySet<ChainLinkCode>): ChainStanding => {
  const first = fourDeliberations.findIndex(({ code }) => !done.has(code))
  if (first < 0) return { next: null, skipped: [], complete: true }
  const last = fourDeliberations.findLastIndex(({ code }) => done.has(code))
  const skipped = fourDeliberations.filter(({ code }, index) => index < last && !done.has(code))
  return { next: fourDeliberations[first] ?? null, skipped, complete: false }
}

export type LinkOpening =
  | { ok: true }
  | { ok: false; reason: 'alreadyDone' | 'linkMissing'; missing: readonly ChainLink[]; why: Words }

/** Whether a link may open: every one before it is done and itself is not. */
export const mayOpen = (link: ChainLinkCode, done: ReadonlySet<ChainLinkCode>): LinkOpening => {
  if (done.has(link)) {
    return {
      ok: false,
      reason: 'alreadyDone',
      missing: [],
      why: { zh: '这一步已经完成', en: 'this link is already done' },
    }
  }
  const index = fourDeliberations.findIndex(({ code }) => code === link)
  const missing = fourDeliberations.slice(0, index).filter(({ code }) => !done.has(code))
  if (missing.length === 0) return { ok: true }
  const zh = missing.map(({ name }) => name.zh).join('、')
  const en = missing.map(({ name }) => name.en).join(', ')
  return { ok: false, reason: 'linkMissing', missing, why: { zh: `还缺：${zh}`, en: `still missing: ${en}` } }
}
