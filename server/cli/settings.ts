// The settings of the environment, for whatever starts on its own; one that is wrong is told in one line.

import { reasonOf } from '../../shared/kernel/reason.ts'
import { type Config, readConfig } from '../config.ts'

const wrongExit = 2

export const settings = (env: Readonly<Record<string, string | undefined>> = process.env): Config => {
  try {
    return readConfig(env)
  } catch (fault) {
    process.stderr.write(`a setting is wrong: ${reasonOf(fault)}. README.md lists the settings\n`)
    return process.exit(wrongExit)
  }
}
