// A disk that can be filled. Where mounting is allowed it is a small file system of its own; elsewhere the programs that
// write to it are forbidden to write any further.
import { execFileSync } from 'node:child_process'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'

const mebibyte = 2 ** 20

const runs = (program: string, ...args: string[]): boolean => {
  try {
    execFileSync(program, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

export interface SmallDisk {
  /** Writes until the disk takes no more. */
  fill(): Promise<void>
  free(): Promise<void>
  unmount(): Promise<void>
}

/** An ext4 of its own at `folder`, so that an fsync is an fsync; `null` where this user may not mount. */
export const mountSmallDisk = async (folder: string, mebibytes: number): Promise<SmallDisk | null> => {
  const image = `${folder}.ext4`
  const isMounted =
    runs('truncate', '-s', `${mebibytes}M`, image) &&
    runs('mkfs.ext4', '-q', '-m', '0', image) &&
    runs('mount', '-o', 'loop', image, folder)
  if (!isMounted) {
    await rm(image, { force: true })
    return null
  }
  const ballast = join(folder, 'ballast')
  return {
    fill: async () => {
      const file = await open(ballast, 'w')
      for (const size of [mebibyte, 4096]) {
        const block = Buffer.alloc(size, 1)
        for (;;) {
          const written = await file.write(block).catch(() => null)
          if (!written || written.bytesWritten < size) break
        }
      }
      await file.sync().catch(() => {})
      await file.close()
    },
    free: () => rm(ballast, { force: true }),
    unmount: async () => {
      runs('umount', '-l', folder)
      await rm(image, { force: true })
    },
  }
}

/** Lets a program and its children write no file any further, or lets them again. */
export const forbidWriting = (pid: number, isForbidden: boolean): void => {
  const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)])
    .toString()
    .split(/\s+/)
  for (const each of [String(pid), ...children]) {
    if (each) runs('prlimit', '--pid', each, `--fsize=${isForbidden ? 0 : 'unlimited'}:unlimited`)
  }
}
