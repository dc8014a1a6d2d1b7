// What orders bring in words, as the record keeps it.
import { expect, test } from 'vitest'
import { commandEnvelope } from '../../shared/meeting/commands.ts'

const parse = (command: object) => commandEnvelope.safeParse({ commandId: 'words-of-orders', command })
const kept = (command: object) => {
  const parsed = parse(command)
  if (!parsed.success) throw new Error(parsed.error.message)
  return parsed.data.command
}

test('a title is one line of visible text, and nothing in it turns what stands beside it', () => {
  const title = ' 车位\u202e改\u200b为\n八十个\u0007 '
  expect(kept({ type: 'proposeAmendment', itemId: 'it_0123456789abcdef', title })).toMatchObject({
    title: '车位改为 八十个',
  })
  expect(
    parse({ type: 'proposeAmendment', itemId: 'it_0123456789abcdef', title: '\u200b\u202e' }).success,
  ).toBe(false)
})

test('a reason keeps its lines', () => {
  const reason = '一、账目不清\r\n  二、\u202e重来\u2028三、\u0000'
  expect(kept({ type: 'cancelPoll', pollId: 'po_0123456789abcdef', reason })).toMatchObject({
    reason: '一、账目不清\n  二、重来\n三、',
  })
})
