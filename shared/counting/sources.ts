// Owns the checks of ballots that do not come from a seat's own device: paper counted by two tellers, written
// proxies, and substitutes inside a household. One seat has one source.
import type { Preset, Words } from '../rules/preset.ts'

/** One teller's count of the paper box, entered without seeing the other's. */
export interface PaperCount {
  readonly options: Readonly<Record<string, number>>
  readonly blank: number
  readonly spoiled: number
  /** papers taken out of the box */
  readonly box: number
}

export interface PaperLimits {
  readonly handedOut: number
  readonly present: number
}

/** A line of a sheet on which the tellers differ, or that breaks what papers must come to. */
export interface PaperMismatch extends Words {
  line: string
  code: 'differs' | 'notWhole' | 'sumNotBox' | 'boxOverHandedOut' | 'handedOutOverPresent'
}

export type PaperFinding =
  | { ok: true; count: PaperCount; why: Words }
  | { ok: false; recount: true; mismatches: PaperMismatch[] }

const sheetOf = ({ options, blank, spoiled, box }: PaperCount): Map<string, number> =>
  new Map([...Object.entries(options), ['blank', blank], ['spoiled', spoiled], ['box', box]])

const limitFaults = (who: Words, sheet: PaperCount, { handedOut, present }: PaperLimits): PaperMismatch[] => {
  const faults: PaperMismatch[] = []
  const figures = [...sheetOf(sheet), ['handedOut', handedOut] as const, ['present', present] as const]
  for (const [line, figure] of figures) {
    if (Number.isSafeInteger(figure) && figure >= 0) continue
    faults.push({
      line,
      code: 'notWhole',
      zh: `${who.zh}：${line} 不是非负整数`,
      en: `${who.en}: ${line} is not a whole number`,
    })
  }
  if (faults.length > 0) return faults
  const votes = Object.values(sheet.options).reduce((sum, figure) => sum + figure, 0)
  const sum = votes + sheet.blank + sheet.spoiled
  if (sum !== sheet.box) {
    faults.push({
      line: 'box',
      code: 'sumNotBox',
      zh: `${who.zh}：各选项、空白、废票合计 ${sum}，票箱 ${sheet.box}`,
      en: `${who.en}: options, blank and spoiled come to ${sum}, the box held ${sheet.box}`,
    })
  }
  if (sheet.box > handedOut) {
    faults.push({
      line: 'box',
      code: 'boxOverHandedOut',
      zh: `${who.zh}：票箱 ${sheet.box} 张，只发出 ${handedOut} 张`,
      en: `${who.en}: ${sheet.box} papers in the box, only ${handedOut} handed out`,
    })
  }
  return faults
}

/**
 * Compares two blind counts of the same box. They match where every line is equal and
 * options + blank + spoiled = box ≤ handed out ≤ present; anything else means counting again.
 */
export const reconcilePaper = (a: PaperCount, b: PaperCount, limits: PaperLimits): PaperFinding => {
  const first = sheetOf(a)
  const second = sheetOf(b)
  const mismatches: PaperMismatch[] = []
  for (const line of new Set([...first.keys(), ...second.keys()])) {
    const [one, other] = [first.get(line) ?? 0, second.get(line) ?? 0]
    if (one === other) continue
    const zh = `${line}：一位计票人数得 ${one}，另一位 ${other}`
    mismatches.push({
      line,
      code: 'differs',
      zh,
      en: `${line}: one teller counted ${one}, the other ${other}`,
    })
  }
  mismatches.push(...limitFaults({ zh: '计票人甲', en: 'first teller' }, a, limits))
  mismatches.push(...limitFaults({ zh: '计票人乙', en: 'second teller' }, b, limits))
  if (limits.handedOut > limits.present) {
    const { handedOut, present } = limits
    const zh = `发出 ${handedOut} 张，实到只有 ${present}`
    mismatches.push({
      line: 'handedOut',
      code: 'handedOutOverPresent',
      zh,
      en: `${handedOut} handed out to ${present} present`,
    })
  }
  if (mismatches.length > 0) return { ok: false, recount: true, mismatches }
  const why = {
    zh: `两位计票人一致：票箱 ${a.box}，发出 ${limits.handedOut}，实到 ${limits.present}`,
    en: `both tellers agree: ${a.box} in the box, ${limits.handedOut} handed out, ${limits.present} present`,
  }
  return { ok: true, count: a, why }
}

