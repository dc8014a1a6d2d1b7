// A row as a line of text, the same whatever database it comes from; and the digest of a table's lines.
import { createHash, type Hash } from 'node:crypto'
import type { Row, Table } from '../store/line.ts'

type Shape = Pick<Table, 'columns'> | { readonly columns: readonly { readonly kind: string }[] }

/** A JSON array in the order of the columns; bytes as base64. Ends with a line feed. */
export const lineOf = (row: Row): string =>
  `${JSON.stringify(row.map((cell) => (cell instanceof Uint8Array ? base64(cell) : cell)))}\n`

export const rowIn = ({ columns }: Shape, line: string): Row => {
  const cells = JSON.parse(line) as (string | number | null)[]
  return cells.map((cell, i) =>
    columns[i]?.kind === 'bytes' && typeof cell === 'string'
      ? new Uint8Array(Buffer.from(cell, 'base64'))
      : cell,
  )
}

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')

export const keyOf = ({ columns, key }: Table, row: Row): Row =>
  key.map((name) => row[columns.findIndex((column) => column.name === name)] ?? null)

export const asObject = <T>({ columns }: Table, row: Row): T =>
  Object.fromEntries(columns.map(({ name }, i) => [name, row[i]])) as T

/** SHA-256 of all lines, and how many there are. */
export class LineDigest {
  private readonly hash: Hash = createHash('sha256')
  rows = 0

  add(line: string): void {
    this.hash.update(line)
    this.rows += 1
  }

  hex(): string {
    return this.hash.digest('hex')
  }
}

/** Splits at line feeds alone: JSON may hold every other mark that ends a line elsewhere. */
export const linesIn = async function* (bytes: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let rest: string[] = []
  for await (const chunk of bytes) {
    const parts = decoder.decode(chunk, { stream: true }).split('\n')
    for (const part of parts.slice(0, -1)) {
      yield rest.join('') + part
      rest = []
    }
    rest.push(parts.at(-1) ?? '')
  }
  const last = rest.join('')
  if (last) yield last
}
