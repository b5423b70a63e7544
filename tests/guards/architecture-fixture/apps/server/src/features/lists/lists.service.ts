// violates: service-never-imports-http
import type { FastifyRequest } from 'fastify'

export const lists = (request: FastifyRequest) => request.id
