/**
 * Measures the adapter and Meta's stand-in in one process: `node packages/channel-cloud-api/src/testing/throughput.ts
 * [messages] [latency in ms]`. Every message is delivered and read; its three statuses come back as signed webhooks.
 */
import type { InboundEvent } from '@siar/channel'
import { openRequest } from '@siar/channel/testing'
import {
  createGraphApiServer,
  createMemoryRecord,
  createSimulatedNetwork,
  realSchedule,
} from '@siar/simulator'
import { createCloudApiChannel } from '../channel.ts'
import { cloudApiWebhook } from '../webhook.ts'
import { startInbox } from './inbox.ts'
import { templateOf } from './templates.ts'

const messages = Number(process.argv[2] ?? 20_000)
const latencyMs = Number(process.argv[3] ?? 200)
const secrets = {
  accessToken: 'EAAtoken00000000000000000001',
  appSecret: '0123456789abcdef0123456789abcdef',
  verifyToken: 'verify-me',
}
const phoneNumberId = '100000000001'
const wabaId = '500000000001'

const network = createSimulatedNetwork({
  seed: 'throughput',
  now: () => new Date(),
  schedule: realSchedule,
  record: createMemoryRecord({ framesMax: 0 }),
  shares: { onWhatsApp: 1, replies: 0, optsOut: 0, blocks: 0, readsLate: 0, neverReads: 0 },
})
const inbox = await startInbox(cloudApiWebhook, secrets)
const server = await createGraphApiServer({
  network,
  port: 0,
  latencyMs,
  timeScale: 6_000,
  accounts: [
    {
      wabaId,
      accessTokens: [secrets.accessToken],
      app: {
        id: '700000000000001',
        secret: secrets.appSecret,
        verifyToken: 'verify-me',
        webhookUrl: inbox.url,
      },
      numbers: [{ id: phoneNumberId, phone: '+6289500000001', messagesPerSecond: 1_000_000 }],
    },
  ],
})
const channel = inbox.wrap(createCloudApiChannel({ baseUrl: server.url, checkEveryMs: 600_000 }))
const heard = { accepted: 0, delivered: 0, read: 0, refused: 0 }
const settings = { cloud_api: { phoneNumberId, wabaId } }
const session = await channel.open(
  openRequest('snd_1', { settings, secrets }),
  async (events: readonly InboundEvent[]) => {
    for (const event of events) if (event.type === 'receipt') heard[event.kind] += 1
  },
)
await session.templates?.submit(templateOf('promo'))
server.control.setTemplate(wabaId, 'promo', 'id', 'APPROVED')

let next = 0
const ends: Record<string, number> = {}
async function sendSome(): Promise<void> {
  while (next < messages) {
    const index = next
    next += 1
    const to = `+62812${String(index).padStart(8, '0')}`
    const template = { name: 'promo', language: 'id', header: [], body: [], buttons: [] }
    const end = await session.send({ messageId: `msg_${index}`, to, text: '', template })
    const key = end.kind === 'refused' ? `refused ${end.reason}` : end.kind
    ends[key] = (ends[key] ?? 0) + 1
  }
}

const startedMs = performance.now()
const cpu = process.cpuUsage()
await Promise.all(Array.from({ length: session.capabilities.concurrencyMax }, sendSome))
const sentMs = performance.now() - startedMs
while (heard.read < messages && performance.now() - startedMs < 120_000) {
  await new Promise((resolve) => setTimeout(resolve, 10))
}
const allMs = performance.now() - startedMs
const used = process.cpuUsage(cpu)
const figures = JSON.stringify({
  messages,
  latencyMs,
  ends,
  heard,
  sentPerS: Math.round((messages / sentMs) * 1_000),
  withAllStatusesPerS: Math.round((messages / allMs) * 1_000),
  cpuMsPerMessage: Number(((used.user + used.system) / 1_000 / messages).toFixed(3)),
  webhookBodies: server.control.counts().webhooks.bodies,
  rssMb: Math.round(process.memoryUsage.rss() / 1e6),
})
process.stdout.write(`${figures}\n`)
await session.close()
await server.close()
await network.close()
await inbox.close()
