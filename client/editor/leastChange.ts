// The binding hands others' edits over as the whole document anew. Here they become changes of the blocks, or letters,
// that differ: marks and places elsewhere stay where they are, and a change costs what it touches.
import { Fragment, type Node, Slice } from '@tiptap/pm/model'
import type { Transaction } from '@tiptap/pm/state'
import { ReplaceStep } from '@tiptap/pm/transform'
import type { ProsemirrorBinding } from '@tiptap/y-tiptap'
import * as Y from 'yjs'

/** The places of the children of a fragment, and its end. */
const startsOf = (content: Fragment): readonly number[] => {
  const starts = [0]
  content.forEach((child, offset) => {
    starts.push(offset + child.nodeSize)
  })
  return starts
}

interface Middle {
  /** So many children at the head are the very same. */
  readonly head: number
  /** Where the old and the new document's differing children end. */
  readonly oldEnd: number
  readonly newEnd: number
}

const middleOf = (before: Fragment, after: Fragment): Middle => {
  let [head, oldEnd, newEnd] = [0, before.childCount, after.childCount]
  while (head < oldEnd && head < newEnd && before.child(head) === after.child(head)) head += 1
  while (oldEnd > head && newEnd > head && before.child(oldEnd - 1) === after.child(newEnd - 1)) {
    oldEnd -= 1
    newEnd -= 1
  }
  return { head, oldEnd, newEnd }
}

/** Changes the letters that differ. */
const changeText = (transaction: Transaction, pos: number, before: Node, after: Node): void => {
  const start = before.content.findDiffStart(after.content)
  const end = before.content.findDiffEnd(after.content)
  if (start === null || end === null) return
  // Among equal letters the two ends may pass the start.
  const overlap = Math.max(0, start - Math.min(end.a, end.b))
  const inside = pos + 1
  transaction.step(
    new ReplaceStep(inside + start, inside + end.a + overlap, after.slice(start, end.b + overlap)),
  )
}

/** @returns whether the new block itself came in; else the old one stays, with other letters in it */
const changeBlock = (transaction: Transaction, pos: number, before: Node, after: Node): boolean => {
  if (before.isTextblock && before.sameMarkup(after)) {
    changeText(transaction, pos, before, after)
    return false
  }
  transaction.step(new ReplaceStep(pos, pos + before.nodeSize, new Slice(Fragment.from(after), 0, 0)))
  return true
}

/**
 * Changes the transaction's document into one of the blocks `after`.
 * @returns the numbers of the blocks that are equal to the given ones without being the same objects
 */
export const changeInto = (transaction: Transaction, after: Fragment): readonly number[] => {
  const before = transaction.doc.content
  const { head, oldEnd, newEnd } = middleOf(before, after)
  const starts = startsOf(before)
  const startOf = (index: number): number => starts[index] ?? before.size
  if (oldEnd !== newEnd) {
    const blocks = Fragment.from(after.content.slice(head, newEnd))
    transaction.step(new ReplaceStep(startOf(head), startOf(oldEnd), new Slice(blocks, 0, 0)))
    return []
  }
  const rebuilt: number[] = []
  // From the end, so that the places before stay what they are.
  for (let index = oldEnd - 1; index >= head; index -= 1) {
    const [old, now] = [before.child(index), after.child(index)]
    if (old !== now && !changeBlock(transaction, startOf(index), old, now)) rebuilt.push(index)
  }
  return rebuilt
}

/** From now on the binding's transactions change the least. */
export const showLeastChange = (binding: ProsemirrorBinding): void => {
  const open = (): Transaction => {
    const transaction: Transaction = binding.prosemirrorView.state.tr.setMeta('addToHistory', false)
    const replace = transaction.replace.bind(transaction)
    transaction.replace = (from, to, slice) => {
      const isWhole = from === 0 && to === transaction.doc.content.size
      // A draft that nobody has begun, or that was emptied, is no document: the usual way puts a block where one must be.
      if (!isWhole || !slice || !transaction.doc.type.validContent(slice.content))
        return replace(from, to, slice)
      const shared = binding.type.toArray()
      for (const index of changeInto(transaction, slice.content)) {
        const type = shared[index]
        if (type instanceof Y.XmlElement) binding.mapping.set(type, transaction.doc.child(index))
      }
      return transaction
    }
    return transaction
  }
  Object.defineProperty(binding, '_tr', { get: open })
}
