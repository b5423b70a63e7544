// violates: contract-imports-domain-and-zod-only
export { default as fastify } from 'fastify'
