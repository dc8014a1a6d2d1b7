// How PostgreSQL's types become values here.
import { type ClientConfig, types } from 'pg'

const oidBytea = 17
const oidInt8 = 20

/** Every int8 of the schema is a time, a count or a sequence number, and fits a double. */
export const typeParsers = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    if (format === 'binary') return types.getTypeParser(oid, 'binary')
    const parse = types.getTypeParser(oid, 'text')
    if (oid === oidInt8) return Number
    // A copy with memory of its own: small Buffers share theirs, and bytes are handed on to worker threads.
    if (oid === oidBytea) return (text: string) => new Uint8Array(parse(text) as Buffer)
    return parse
  },
} as NonNullable<ClientConfig['types']>
