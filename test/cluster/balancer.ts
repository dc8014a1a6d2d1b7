// A small balancer: TCP, round robin over the nodes whose /readyz says yes. No sticky sessions: where a client comes in
// is chance, and must not matter.
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

export interface Balancer {
  readonly port: number
  close(): Promise<void>
}

/** `answering`: alive, but draining or without its store; it is given clients only where there is nothing better. */
type Health = 'ready' | 'answering' | 'silent'

interface Upstream {
  readonly port: number
  health: Health
  readonly sockets: Set<Socket>
}

const checkEveryMs = 200
/** A node that answers nothing for so long is frozen or gone: its clients are sent to another. */
const silenceMsMax = 2_000

const healthOf = async (port: number): Promise<Health> => {
  try {
    const signal = AbortSignal.timeout(silenceMsMax)
    const { ok } = await fetch(`http://127.0.0.1:${port}/readyz`, { signal })
    return ok ? 'ready' : 'answering'
  } catch {
    return 'silent'
  }
}

/** @param listen where clients come in; port 0 takes a free one */
export const openBalancer = async (
  ports: readonly number[],
  listen: { host: string; port: number } = { host: '127.0.0.1', port: 0 },
): Promise<Balancer> => {
  const upstreams: Upstream[] = ports.map((port) => ({ port, health: 'silent', sockets: new Set() }))
  let turn = 0
  let isOpen = true

  const watch = async (upstream: Upstream): Promise<void> => {
    while (isOpen) {
      upstream.health = await healthOf(upstream.port)
      if (upstream.health === 'silent') for (const socket of upstream.sockets) socket.destroy()
      await pause(checkEveryMs)
    }
  }

  const next = (tried: ReadonlySet<Upstream>): Upstream | undefined => {
    turn += 1
    const left = upstreams.filter((upstream) => !tried.has(upstream))
    const best = (['ready', 'answering', 'silent'] as const)
      .map((health) => left.filter((upstream) => upstream.health === health))
      .find((some) => some.length > 0)
    return best?.[turn % best.length]
  }

  /** Nothing was read from the client before a node took it, so another node may take it as well. */
  const passOn = (client: Socket, tried: Set<Upstream>): void => {
    const upstream = next(tried)
    if (!upstream) {
      client.destroy()
      return
    }
    tried.add(upstream)
    const node = connect({ host: '127.0.0.1', port: upstream.port, noDelay: true })
    let isTaken = false
    node.on('connect', () => {
      isTaken = true
      upstream.sockets.add(node)
      client.pipe(node).pipe(client)
    })
    node.on('error', () => {})
    node.on('close', () => {
      upstream.sockets.delete(node)
      if (isTaken || client.destroyed) client.destroy()
      else passOn(client, tried)
    })
    client.on('close', () => node.destroy())
  }

  const clients = new Set<Socket>()
  const server = createServer({ noDelay: true }, (client) => {
    clients.add(client)
    client.on('error', () => {}).on('close', () => clients.delete(client))
    passOn(client, new Set())
  })
  const watching = upstreams.map(watch)
  server.listen({ ...listen, backlog: 4_096 })
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    close: async () => {
      isOpen = false
      server.close()
      for (const client of clients) client.destroy()
      await Promise.all(watching)
    },
  }
}
