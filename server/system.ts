// The real clock and the real randomness.
import { randomBytes } from 'node:crypto'
import { idFrom } from '../shared/kernel/ids.ts'
import type { Clock, Ids } from './ports.ts'

export const systemClock: Clock = { now: () => Date.now() }

/** Without 0, 1, I, L, O and U, which people mix up or would rather not read. */
const codeAlphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

export const systemIds: Ids = {
  newId: (kind) => idFrom(kind, randomBytes(16)),
  secret: (bytes) => randomBytes(bytes).toString('base64url'),
  code: (length) => {
    let code = ''
    while (code.length < length) {
      for (const byte of randomBytes(length)) {
        // 240 is the greatest multiple of 30 below 256, so that every character is equally likely.
        if (byte < 240 && code.length < length) code += codeAlphabet[byte % codeAlphabet.length]
      }
    }
    return code
  },
}
