// The built client: assets with a hash in their name for ever, and the one page for every address of a face.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import { notFound } from './answers.ts'
import type { App } from './deps.ts'

const yearSeconds = 365 * 24 * 60 * 60

const isPage = (url: string): boolean => !/^\/(api|assets|drafts|socket\.io)(\/|$|\?)/.test(url)

export const servePages = async (app: App, clientDir: string | null): Promise<void> => {
  const isBuilt = clientDir !== null && existsSync(join(clientDir, 'index.html'))
  if (isBuilt) {
    await app.register(fastifyStatic, {
      root: clientDir,
      preCompressed: true,
      cacheControl: false,
      setHeaders: (reply, path) => {
        const isHashed = path.includes('/assets/')
        const cached = isHashed ? `public, max-age=${yearSeconds}, immutable` : 'no-cache'
        reply.header('cache-control', cached)
      },
    })
  }
  app.setNotFoundHandler(async (request, reply) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    if (!isBuilt || !isRead || !isPage(request.url)) return notFound(request, reply)
    return reply.sendFile('index.html')
  })
}
