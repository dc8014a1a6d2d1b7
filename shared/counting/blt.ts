// Owns the reading of .blt files, the plain-text form in which ranked elections are exchanged.
import { tallyMax } from '../rules/fractions.ts'
import { pollFault } from './checkPoll.ts'
import type { Poll, PollBallot } from './poll.ts'
import { BadInput } from './reader.ts'
import type { PollReading } from './readPoll.ts'

const lineOf = (text: string): string => text.replace(/#.*$/, '').trim()

/** Lines that say something, with their number in the file. A # starts a comment, but not inside a quoted name. */
const linesOf = (text: string): { line: string; at: number }[] =>
  text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((raw, index) => ({
      line: raw.trimStart().startsWith('"') ? raw.trim() : lineOf(raw),
      at: index + 1,
    }))
    .filter(({ line }) => line !== '')

const bad = (at: number, zh: string, en: string) => new BadInput(`第 ${at} 行：${zh}`, `line ${at}: ${en}`)

const wholeIn = (word: string, at: number): number => {
  const figure = /^\d+$/.test(word) ? Number(word) : Number.NaN
  if (Number.isSafeInteger(figure) && figure <= tallyMax) return figure
  throw bad(at, `“${word}”不是非负整数`, `"${word}" is not a whole number of 0 or more`)
}

interface Head {
  candidates: number
  seats: number
}

const readHead = (line: string, at: number): Head => {
  const words = line.split(/\s+/)
  const [candidates, seats] = words.map((word) => wholeIn(word, at))
  if (words.length !== 2 || candidates === undefined || seats === undefined) {
    throw bad(at, '首行须是候选数和名额', 'the first line must hold the number of candidates and of seats')
  }
  if (candidates === 0) throw new BadInput('这个表决没有选项', 'the poll has no options', 'noOptions')
  if (seats === 0) throw bad(at, '名额不能为 0', 'there must be at least one seat')
  return { candidates, seats }
}

/** "3 2 1=4 0": three ballots with 2 first, then 1 and 4 level. A "-" is a rank left empty. */
const readBallot = (line: string, at: number, candidates: number) => {
  const [first = '', ...rest] = line.replace(/^\([^)]*\)\s*/, '').split(/\s+/)
  const count = wholeIn(first, at)
  if (rest.at(-1) !== '0') throw bad(at, '每张票须以 0 结尾', 'a ballot must end with 0')
  const numbers = rest
    .slice(0, -1)
    .filter((word) => word !== '-')
    .map((group) => group.split('=').map((word) => wholeIn(word, at)))
  const beyond = numbers.flat().find((number) => number < 1 || number > candidates)
  if (beyond !== undefined) throw bad(at, `没有第 ${beyond} 号候选`, `there is no candidate ${beyond}`)
  return { count, numbers }
}

const nameIn = (line: string, at: number): string => {
  const name = /^"((?:[^"]|"")*)"/.exec(line)?.[1]?.replaceAll('""', '"').trim()
  if (name === undefined || name === '')
    throw bad(at, '名称须写在引号里', 'a name must stand in quotation marks')
  return name
}

const assemble = (text: string): Poll => {
  const [head, ...lines] = linesOf(text)
  if (head === undefined) throw new BadInput('文件是空的', 'the file is empty')
  const { candidates, seats } = readHead(head.line, head.at)
  const end = lines.findIndex(({ line }) => line === '0')
  if (end < 0) throw new BadInput('选票之后缺少单独一行的 0', 'the line "0" after the ballots is missing')
  const before = lines.slice(0, end)
  const withdrawnLines = before.filter(({ line }) => line.startsWith('-'))
  const withdrawn = new Set(
    withdrawnLines.flatMap(({ line, at }) =>
      line.split(/\s+/).map((word) => wholeIn(word.replace(/^-/, ''), at)),
    ),
  )
  const names = lines.slice(end + 1, end + 1 + candidates).map(({ line, at }) => nameIn(line, at))
  if (names.length < candidates) {
    throw new BadInput(`候选名称少于 ${candidates} 个`, `fewer than ${candidates} candidate names`)
  }
  const options = names.filter((_, index) => !withdrawn.has(index + 1))
  const ballots = before
    .filter(({ line }) => !line.startsWith('-'))
    .map(({ line, at }): PollBallot => {
      const { count, numbers } = readBallot(line, at, candidates)
      const standing = numbers.map((group) => group.filter((number) => !withdrawn.has(number)))
      const ranking = standing
        .filter((group) => group.length > 0)
        .map((group) => group.map((number) => names[number - 1] ?? ''))
      return { count, choice: { ranking } }
    })
  return { method: { kind: 'stv' }, options, winners: seats, ballots }
}

/** Reads a .blt file as a poll by single transferable vote; candidates that have withdrawn are left out. */
export const readBlt = (text: string): PollReading => {
  try {
    const poll = assemble(text)
    const found = pollFault(poll)
    return found === undefined ? { ok: true, poll } : { ok: false, fault: found }
  } catch (error) {
    if (error instanceof BadInput) return { ok: false, fault: error.fault }
    throw error
  }
}
