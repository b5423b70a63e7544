import {
  createGraphApiServer,
  createMemoryRecord,
  createSimulatedNetwork,
  realSchedule,
} from '@siar/simulator'
import { phoneOf } from '../campaign-throughput/shop.ts'
import { accessToken, app, number, wabaId } from './meta.ts'
import type { FromMeta, MetaLoad, MetaReport, ToMeta } from './meta.ts'

/** A second of ours is five minutes of the people: most get a message at once, some within seconds, all read it soon. */
const timeScale = 300

const load = JSON.parse(process.argv[2] ?? '{}') as MetaLoad
const tell = (message: FromMeta): void => void process.send?.(message)

const record = createMemoryRecord({ framesMax: 0 })
const times = new Map<string, number>()
const span = { firstMs: Infinity, lastMs: -Infinity }
record.watch(({ to }) => {
  const nowMs = performance.now()
  span.firstMs = Math.min(span.firstMs, nowMs)
  span.lastMs = nowMs
  times.set(to, (times.get(to) ?? 0) + 1)
})
const network = createSimulatedNetwork({
  seed: 'bench',
  now: () => new Date(),
  schedule: realSchedule,
  record,
  shares: { onWhatsApp: 1, replies: 0, optsOut: 0, blocks: 0, neverReads: 0, readsLate: 0 },
})
const webhookMs: number[] = []
const server = await createGraphApiServer({
  network,
  port: 0,
  latencyMs: load.latencyMs,
  timeScale,
  accounts: [
    {
      wabaId,
      accessTokens: [accessToken],
      app: { ...app, webhookUrl: null },
      numbers: [{ ...number, messagesPerSecond: load.perSecond }],
    },
  ],
  webhooks: { onAnswered: (durationMs) => void webhookMs.push(durationMs) },
})
for (let n = 1; n <= load.people; n += 1) server.control.openWindow(number.id, phoneOf(n))

function report(): MetaReport {
  const { calls, webhooks } = server.control.counts()
  const { frames } = record.counts()
  const { user, system } = process.cpuUsage()
  return {
    frames,
    people: times.size,
    perSecond: frames < 2 ? 0 : ((frames - 1) * 1_000) / (span.lastMs - span.firstMs),
    refused: calls.refused,
    webhookMs,
    webhooksFailed: webhooks.refused,
    things: webhooks.things,
    cpuUs: user + system,
  }
}

process.on('disconnect', () => process.exit(0))
process.on('message', (message: ToMeta) => {
  switch (message.kind) {
    case 'webhook':
      return void server.control
        .setWebhook(app.id, message.url)
        .then((isRight) => tell({ kind: 'webhook', isRight }))
    case 'count':
      return tell({ kind: 'count', frames: record.counts().frames })
    case 'report':
      return tell({ kind: 'report', report: report() })
    default:
      message satisfies never
  }
})
tell({ kind: 'ready', url: server.url })
