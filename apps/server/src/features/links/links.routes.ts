import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { examplePage, notFoundPage, unavailablePage } from './link-page.ts'
import type { Followed, LinkService } from './links.service.ts'
import { isPerson } from './visitor.ts'

/**
 * `GET /r/:code`: the public page of tracked links. Needs no log-in and keeps nothing of the visitor. Nothing between
 * here and the visitor may keep the answer, or later clicks would not be seen.
 */
export function linkPages(links: LinkService): (app: FastifyInstance) => void {
  return (app) => {
    app.get<{ Params: { code: string } }>('/r/:code', { schema: { hide: true } }, async (request, reply) => {
      const followed = await follow(links, request)
      void reply
        .header('cache-control', 'no-store')
        .header('referrer-policy', 'no-referrer')
        .header('x-robots-tag', 'noindex')
      if (followed.kind === 'found') return reply.code(302).header('location', followed.url).send()
      if (followed.kind === 'example') return page(reply.code(200), examplePage)
      if (followed.kind === 'unavailable')
        return page(reply.code(503).header('retry-after', '5'), unavailablePage)
      return page(reply.code(404), notFoundPage)
    })
  }
}

type CodeRequest = FastifyRequest<{ Params: { code: string } }>

/** A visitor gets a page also while the database cannot be reached; the program log gets the reason. */
async function follow(
  links: LinkService,
  request: CodeRequest,
): Promise<Followed | { readonly kind: 'unavailable' }> {
  const { method, headers, params } = request
  try {
    return await links.follow(params.code, isPerson({ method, headers }))
  } catch (error) {
    request.log.error({ err: error }, 'a short link could not be followed')
    return { kind: 'unavailable' }
  }
}

const page = (reply: FastifyReply, html: string): FastifyReply =>
  reply.header('content-type', 'text/html; charset=utf-8').send(html)
