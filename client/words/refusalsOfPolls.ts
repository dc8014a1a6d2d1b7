// Refusals of papers, proxies, substitutes, ties and the chain of four deliberations, in words.
import type { RefusalCode } from '../../shared/kernel/refusals.ts'
import type { RefusalWords } from './refusals.ts'

export const refusalsOfPolls = {
  weighedByName: {
    zh: '各席位权重不同，每张票须记到席位，不能用纸票、举手或无记名方式。',
    en: 'Seats weigh differently, so every ballot must name its seat: no paper, hands or secret ballots.',
  },
  paperBroken: {
    zh: '票数对不上，请再核对。',
    en: 'The figures do not add up. Please check them.',
    exact: { zh: '票数对不上：{{zh}}。', en: 'The figures do not add up: {{en}}.' },
  },
  paperUnsettled: {
    zh: '有票箱还没有两位计票人一致的结果，请先点清或撤下。',
    en: 'Two tellers do not agree on a box yet. Count it again, or discard it, before closing.',
  },
  paperAgreed: {
    zh: '这个票箱两位计票人已经一致，如须重点请先撤下。',
    en: 'Two tellers already agree on this box. Discard it first to count again.',
  },
  paperTellers: {
    zh: '已有两位计票人在点这个票箱。',
    en: 'Two tellers are already counting this box.',
  },
  papersExceedSeats: {
    zh: '发出的票多于以纸票表决的席位。',
    en: 'More papers were handed out than there are seats that vote on paper.',
  },
  paperUnknown: { zh: '这个票箱还没有录入。', en: 'Nothing was entered for this box.' },
  proxyRefused: {
    zh: '不能这样委托。',
    en: 'This proxy cannot be used.',
    exact: { zh: '不能这样委托：{{zh}}。', en: 'This proxy cannot be used: {{en}}.' },
  },
  proxyUnknown: { zh: '没有这份委托。', en: 'There is no such proxy.' },
  substituteRefused: {
    zh: '不能这样替补。',
    en: 'This person cannot sit in.',
    exact: { zh: '不能这样替补：{{zh}}。', en: 'This person cannot sit in: {{en}}.' },
  },
  householdTwice: {
    zh: '按户表决时每户只能有一个席位。',
    en: 'By households, each household has one seat only.',
    exact: {
      zh: '按户表决时每户只能有一个席位，“{{household}}”选了不止一人。',
      en: 'By households, each has one seat only; {{household}} has more.',
    },
  },
  matterUnknown: { zh: '没有这个事项。', en: 'There is no such matter.' },
  linkNotOpen: {
    zh: '“四议两公开”的这一步还不能进行。',
    en: 'This link of the chain cannot open yet.',
    exact: {
      zh: '“四议两公开”的这一步还不能进行：{{zh}}。',
      en: 'This link of the chain cannot open yet: {{en}}.',
    },
  },
  linkPresetOdd: {
    zh: '这一步须按法定的规则表决，请另选规则。',
    en: 'This link must be decided by a rule meant for it. Choose another rule.',
  },
  noticeTooShort: {
    zh: '公示时间太短。',
    en: 'The notice must hang longer.',
    exact: { zh: '公示不得少于 {{min}} 天。', en: 'A notice must hang for at least {{min}} days.' },
  },
  noticeStillHangs: {
    zh: '公示期未满，还不能撤下。',
    en: 'The notice has not hung for its days yet.',
  },
  noTie: { zh: '这项表决没有须由主持人裁定的平局。', en: 'There is no tie here for the chair to break.' },
} as const satisfies Partial<Readonly<Record<RefusalCode, RefusalWords>>>
