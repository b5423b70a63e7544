import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { join } from 'node:path'
import { answerNotFound } from './not-found.ts'

const YEAR_SECONDS = 365 * 24 * 3600

/** Serves the built dashboard; every path that is no file and no API opens its first page. */
export async function registerDashboard(app: FastifyInstance, folder: string | null): Promise<void> {
  if (folder === null) {
    app.setNotFoundHandler(answerNotFound)
    return
  }
  await app.register(fastifyStatic, {
    root: folder,
    preCompressed: true,
    setHeaders: (reply, path) => {
      const named = path.startsWith(join(folder, 'assets'))
      void reply.header('cache-control', named ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache')
    },
  })
  app.setNotFoundHandler((request, reply) => {
    const reads = request.method === 'GET' || request.method === 'HEAD'
    const wantsPage = reads && !/^\/(api|hooks|assets|docs)\//.test(request.url)
    if (!wantsPage) return answerNotFound(request, reply)
    return reply.header('cache-control', 'no-cache').sendFile('index.html')
  })
}
