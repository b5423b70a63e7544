import type { FastifyInstance, FastifyReply } from 'fastify'
import { examplePage, notFoundPage } from './link-page.ts'
import type { LinkService } from './links.service.ts'
import { isPerson } from './visitor.ts'

/**
 * `GET /r/:code`: the public page of tracked links. Needs no log-in and keeps nothing of the visitor. Nothing between
 * here and the visitor may keep the answer, or later clicks would not be seen.
 */
export function linkPages(links: LinkService): (app: FastifyInstance) => void {
  return (app) => {
    app.get<{ Params: { code: string } }>('/r/:code', { schema: { hide: true } }, async (request, reply) => {
      const { method, headers, params } = request
      const followed = await links.follow(params.code, isPerson({ method, headers }))
      void reply
        .header('cache-control', 'no-store')
        .header('referrer-policy', 'no-referrer')
        .header('x-robots-tag', 'noindex')
      if (followed.kind === 'found') return reply.code(302).header('location', followed.url).send()
      if (followed.kind === 'example') return page(reply.code(200), examplePage)
      return page(reply.code(404), notFoundPage)
    })
  }
}

const page = (reply: FastifyReply, html: string): FastifyReply =>
  reply.header('content-type', 'text/html; charset=utf-8').send(html)
