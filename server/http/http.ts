// The REST door: puts the routes, their guards and the pages together. server/app.ts gives it what it needs.
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import fastify, { type FastifyHttpOptions, LogController } from 'fastify'
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod'
import { limits } from '../../shared/kernel/limits.ts'
import { accountRoutes } from './accounts.ts'
import { amendmentRoutes } from './amendments.ts'
import { answerErrors } from './answers.ts'
import { cardRoutes } from './cards.ts'
import type { App, HttpDeps } from './deps.ts'
import { deskRoutes } from './desk.ts'
import { draftCommentRoutes } from './draftComments.ts'
import type { DraftDeps } from './draftGuard.ts'
import { draftPictureRoutes } from './draftPictures.ts'
import { draftVersionRoutes } from './draftVersions.ts'
import { figures } from './figures.ts'
import { type Guards, guardOrigin, makeGuards } from './guards.ts'
import { hallRoutes } from './hall.ts'
import { matterRoutes } from './matters.ts'
import { meetingRoutes } from './meetings.ts'
import { servePages } from './pages.ts'
import { pollExportRoutes } from './pollExports.ts'
import { presetRoutes } from './presets.ts'
import { recordRoutes } from './record.ts'
import { roomRoutes } from './rooms.ts'
import { rosterRoutes } from './roster.ts'
import { screenRoutes } from './screens.ts'
import { sessionRoutes } from './session.ts'
import { textRoutes } from './texts.ts'

/** Grows with every change that an older client would not understand. */
const apiVersion = '1'
const bodyBytesMax = 512 * 1024

/** Ready to `listen`, or to `inject` into. The other doors hang on to its `server`. */
export const buildHttp = async (deps: HttpDeps): Promise<App> => {
  const { config, identity, logger } = deps
  const options: FastifyHttpOptions<App['server'], HttpDeps['logger']> = {
    loggerInstance: logger,
    // Addresses hold secrets (/j/<token>): figures.ts logs the route instead.
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: config.trustProxy ?? 'loopback',
    bodyLimit: bodyBytesMax,
    forceCloseConnections: true,
    ...(config.tls ? { https: config.tls } : {}),
  }
  const app: App = fastify(options).withTypeProvider<ZodTypeProvider>()
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler(answerErrors)
  app.decorateRequest('principal', null)
  app.decorateRequest('draftPlace', null)
  app.decorateReply('refusalCode', null)

  await defend(app, deps)
  await app.register(swagger, {
    openapi: { info: { title: 'Yishiting 议事厅', version: apiVersion } },
    transform: jsonSchemaTransform,
  })
  figures(app, deps)
  const guards = makeGuards(identity)
  // In a scope of its own, so that all plugins are loaded before the routes are made.
  await app.register(async (scope) => {
    const routes = scope.withTypeProvider<ZodTypeProvider>() as App
    hallRoutes(routes, deps)
    sessionRoutes(routes, deps, guards)
    accountRoutes(routes, deps, guards)
    rosterRoutes(routes, deps, guards)
    meetingRoutes(routes, deps, guards)
    matterRoutes(routes, deps, guards)
    cardRoutes(routes, deps, guards)
    roomRoutes(routes, deps)
    deskRoutes(routes, deps, guards)
    screenRoutes(routes, deps, guards)
    presetRoutes(routes, deps, guards)
    recordRoutes(routes, deps, guards)
    pollExportRoutes(routes, deps, guards)
    textRoutes(routes, deps, guards)
    amendmentRoutes(routes, deps, guards)
    if (deps.review) aroundDrafts(routes, { ...deps, review: deps.review }, guards)
    routes.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger())
  })
  await servePages(app, config.clientDir)
  await app.ready()
  return app
}

const aroundDrafts = (routes: App, deps: DraftDeps, guards: Guards): void => {
  draftVersionRoutes(routes, deps, guards)
  draftCommentRoutes(routes, deps, guards)
  draftPictureRoutes(routes, deps, guards)
}

const defend = async (app: App, { config, RateStore }: HttpDeps): Promise<void> => {
  const isSecure = config.publicUrl.startsWith('https:')
  await app.register(cookie)
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // The editor and the component library set styles from script.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        // Older Safari does not count web sockets to this host as 'self'.
        connectSrc: ["'self'", 'ws:', 'wss:'],
        workerSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'self'"],
      },
    },
    // A hall on plain http must stay reachable there: no promises of TLS, no headers that need it.
    strictTransportSecurity: isSecure,
    crossOriginOpenerPolicy: isSecure,
    originAgentCluster: isSecure,
    referrerPolicy: { policy: 'no-referrer' },
  })
  await app.register(rateLimit, { global: false, ...(RateStore && { store: RateStore }) })
  await app.register(multipart, {
    limits: { files: 1, fields: 4, fieldSize: 1_000, fileSize: limits.rosterFileBytesMax, headerPairs: 50 },
  })
  guardOrigin(app, config.publicUrl)
  acceptJsonOnly(app)
}

/** Empty bodies pass as none, `__proto__` does not pass, and no other kind of text is read at all. */
const acceptJsonOnly = (app: App): void => {
  app.removeContentTypeParser(['application/json', 'text/plain'])
  const parse = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body: string, done) => {
    if (body === '') done(null, undefined)
    else parse(request, body, done)
  })
}
