import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'

const about = `Everything the dashboard does goes through these operations.

Sign in with the session cookie of the browser, or send \`Authorization: Bearer siar_…\` with an API key.
\`X-Siar-Workspace\` chooses the workspace of a signed-in user; a key belongs to one workspace.
Errors are \`application/problem+json\` with a stable \`code\` and the request id.
Lists come in pages: pass \`nextCursor\` as \`cursor\`.`

/** Collects the routes into an OpenAPI 3.1 document at `/api/openapi.json`. Register it before the routes. */
export async function registerOpenApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Siar API', version: '1', description: about, license: { name: 'Apache-2.0' } },
      servers: [{ url: '/' }],
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'siar.session_token' },
          apiKey: { type: 'http', scheme: 'bearer' },
        },
      },
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  })
  app.get('/api/openapi.json', { schema: { hide: true } }, () => app.swagger())
}
