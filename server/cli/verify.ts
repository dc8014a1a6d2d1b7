// `yishiting verify FILE`: checks an exported record offline and says what it found.
import { readFile } from 'node:fs/promises'
import { reasonOf } from '../../shared/kernel/reason.ts'
import { verifyRecord } from '../../shared/record/verify.ts'
import { optionsOf } from './options.ts'

const usage = `yishiting verify FILE
  checks an exported record: 0 when it is whole, 1 when it is broken, 2 when it cannot be read`
const { names, refuse } = optionsOf(usage, {}, true)
const [file, ...more] = names

const say = (line: string, exitCode: number): void => {
  ;(exitCode === 0 ? process.stdout : process.stderr).write(`${line}\n`)
  process.exitCode = exitCode
}

const verify = async (path: string): Promise<void> => {
  let parsed: unknown
  try {
    parsed = JSON.parse(await readFile(path, 'utf8'))
  } catch (fault) {
    return say(`cannot read ${path}: ${reasonOf(fault)}`, 2)
  }
  const finding = verifyRecord(parsed)
  if (finding.ok) {
    return say(`whole: ${finding.events} events, ${finding.texts} frozen texts, head ${finding.head}`, 0)
  }
  say(`broken at event ${finding.seq}: ${finding.problem}`, 1)
}

if (file && more.length === 0) await verify(file)
else refuse('one FILE is needed')
