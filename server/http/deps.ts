// What the REST door is given. Only server/app.ts knows where these come from.

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { RateLimitPluginOptions } from '@fastify/rate-limit'
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { Registry } from 'prom-client'
import type { Forks } from '../amendments/forks.ts'
import type { Identity } from '../identity/identity.ts'
import type { Matters } from '../matters/matters.ts'
import type { Bus, Clock, Ids, Store } from '../ports.ts'
import type { Presets } from '../presets/presets.ts'
import type { Meetings } from '../record/meetings.ts'
import type { Review } from '../review/review.ts'

/** The record room, as far as this door needs it. */
export type RecordRoom = Pick<Meetings, 'convene' | 'state' | 'head' | 'events'>

export interface HttpDeps {
  readonly store: Store
  readonly clock: Clock
  readonly ids: Ids
  readonly bus: Bus
  readonly identity: Identity
  readonly meetings: RecordRoom
  readonly presets: Presets
  readonly matters: Matters
  /** What lies around drafts; its routes are left out where there are none. */
  readonly review?: Review
  /** Amendments as forks of drafts, where the hall has drafts. */
  readonly forks?: Pick<Forks, 'textsOf'>
  readonly logger: FastifyBaseLogger
  readonly registry: Registry
  /** Counts knocking addresses for all nodes together; without it this process counts alone. */
  readonly RateStore?: RateLimitPluginOptions['store'] | undefined
  /** This node is about to go, and takes nobody in any more. */
  readonly isDraining?: () => boolean
  /** Screens of a meeting that have a live connection, where the live door tells. */
  readonly liveScreens?: (meetingId: string) => readonly string[]
  readonly config: {
    /** Without a slash at the end; goes into QR codes. */
    readonly publicUrl: string
    /** The built client; `null` where something else serves it. */
    readonly clientDir: string | null
    readonly tls?: { readonly cert: string | Buffer; readonly key: string | Buffer } | null
    /** Proxies whose `X-Forwarded-*` are believed; this machine's own by default. */
    readonly trustProxy?: string
  }
}

/** Fastify with the schemas' types. */
export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>
