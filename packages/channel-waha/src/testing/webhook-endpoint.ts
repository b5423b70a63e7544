import { createServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { ChannelWebhook, Session } from '@siar/channel'

/** Where webhooks come in, as the product does it: kept first, answered, then handed over in order until taken. */
export interface WebhookEndpoint {
  readonly url: string
  /** Bodies that were refused for their signature or their form. */
  readonly refused: () => number
  /** Bodies that were taken in. */
  readonly taken: () => number
  attach(account: string, session: Session): void
  detach(account: string): void
  /** 503 to every webhook from now on. */
  fail(isFailing: boolean): void
  close(): Promise<void>
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

export async function startWebhookEndpoint(
  webhook: ChannelWebhook,
  secrets: Readonly<Record<string, string>>,
): Promise<WebhookEndpoint> {
  const sessions = new Map<string, Session>()
  const kept = new Map<string, unknown[]>()
  const running = new Set<string>()
  let refused = 0
  let taken = 0
  let isFailing = false
  let isClosed = false

  const run = async (account: string): Promise<void> => {
    if (running.has(account)) return
    running.add(account)
    const items = kept.get(account) ?? []
    while (items.length > 0 && !isClosed) {
      const batch = [...items]
      const session = sessions.get(account)
      if (!session) break
      try {
        await session.takeWebhooks(batch)
        items.splice(0, batch.length)
      } catch {
        await wait(20)
      }
    }
    running.delete(account)
  }
  const take = (body: Buffer, headers: IncomingMessage['headers']): number => {
    if (isFailing) return 503
    const plain = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
    if (!webhook.isAuthentic(body, plain, secrets)) return 401
    for (const { account, item } of webhook.split(body)) {
      const items = kept.get(account)
      if (items) items.push(item)
      else kept.set(account, [item])
      void run(account)
    }
    return 200
  }
  const statusOf = (body: Buffer, headers: IncomingMessage['headers']): number => {
    try {
      return take(body, headers)
    } catch {
      return 400
    }
  }
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const status = statusOf(body, request.headers)
      if (status === 200) taken += 1
      else refused += 1
      response.writeHead(status).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/waha`,
    refused: () => refused,
    taken: () => taken,
    attach: (account, session) => {
      sessions.set(account, session)
      void run(account)
    },
    detach: (account) => void sessions.delete(account),
    fail: (failing) => {
      isFailing = failing
    },
    close: async () => {
      isClosed = true
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
