import type { FastifyRequest } from 'fastify'
import type { Language } from '../core.ts'

/** The language a person asked for: Indonesian unless the browser prefers English. */
export function languageOf(request: FastifyRequest): Language {
  const wanted = request.headers['accept-language'] ?? ''
  const first = wanted.split(',').find((entry) => /^\s*(id|in|en)\b/i.test(entry))
  return first && /^\s*en\b/i.test(first) ? 'en' : 'id'
}
