// The bus within one process: hints go round after the current turn, in order.
import type { Bus, BusHandler, BusMessage } from '../ports.ts'

export const openLocalBus = (): Bus => {
  const handlers = new Set<BusHandler>()
  let waiting: BusMessage[] = []
  const deliver = (): void => {
    const messages = waiting
    waiting = []
    for (const message of messages) for (const handler of handlers) handler(message)
  }
  const publish = (message: BusMessage): void => {
    if (waiting.length === 0) setImmediate(deliver)
    waiting.push(message)
  }
  return {
    publish,
    hear: publish,
    status: () => 'alone',
    subscribe: (handler) => {
      handlers.add(handler)
      return () => handlers.delete(handler)
    },
    close: async () => {
      handlers.clear()
      waiting = []
    },
  }
}
