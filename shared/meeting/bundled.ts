// Finds several questions in one motion, so that they can be put one by one. It reads words, not minds: what it finds is
// a warning to whoever opens the poll and never a refusal. Where two verbs share one object it stays silent.

export interface BundleSign {
  /** several questions in a row; parts that carry numbers; or two acts joined into one sentence */
  readonly kind: 'questions' | 'numbered' | 'joined'
  readonly parts: readonly string[]
}

const partsMax = 4
const partCharsMax = 40

const tidy = (text: string): string => text.replace(/^[\s,.;:，。；：、]+|[\s,.;:，。；：、?？]+$/g, '')

const sign = (kind: BundleSign['kind'], parts: readonly string[]): BundleSign => ({
  kind,
  parts: parts
    .map(tidy)
    .filter((part) => part !== '')
    .slice(0, partsMax)
    .map((part) => (part.length > partCharsMax ? `${part.slice(0, partCharsMax)}…` : part)),
})

/** Acts that a meeting decides on. Words of deliberating (审议, 讨论, discuss) are none: they need no vote of their own. */
const zhActs =
  '批准|授权|委托|选举|推选|罢免|任命|聘请|聘用|购买|购置|出售|变卖|出租|承包|拆除|修建|新建|扩建|改建|兴建|建造|建设|配建|增设|加装|安装|拓宽|硬化|绿化|收取|征收|提高|降低|上调|下调|调整|发放|设立|成立|撤销|取消|废止|修改|修订|实行|推行|开放|关闭|签订|动用|拨付|出资|分配|禁止|停止|启动|更换|维修'
const enActs =
  'approve|adopt|authori[sz]e|appoint|elect|dismiss|remove|buy|purchase|sell|lease|build|construct|widen|extend|demolish|repair|install|raise|increase|lower|reduce|charge|levy|introduce|abolish|cancel|amend|revise|establish|hire|sign|spend|pay|grant|ban|prohibit|allow|replace'

/** How far behind each joining word its act may stand: a loose one may have the object first, a plain one may not. */
const zhJoins: readonly (readonly [join: string, gap: number])[] = [
  ['并且', 8],
  ['同时(?!段|期|间)', 8],
  ['此外', 8],
  ['另外', 8],
  ['(?<![合一归兼吞])并(?!且|列|网|购|排|轨|发|存|非|不)', 2],
  ['以及', 1],
  ['(?<![以])及', 1],
  ['(?<![饱共平总温缓])和(?![解平谐睦])', 1],
]

const zhFirst = new RegExp(zhActs)
const zhActEnds = new RegExp(`(?:${zhActs})[,，、]?$`)
const enFirst = new RegExp(`\\b(?:${enActs})\\b`, 'i')
const enActEnds = new RegExp(`\\b(?:${enActs})\\s*,?\\s*$`, 'i')
const enJoin = new RegExp(
  `\\b(?:and|as well as|plus|while)\\s+(?:also\\s+|then\\s+|to\\s+|shall we\\s+)*(?=(?:${enActs})\\b)`,
  'gi',
)

/** Before the joining word there is an act, and it has an object of its own: it does not stand right before the word. */
const hasOwnObject = (before: string): boolean =>
  (zhFirst.test(before) && !zhActEnds.test(before)) || (enFirst.test(before) && !enActEnds.test(before))

const joinedBy = (text: string, join: RegExp): readonly string[] | null => {
  for (const found of text.matchAll(join)) {
    const before = text.slice(0, found.index)
    if (hasOwnObject(before)) return [before, text.slice(found.index + found[0].length)]
  }
  return null
}

const actIn = (text: string): boolean => zhFirst.test(text) || enFirst.test(text)

const joined = (text: string): readonly string[] | null => {
  const clauses = text.split(/[;；]/).filter(actIn)
  if (clauses.length > 1) return clauses
  for (const [join, gap] of zhJoins) {
    const found = joinedBy(text, new RegExp(`${join}(?=[^，。；]{0,${gap}}(?:${zhActs}))`, 'g'))
    if (found !== null) return found
  }
  return joinedBy(text, enJoin)
}

const numberSigns: readonly (readonly [first: RegExp, second: RegExp])[] = [
  [/(?<![\d.])1[.．、)）](?!\d)/, /(?<![\d.])2[.．、)）](?!\d)/],
  [/一[、)）]|一是|其一/, /二[、)）]|二是|其二/],
  [/第一[，,、：:]|首先/, /第二[，,、：:]|其次/],
  [/①/, /②/],
  [/(?<![a-z])a\)/i, /(?<![a-z])b\)/i],
  [/\bfirst(?:ly)?,/i, /\bsecond(?:ly)?,/i],
]

const numbered = (text: string): readonly string[] | null => {
  for (const [first, second] of numberSigns) {
    const one = first.exec(text)
    if (one === null) continue
    const from = one.index + one[0].length
    const two = second.exec(text.slice(from))
    if (two === null) continue
    const parts = [text.slice(from, from + two.index), text.slice(from + two.index + two[0].length)]
    if (parts.every((part) => tidy(part).length > 1)) return parts
  }
  return null
}

/** Two marks of a question, or a second 是否 behind a comma. */
const questions = (text: string): readonly string[] | null => {
  const asked = text.split(/[?？]/).filter((part) => tidy(part).length > 1)
  const marks = text.match(/[?？]+/g)?.length ?? 0
  if (marks > 1 && asked.length > 1) return asked
  const again = text.split(/[，。；、,;]\s*(?=(?:也|又|再)?(?:是否|能否|可否|要不要))/)
  return again.length > 1 && /是否|能否|可否|要不要/.test(again[0] ?? '') ? again : null
}

/**
 * The signs that a motion holds several questions, at most one of a kind; empty where it seems to be one. Options are
 * packages to choose between, so only numbered parts and questions count there.
 */
export const bundledIn = (question: string, options: readonly string[] = []): BundleSign[] => {
  const signs: BundleSign[] = []
  const texts = [question, ...options]
  const asked = texts.map(questions).find((parts) => parts !== null)
  if (asked) signs.push(sign('questions', asked))
  const counted = texts.map(numbered).find((parts) => parts !== null)
  if (counted) signs.push(sign('numbered', counted))
  const acts = signs.length === 0 && options.length === 0 ? joined(question) : null
  if (acts !== null) signs.push(sign('joined', acts))
  return signs.filter(({ parts }) => parts.length > 1)
}
