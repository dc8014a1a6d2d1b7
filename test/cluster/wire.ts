// A wire that can be cut: TCP passed on byte for byte to one port of this machine, until told otherwise.
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export interface Wire {
  readonly port: number
  /** Ends every connection and takes no new one. */
  cut(): void
  /** Connections stay and new ones are taken, but no byte passes either way. */
  partition(): void
  mend(): void
  close(): Promise<void>
}

export const openWire = async (targetPort: number): Promise<Wire> => {
  const pairs = new Set<readonly [Socket, Socket]>()
  let state: 'whole' | 'cut' | 'partitioned' = 'whole'

  const join = ([near, far]: readonly [Socket, Socket]): void => {
    near.pipe(far)
    far.pipe(near)
  }
  const part = ([near, far]: readonly [Socket, Socket]): void => {
    near.unpipe(far).pause()
    far.unpipe(near).pause()
  }
  const server = createServer({ noDelay: true }, (near) => {
    if (state === 'cut') {
      near.resetAndDestroy()
      return
    }
    const far = connect({ host: '127.0.0.1', port: targetPort, noDelay: true })
    const pair = [near, far] as const
    pairs.add(pair)
    const end = (): void => {
      near.destroy()
      far.destroy()
      pairs.delete(pair)
    }
    for (const socket of pair) socket.on('error', end).on('close', end)
    if (state === 'whole') join(pair)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()

  const cut = (): void => {
    state = 'cut'
    for (const [near, far] of pairs) {
      near.resetAndDestroy()
      far.resetAndDestroy()
    }
  }
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    cut,
    partition: () => {
      state = 'partitioned'
      for (const pair of pairs) part(pair)
    },
    mend: () => {
      if (state === 'partitioned') for (const pair of pairs) join(pair)
      state = 'whole'
    },
    close: async () => {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}
