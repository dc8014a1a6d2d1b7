// What a command was asked for. What it does not know it refuses in words, with how it is called, and ends with 2;
// `--help` says the same and more, and ends with 0.
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { reasonOf } from '../../shared/kernel/reason.ts'

type Options = NonNullable<ParseArgsConfig['options']>
type Values<O extends Options> = ReturnType<typeof parseArgs<{ options: O }>>['values']

/** Says why on stderr and ends the process with 2. */
export type Refuse = (why: string) => never

/**
 * @param usage as somebody would type it; lines below that say what it does
 * @param takesNames whether it takes names without an option, such as of files
 */
export const optionsOf = <const O extends Options>(
  usage: string,
  options: O,
  takesNames = false,
): { values: Values<O>; names: readonly string[]; refuse: Refuse } => {
  const refuse: Refuse = (why) => {
    process.stderr.write(`${why}\nusage: ${usage.split('\n', 1)[0]}\n`)
    process.exit(2)
  }
  const args = process.argv.slice(2)
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(`usage: ${usage}\n`)
    process.exit(0)
  }
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: takesNames })
    return { values, names: positionals, refuse }
  } catch (fault) {
    return refuse(reasonOf(fault))
  }
}

/** @param name of the option, which takes a whole number that is not smaller than `least` */
export const wholeNumber = (name: string, text: string, least: number, refuse: Refuse): number => {
  const number = Number(text)
  const isGood = text.trim() !== '' && Number.isSafeInteger(number) && number >= least
  return isGood
    ? number
    : refuse(`--${name} takes a whole number from ${least}; ${text || 'nothing'} is none`)
}
