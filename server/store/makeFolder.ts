// Makes a folder with all that leads to it. Node's own way (`recursive`) never comes back where a folder cannot hold
// others and the system says only that something is missing, as below /proc.
import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { reasonOf } from '../../shared/kernel/reason.ts'

const codeOf = (fault: unknown): unknown => (fault instanceof Error && 'code' in fault ? fault.code : null)

const isFolder = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => null))?.isDirectory() ?? false

const make = async (path: string): Promise<void> => {
  try {
    await mkdir(path)
  } catch (fault) {
    if (await isFolder(path)) return
    const parent = dirname(path)
    if (codeOf(fault) !== 'ENOENT' || (await isFolder(parent))) throw fault
    await make(parent)
    await make(path)
  }
}

/** @throws in words that name the folder */
export const makeFolder = (path: string): Promise<void> =>
  make(path).catch((fault) => {
    const why = reasonOf(fault)
    throw new Error(`the folder ${path} cannot be made (${why})`, { cause: fault })
  })
