import { OPERATIONS } from '@siar/contract'
import fastify from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import type { Core } from '../../apps/server/src/core.ts'
import { registerOpenApi } from '../../apps/server/src/http/openapi.ts'
import { registerOperations } from '../../apps/server/src/http/routes.ts'
import type { Generator } from './generator.ts'

/** docs/api/openapi.json: the document the server serves, made from the contract without a database or a handler. */
export const openApiDocument: Generator = {
  path: 'docs/api/openapi.json',
  render: async () => {
    const app = fastify()
    app.setValidatorCompiler(validatorCompiler)
    app.setSerializerCompiler(serializerCompiler)
    await registerOpenApi(app)
    const never = () => Promise.reject(new Error('only the routes are read, never called'))
    const bindings = OPERATIONS.map((operation) => ({ operation, handle: never }))
    registerOperations(app, {} as Core, never, bindings)
    await app.ready()
    const document = app.swagger()
    await app.close()
    return `${JSON.stringify(document, null, 2)}\n`
  },
}
