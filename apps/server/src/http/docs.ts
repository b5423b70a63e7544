import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { renderErrorPage } from './error-page.ts'

/**
 * `/docs`: the API with a form to try each operation, signed in as the person who looks at it; nothing is loaded from
 * elsewhere. `/docs/errors`: the error codes, one anchor each.
 */
export async function registerDocs(app: FastifyInstance): Promise<void> {
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    uiConfig: { docExpansion: 'list', deepLinking: true, tryItOutEnabled: true, validatorUrl: null },
    theme: { title: 'Siar API' },
  })
  const errorPage = renderErrorPage()
  app.get('/docs/errors', { schema: { hide: true } }, (_request, reply) =>
    reply.header('content-type', 'text/html; charset=utf-8').send(errorPage),
  )
}
