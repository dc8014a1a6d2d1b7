import * as Y from 'yjs'
import { trace, openDocument } from '../../server/drafts/tracing.ts'
import { writeHands } from '../../server/drafts/hands.ts'
import { WritingHall } from '../versions/writers.ts'
import { fragmentOf, paragraph } from '../versions/people.ts'
import { draftLimits } from '../../server/drafts/draftLimits.ts'
// 200,000 edits: a typist's letters in 500 paragraphs, a deletion each tenth, an Enter each fiftieth
const docs = new Y.Doc({ gc: false })
const rows: { bytes: Uint8Array; hands: string | null }[] = []
const writers = Array.from({ length: 20 }, (_, i) => { const d = new Y.Doc(); d.clientID = 1000 + i; return d })
const owners = writers.map((_, i) => ({ clientId: 1000 + i, owner: `st_${i}` }))
let n = 0
const edits = Number(process.argv[2] ?? 50000)
let seed = 7
const rnd = (b: number) => { seed = (seed * 1103515245 + 12345) & 0x7fffffff; return seed % b }
const main = writers[0]!
main.transact(() => fragmentOf(main).insert(0, Array.from({ length: 500 }, () => paragraph('由村里出资修路灯，电费由企业付'))))
rows.push({ bytes: Y.encodeStateAsUpdate(main), hands: null })
for (const w of writers.slice(1)) Y.applyUpdate(w, rows[0]!.bytes)
// one doc, switching client ids per burst, is enough
const doc = main
let pending: Uint8Array[] = []
doc.on('update', (u: Uint8Array) => pending.push(u))
console.time('make')
while (n < edits) {
  const who = rnd(20)
  doc.clientID = 1000 + who
  const f = fragmentOf(doc)
  const at = rnd(f.length)
  const t = (f.get(at) as Y.XmlElement).get(0) as Y.XmlText
  for (let k = 0; k < 10; k += 1) {
    pending = []
    const kind = rnd(50)
    const len = t.length
    doc.transact(() => {
      if (kind === 0 && len > 6) { const cut = rnd(len - 4) + 2; const rest = t.toString().slice(cut); t.delete(cut, len - cut); f.insert(at + 1, [paragraph(rest)]) }
      else if (kind < 6 && len > 3) t.delete(rnd(len - 1), 1)
      else t.insert(rnd(len + 1), String.fromCharCode(0x4e00 + rnd(3000)))
    })
    n += 1
    for (const bytes of pending) rows.push({ bytes, hands: kind < 6 ? JSON.stringify({ by: `st_${who}` }) : null })
  }
}
console.timeEnd('make')
let base: { bytes: Uint8Array; hands: string } | undefined
let worst = 0
let at = 0
while (at < rows.length) {
  const part = rows.slice(at, at + 1000)
  at += 1000
  const b0 = performance.now()
  const { doc: d, hands, strays } = trace({ base, rows: part, owners })
  const b1 = performance.now()
  const plain = openDocument([...(base ? [base.bytes] : []), ...part.map((r) => r.bytes)])
  void plain
  const b2 = performance.now()
  base = { bytes: Y.encodeStateAsUpdate(d), hands: writeHands(hands) }
  worst = Math.max(worst, b1 - b0)
  if (at >= rows.length || at % 20000 === 0) console.log(at, 'trace', (b1 - b0).toFixed(0), 'apply', (b2 - b1).toFixed(0), 'bytes', base.bytes.length, 'hands', base.hands.length, 'strays', strays.length, 'cuts', hands.cuts.length, [...hands.moved.entries()].length, [...hands.deleted.entries()].length)
}
console.log('limits', draftLimits.editsMax)
