// Orders on a line whose session has just ended.
import { expect, test } from 'vitest'
import type { Principal } from '../../server/identity/principal.ts'
import type { Farewell } from '../../server/identity/sessions.ts'
import { openFarewells } from '../../server/live/farewells.ts'

const principal: Principal = {
  sessionId: 'ss_1',
  actorId: 'st_1',
  accountId: null,
  seatId: 'st_1',
  meetingId: 'mt_1',
  unitId: 'un_1',
  screenId: null,
  deskEntryId: null,
  role: 'participant',
  name: '董明远',
}

/** A line of that session, and what it was told. */
const openLine = () => {
  const heard: string[] = []
  const line = {
    data: { principal },
    connected: true,
    emit: (_: 'bye', { code }: { code: Farewell }) => heard.push(code),
    disconnect: () => {
      line.connected = false
    },
  }
  return { line, heard }
}

const reading = () => {
  let say: (code: Farewell) => void = () => {}
  const read = new Promise<Farewell>((resolve) => {
    say = resolve
  })
  return { read, say }
}
const obey = async () => ({ ok: true, value: 'obeyed' }) as const

test('wait until it is read why, and are refused when the line is cut', async () => {
  const { line, heard } = openLine()
  const { read, say } = reading()
  const farewells = openFarewells(
    () => [line],
    () => read,
  )
  expect(await farewells.unlessLeaving(line, obey)).toEqual({ ok: true, value: 'obeyed' })
  const ending = farewells.endSession('ss_1')
  const answer = farewells.unlessLeaving(line, obey)
  expect(heard).toEqual([])
  say('sessionEnded')
  await ending
  expect(await answer).toEqual({ ok: false, refusal: { code: 'sessionEnded' } })
  expect(heard).toEqual(['sessionEnded'])
})

test('are obeyed after all on a line that stays', async () => {
  const { line, heard } = openLine()
  const { read, say } = reading()
  const farewells = openFarewells(
    () => [line],
    () => read,
  )
  const ending = farewells.endSession('ss_1')
  const answer = farewells.unlessLeaving(line, obey)
  // It came in as what its session has become.
  say('admitted')
  await ending
  expect(await answer).toEqual({ ok: true, value: 'obeyed' })
  expect(await farewells.unlessLeaving(line, obey)).toEqual({ ok: true, value: 'obeyed' })
  expect(heard).toEqual([])
})
