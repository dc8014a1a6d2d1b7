// A WebSocket over a network that loses, doubles and swaps messages, as the dice say; y-websocket runs on it unchanged.
import { WebSocket } from 'ws'
import type { Dice } from '../../random/dice.ts'

export const mishaps = ['lost', 'doubled', 'overtaken'] as const
export type Mishap = (typeof mishaps)[number]

export interface Weather {
  /** Off in the end, when everything must come right. */
  isRough: boolean
  readonly dice: Dice
  struck(mishap: Mishap, way: 'in' | 'out'): void
}

const oneIn: Readonly<Record<Mishap, number>> = { lost: 25, doubled: 8, overtaken: 10 }

/** Lets messages through in one direction; one that is overtaken comes behind the next, or a moment later. */
const openWay = <M>(weather: Weather, way: 'in' | 'out', pass: (message: M) => void) => {
  let held: M | undefined
  const strikes = (mishap: Mishap): boolean => {
    if (!weather.isRough || !weather.dice.oneIn(oneIn[mishap])) return false
    weather.struck(mishap, way)
    return true
  }
  const release = (): void => {
    const late = held
    held = undefined
    if (late !== undefined) pass(late)
  }
  return (message: M): void => {
    if (strikes('lost')) return
    if (held === undefined && strikes('overtaken')) {
      held = message
      setTimeout(release, 2)
      return
    }
    pass(message)
    if (strikes('doubled')) pass(message)
    release()
  }
}

export const unsteadySocket = (weather: Weather): typeof WebSocket =>
  class extends WebSocket {
    readonly #coming = openWay<readonly unknown[]>(weather, 'in', (heard) => super.emit('message', ...heard))
    readonly #going = openWay<Buffer>(weather, 'out', (data) => {
      if (this.readyState === WebSocket.OPEN) super.send(data)
    })

    override emit(event: string | symbol, ...heard: unknown[]): boolean {
      if (event !== 'message') return super.emit(event, ...heard)
      this.#coming(heard)
      return true
    }

    override send(data: Uint8Array): void {
      this.#going(Buffer.from(data))
    }
  }
