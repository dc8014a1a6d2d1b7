// Owns the command `count -- FILE`: counts a poll offline and prints the result as one JSON object. Exit 2 and one
// line on stderr where the file cannot be counted.
import { readFileSync } from 'node:fs'
import { readBlt } from '../../shared/counting/blt.ts'
import { count } from '../../shared/counting/count.ts'
import { type PollReading, readPoll } from '../../shared/counting/readPoll.ts'
import { reasonOf } from '../../shared/kernel/reason.ts'
import type { Preset } from '../../shared/rules/preset.ts'
import { checkPreset } from '../../shared/rules/presetCheck.ts'
import { presetSchema } from '../../shared/rules/presetSchema.ts'
import { presetByCode } from '../../shared/rules/presets.ts'
import { optionsOf } from './options.ts'

const usage = `npm run --silent count -- FILE
  counts a poll as JSON, or a .blt file, and prints the result as JSON`

const badInputExit = 2

const stop = (line: string): never => {
  process.stderr.write(`${line.replaceAll(/\s+/g, ' ').trim()}\n`)
  process.exit(badInputExit)
}

const presetOf = (value: unknown): Preset | undefined => {
  if (typeof value === 'string') return presetByCode(value)
  const read = presetSchema.safeParse(value)
  return read.success && checkPreset(read.data).length === 0 ? read.data : undefined
}

const textOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    return stop(`cannot read ${file}: ${reasonOf(error)}`)
  }
}

const jsonOf = (text: string, file: string): unknown => {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    return stop(`${file} is not valid JSON: ${reasonOf(error)}`)
  }
}

const readingOf = (file: string): PollReading => {
  const text = textOf(file)
  return file.toLowerCase().endsWith('.blt') ? readBlt(text) : readPoll(jsonOf(text, file), presetOf)
}

const { names } = optionsOf(usage, {}, true)
const [file, ...more] = names
if (file === undefined || more.length > 0) {
  stop(`one FILE is needed; usage: ${usage.split('\n', 1)[0]}`)
} else {
  const reading = readingOf(file)
  if (reading.ok) process.stdout.write(`${JSON.stringify(count(reading.poll), null, 2)}\n`)
  else stop(`cannot count ${file}: ${reading.fault.en} / ${reading.fault.zh}`)
}
