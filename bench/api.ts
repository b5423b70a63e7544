import { Worker } from 'node:worker_threads'
import { loadavg } from 'node:os'
import { insertCrowd } from './audience/people.ts'
import { insertPast } from './api/past.ts'
import { serveApi } from './api/serve.ts'
import type { Answer, Visit } from './api/visitors.ts'
import { rounded } from './bench.ts'
import type { Bench, Figure } from './bench.ts'
import { startServer } from './campaign-throughput/installation.ts'
import { percentile } from './paced-scale/schedule.ts'

/** Runs the visitors in a thread of their own, so that the server does not wait for those who ask. */
function visit(order: Visit): Promise<Answer[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./api/visitors.ts', import.meta.url), { workerData: order })
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}

const timesOf = (answers: readonly Answer[]): number[] =>
  answers.map(({ ms }) => ms).sort((left, right) => left - right)

function figuresOf(answers: readonly Answer[]): Record<string, Figure> {
  const sorted = timesOf(answers)
  const slowest = [...new Set(answers.map(({ what }) => what))].map((what) => {
    const own = timesOf(answers.filter((answer) => answer.what === what))
    return [`${what}MsP99`, rounded(percentile(own, 0.99))] as const
  })
  return {
    requests: answers.length,
    p50Ms: rounded(percentile(sorted, 0.5)),
    p99Ms: rounded(percentile(sorted, 0.99)),
    maxMs: rounded(sorted.at(-1) ?? Number.NaN),
    errors: answers.filter(({ status }) => status !== 200).length,
    ...Object.fromEntries(slowest),
  }
}

/** Claim: pages, searches and timelines of a million contacts answer at once while fifty people work. */
export const bench: Bench = {
  claim: 'api',
  run: async (args) => {
    const people = args.number('people', 1_000_000)
    const users = args.number('users', 50)
    const seconds = args.number('seconds', 60)
    const thinkMs = args.number('think', 1_000)
    const server = await startServer()
    const own = await server.install()
    try {
      args.say(`making ${people} people`)
      const { workspaceId } = await insertCrowd(own.core, people)
      await insertPast(own.core.database, workspaceId)
      const api = await serveApi(own.core, workspaceId)
      try {
        const order = { url: api.url, key: api.key, people, users, thinkMs }
        args.say('warming up')
        await visit({ ...order, seconds: Math.min(10, seconds) })
        args.say('measuring')
        const [loadBefore = 0] = loadavg()
        const answers = await visit({ ...order, seconds })
        return {
          load: `${people} contacts, ${users} people who each pause ${thinkMs} ms on average, ${seconds} s; load average ${loadBefore.toFixed(1)} at the start`,
          runs: 1,
          figures: figuresOf(answers),
          notes: [
            'in turn by chance: the first page, a later page, part of a name, part of a number, a contact, its timeline',
            'over HTTP with an API key; the visitors are a thread of the same process',
          ],
        }
      } finally {
        await api.close()
      }
    } finally {
      await own.close()
      await server.close()
    }
  },
}
