import type { FastifyInstance } from 'fastify'

/** Starts to answer. Says nothing in the log: the program itself tells people where it answers. */
export async function listen(app: FastifyInstance, where: { port: number; host: string }): Promise<void> {
  const { level } = app.log
  app.log.level = 'warn'
  try {
    await app.listen(where)
  } finally {
    app.log.level = level
  }
}
