import { testDatabase, waitUntil } from '@siar/test-kit'
import { connect } from 'node:net'
import { pino } from 'pino'
import { afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createBullmqQueue } from './bullmq-queue.ts'
import { bindJob, defineJob } from './job-queue.ts'

const database = await testDatabase()
const redisUrl = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379'
const logger = pino({ level: 'silent' })

/** Redis is optional: its half of the suite runs where one answers. */
async function answers(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) || 6379 })
    const end = (isThere: boolean): void => {
      socket.destroy()
      resolve(isThere)
    }
    socket.once('connect', () => end(true))
    socket.once('error', () => end(false))
  })
}

const suffix = Math.random().toString(36).slice(2)
const job = (name: string, attemptsMax = 1) =>
  defineJob({
    name: `test.${name}-${suffix}`,
    payload: z.object({ id: z.string() }),
    attemptsMax,
    backoffMs: 10,
    duration: 'short',
  })

describe.each([
  { backend: 'PostgreSQL', url: null, isThere: true },
  { backend: 'Redis', url: redisUrl, isThere: await answers(redisUrl) },
])('jobs on $backend', ({ url, isThere }) => {
  const queue = createBullmqQueue({ database, redisUrl: url, redisPrefix: `siar-test-${suffix}`, logger })
  afterAll(() => queue.close())

  test.runIf(isThere)(
    'runs each job with its payload, tries a failed one again, and adds one id once',
    async () => {
      const greet = job('greet')
      const stumble = job('stumble', 3)
      const unique = job('unique')
      const done: string[] = []
      let tries = 0
      await queue.add(unique, { id: 'one' }, { id: `unique-${suffix}` })
      await queue.add(unique, { id: 'one' }, { id: `unique-${suffix}` })
      await queue.work([
        bindJob(greet, async ({ id }) => void done.push(`greet ${id}`)),
        bindJob(unique, async ({ id }) => void done.push(`unique ${id}`)),
        bindJob(stumble, async ({ id }) => {
          tries += 1
          if (tries < 3) throw new Error('not yet')
          done.push(`stumble ${id}`)
        }),
      ])
      await queue.add(greet, { id: 'a' })
      await queue.add(stumble, { id: 'b' })
      await waitUntil(() => done.length >= 3, { timeoutMs: 20_000 })
      expect(done.toSorted()).toEqual(['greet a', 'stumble b', 'unique one'])
      expect(tries).toBe(3)
    },
  )

  test.runIf(isThere)('refuses a payload that is not what the job takes', async () => {
    await expect(queue.add(job('strict'), { id: 7 } as never)).rejects.toThrow()
  })
})
