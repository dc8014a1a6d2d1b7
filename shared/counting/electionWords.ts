// Owns the words of an election's result: who was chosen by how many, in how many rounds, or why nobody was.
import type { Words } from '../rules/preset.ts'
import { sentence, together } from '../rules/zhMarks.ts'
import type { CountResult, Poll } from './poll.ts'

const nameOf = (poll: Poll, option: string): Words => poll.optionNames?.[option] ?? { zh: option, en: option }

/** Options in words, with their votes where these say something by themselves. */
const listed = (poll: Poll, result: CountResult, options: readonly string[]): Words => {
  const counted = result.method !== 'schulze'
  const one = (option: string, language: 'zh' | 'en') => {
    const name = nameOf(poll, option)[language]
    return counted ? `${name} ${result.totals[option] ?? 0}` : name
  }
  return {
    zh: options.map((option) => one(option, 'zh')).join('、'),
    en: options.map((option) => one(option, 'en')).join(', '),
  }
}

const castWords = ({ ballots: { cast, blank } }: CountResult): Words =>
  blank === 0
    ? { zh: `投票 ${cast}`, en: `${cast} cast` }
    : { zh: `投票 ${cast}（空白 ${blank}）`, en: `${cast} cast (${blank} blank)` }

const methodWords = (poll: Poll, result: CountResult): Words[] => {
  const said: Words[] = []
  if (result.quota !== undefined) said.push({ zh: `当选商数 ${result.quota}`, en: `quota ${result.quota}` })
  if (result.rounds !== undefined)
    said.push({ zh: `共 ${result.rounds.length} 轮`, en: `${result.rounds.length} rounds` })
  if (result.order !== undefined) {
    const order = (language: 'zh' | 'en') =>
      result.order
        ?.map((group) => group.map((option) => nameOf(poll, option)[language]).join(' = '))
        .join(' > ') ?? ''
    said.push({ zh: `次序 ${order('zh')}`, en: `order ${order('en')}` })
  }
  return said
}

/** What an election came to, in words. */
export const electionWords = (poll: Poll, result: CountResult): Words => {
  const winners = listed(poll, result, result.winners)
  const tied = listed(poll, result, result.tied ?? [])
  const parts: Words[] = [sentence([castWords(result), ...methodWords(poll, result)])]
  if (result.winners.length > 0) parts.push({ zh: `选出：${winners.zh}`, en: `chosen: ${winners.en}` })
  if (tied.zh !== '') {
    const open = result.outcome === 'tied'
    parts.push({
      zh: `并列：${tied.zh}，${open ? '待裁决' : '按规则均不入选'}`,
      en: `tied: ${tied.en}, ${open ? 'to be decided' : 'none chosen under the rule of ties'}`,
    })
  }
  if (result.winners.length === 0 && tied.zh === '') parts.push({ zh: '无人选出', en: 'nobody is chosen' })
  return together(parts)
}
