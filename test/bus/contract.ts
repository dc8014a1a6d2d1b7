// What every bus must do within one process, whatever carries its messages between nodes.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Bus, BusMessage } from '../../server/ports.ts'
import { waiting } from '../patience.ts'

export const appended = (seq: number): BusMessage => ({ kind: 'appended', stream: 'mt_0001', seq })

export const busContract = (name: string, open: () => Promise<Bus>) => {
  describe(`the bus: ${name}`, () => {
    let bus: Bus
    beforeEach(async () => {
      bus = await open()
    })
    afterEach(() => bus.close())

    test('what is said is heard by every subscriber, in order and once, after the turn in which it was said', async () => {
      const [one, two]: [BusMessage[], BusMessage[]] = [[], []]
      bus.subscribe((message) => one.push(message))
      bus.subscribe((message) => two.push(message))
      const said = Array.from({ length: 100 }, (_, i) => appended(i))
      for (const message of said) bus.publish(message)
      expect(one).toEqual([])
      await vi.waitFor(() => expect(one).toHaveLength(100), waiting)
      bus.publish(appended(100))
      await vi.waitFor(() => expect(two).toHaveLength(101), waiting)
      expect(one).toEqual([...said, appended(100)])
      expect(two).toEqual(one)
    })

    test('who no longer subscribes hears nothing', async () => {
      const [gone, stayed]: [BusMessage[], BusMessage[]] = [[], []]
      const leave = bus.subscribe((message) => gone.push(message))
      bus.subscribe((message) => stayed.push(message))
      leave()
      bus.publish(appended(1))
      await vi.waitFor(() => expect(stayed).toHaveLength(1), waiting)
      expect(gone).toEqual([])
    })

    test('after closing it takes what is said and carries it nowhere', async () => {
      const heard: BusMessage[] = []
      bus.subscribe((message) => heard.push(message))
      await bus.close()
      expect(() => bus.publish(appended(1))).not.toThrow()
      await new Promise(setImmediate)
      expect(heard).toEqual([])
    })
  })
}
