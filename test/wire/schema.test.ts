// What travels is hashed, so that no message changes unnoticed. An older page must understand the server or be told
// that it is out of date, and only `protocolVersion` tells it.
//
// When this test fails, ask: does a page that was loaded before the change still understand every message, and does
// the server understand its orders?
// - Yes (a comment, a wider bound, an optional field that may be ignored): put the new hash beside the same version.
// - No (a message or field renamed, removed, made required, or given another meaning; a new event, which an older
//   page cannot fold): raise `protocolVersion` in shared/wire/live.ts, and put the hashes under the new version.
// The hashes of earlier versions are not kept: the list holds the current one.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { commandEnvelope } from '../../shared/meeting/commands.ts'
import { canonical } from '../../shared/record/canonical.ts'
import { protocolVersion } from '../../shared/wire/live.ts'

const known = {
  version: 2,
  orders: 'd37a478d673748b7',
  'shared/wire/live.ts': '4802b95af6637e62',
  'shared/meeting/events.ts': '35e58c9d44b2d498',
  'shared/meeting/state.ts': 'c63e7db1e4782cfd',
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16)

/** Comments and the shape of lines travel nowhere. */
const bare = (source: string): string =>
  source
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/\/\/[^\n]*/g, '')
    .replaceAll(/[\s;,|]+/g, ' ')

const orders = hashOf(canonical(z.toJSONSchema(commandEnvelope, { io: 'input' })))

const hashNow = async (file: string): Promise<string> =>
  hashOf(bare(await readFile(new URL(`../../${file}`, import.meta.url), 'utf8')))

test('what travels is what this version of the protocol says', async () => {
  const files = Object.keys(known).filter((key) => key.startsWith('shared/'))
  const now: Record<string, string | number> = { version: protocolVersion, orders }
  for (const file of files) now[file] = await hashNow(file)
  expect(
    now,
    'What travels between server and pages has changed. Read the head of test/wire/schema.test.ts: raise ' +
      '`protocolVersion` if an older page would not understand, then put these hashes into `known`.',
  ).toEqual(known)
})
