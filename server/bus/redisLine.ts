// A connection to Redis that never makes anybody wait: it comes back by itself, and keeps nothing for later.
import { createClient } from 'redis'

/** A Redis that answers nothing for so long counts as gone, and the connection is made anew. */
export const silenceMsMax = 2_500
const pingEveryMs = 1_000
const reconnectMsMax = 500

export const connectionTo = (url: string) => {
  const client = createClient({
    url,
    disableOfflineQueue: true,
    pingInterval: pingEveryMs,
    socket: {
      connectTimeout: silenceMsMax,
      socketTimeout: silenceMsMax,
      reconnectStrategy: (retries) =>
        Math.min(reconnectMsMax, 25 * 2 ** Math.min(retries, 6)) * (0.5 + Math.random() / 2),
    },
  })
  // Every fault shows as not being ready, and the client comes back by itself.
  client.on('error', () => {})
  return client
}