/** A seat as proxies and substitutes see it. */
export interface HouseholdSeat {
  readonly id: string
  readonly household: string | null
  readonly present: boolean
  readonly mayVote: boolean
}

export interface ProxyRequest {
  readonly from: HouseholdSeat
  readonly to: HouseholdSeat
  /** a signed paper was handed in */
  readonly written: boolean
  /** proxies that `to` already holds in this meeting */
  readonly held: number
}

export type SourceFinding = { ok: true } | ({ ok: false; code: SourceFaultCode } & Words)

export type SourceFaultCode =
  | 'noProxies'
  | 'notWritten'
  | 'toSelf'
  | 'giverPresent'
  | 'holderAbsent'
  | 'holderMayNotVote'
  | 'otherHousehold'
  | 'tooManyHeld'
  | 'householdTaken'

const faultWords: Readonly<Record<SourceFaultCode, Words>> = {
  noProxies: { zh: '此规则不许委托', en: 'this rule allows no proxies' },
  notWritten: { zh: '委托须有书面', en: 'a proxy must be in writing' },
  toSelf: { zh: '不能委托给自己', en: 'a seat cannot be its own proxy' },
  giverPresent: { zh: '委托人已到会', en: 'whoever gives the proxy is present' },
  holderAbsent: { zh: '受托人未到会', en: 'whoever holds the proxy is not present' },
  holderMayNotVote: { zh: '没有表决权', en: 'this person may not vote' },
  otherHousehold: { zh: '须是同一户的成员', en: 'it must be a member of the same household' },
  tooManyHeld: { zh: '受托份数已到上限', en: 'the holder has as many proxies as the rule allows' },
  householdTaken: { zh: '本户已有人代表', en: 'somebody already sits for this household' },
}

/** What stands in the way of a proxy or a substitute, in words. */
export const sourceFaultWords = (code: SourceFaultCode): Words => faultWords[code]

const refusal = (code: SourceFaultCode, words: Words = faultWords[code]): SourceFinding => ({
  ok: false,
  code,
  ...words,
})

const sameHousehold = (a: HouseholdSeat, b: HouseholdSeat): boolean =>
  a.household !== null && a.household === b.household

/** Whether a seat may vote for another under its preset's own limits. */
export const checkProxy = ({ proxies }: Preset, { from, to, written, held }: ProxyRequest): SourceFinding => {
  if (proxies === null) return refusal('noProxies')
  if (!written) return refusal('notWritten')
  if (from.id === to.id) return refusal('toSelf')
  if (from.present) return refusal('giverPresent')
  if (!to.present) return refusal('holderAbsent')
  if (!to.mayVote) return refusal('holderMayNotVote')
  if (proxies.sameHousehold && !sameHousehold(from, to)) return refusal('otherHousehold')
  const most = proxies.perHolderMax
  if (most !== null && held >= most) {
    return refusal('tooManyHeld', { zh: `每人最多受托 ${most} 份`, en: `nobody may hold more than ${most}` })
  }
  return { ok: true }
}

/** Whether somebody may sit for a household: a member of it, and nobody else sits for it yet. */
export const checkSubstitute = (
  household: string,
  substitute: HouseholdSeat,
  seatedFor: ReadonlyMap<string, string>,
): SourceFinding => {
  if (substitute.household !== household) return refusal('otherHousehold')
  if (!substitute.mayVote) return refusal('holderMayNotVote')
  const seated = seatedFor.get(household)
  return seated !== undefined && seated !== substitute.id ? refusal('householdTaken') : { ok: true }
}
