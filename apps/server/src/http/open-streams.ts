import type { FastifyInstance, FastifyReply } from 'fastify'

/** How long somebody whose access ended may still hear that something changed. */
const ACCESS_CHECK_MS = 30_000

/** Streams that last as long as their reader. */
export interface OpenStreams {
  /**
   * Ends when the reader goes away, when the server closes (which would else wait for the stream for ever) and when
   * `requireAccess` throws: it is asked twice a minute, so that a removed member does not go on listening.
   */
  watch(reply: FastifyReply, requireAccess: () => Promise<unknown>): AbortSignal
}

export function createOpenStreams(app: FastifyInstance): OpenStreams {
  const open = new Set<AbortController>()
  app.addHook('preClose', async () => {
    for (const stream of open) stream.abort()
  })
  return {
    watch: (reply, requireAccess) => {
      const stream = new AbortController()
      const check = setInterval(() => {
        requireAccess().catch(() => stream.abort())
      }, ACCESS_CHECK_MS)
      open.add(stream)
      reply.raw.once('close', () => {
        clearInterval(check)
        open.delete(stream)
        stream.abort()
      })
      return stream.signal
    },
  }
}

/** Ends when the person who asked goes away. */
export function watchClient(reply: FastifyReply): AbortSignal {
  const gone = new AbortController()
  reply.raw.once('close', () => gone.abort())
  return gone.signal
}
