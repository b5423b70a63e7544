import { createServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Channel, ChannelWebhook, Session, WebhookHeaders } from '@siar/channel'

/** What stands for the server's table of webhook items: keeps each once, hands them over in order until taken. */
export interface Inbox {
  readonly url: string
  readonly items: () => number
  /** Answers every webhook with an error for now. */
  refuse(on: boolean): void
  /** The channel with its sessions known to the inbox. */
  wrap(channel: Channel): Channel
  close(): Promise<void>
}

class Account {
  private readonly keys = new Set<string>()
  private waiting: unknown[] = []
  private session: Session | null = null
  private isHanding = false

  keep(key: string, item: unknown): void {
    if (this.keys.has(key)) return
    this.keys.add(key)
    this.waiting.push(item)
    void this.hand()
  }

  attach(session: Session | null): void {
    this.session = session
    void this.hand()
  }

  private async hand(): Promise<void> {
    if (this.isHanding) return
    this.isHanding = true
    while (this.session !== null && this.waiting.length > 0) {
      const batch = this.waiting.slice(0, 500)
      try {
        await this.session.takeWebhooks(batch)
        this.waiting = this.waiting.slice(batch.length)
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
    }
    this.isHanding = false
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

export async function startInbox(
  webhook: ChannelWebhook,
  secrets: Readonly<Record<string, string>>,
): Promise<Inbox> {
  const accounts = new Map<string, Account>()
  const accountOf = (name: string): Account => {
    const account = accounts.get(name) ?? new Account()
    accounts.set(name, account)
    return account
  }
  let items = 0
  let isRefusing = false
  const take = async (request: IncomingMessage): Promise<[status: number, body: string]> => {
    const address = new URL(request.url ?? '/', 'http://inbox')
    if (request.method === 'GET') {
      const challenge = webhook.handshake(Object.fromEntries(address.searchParams), secrets)
      return challenge === null ? [403, ''] : [200, challenge]
    }
    const body = await readBody(request)
    if (isRefusing) return [503, '']
    if (!webhook.isAuthentic(body, request.headers as WebhookHeaders, secrets)) return [401, '']
    for (const { account, key, item } of webhook.split(body)) {
      items += 1
      accountOf(account).keep(key, JSON.parse(JSON.stringify(item)))
    }
    return [200, '']
  }
  const server = createServer((request, response) => {
    take(request).then(
      ([status, body]) => response.writeHead(status).end(body),
      () => response.writeHead(500).end(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`,
    items: () => items,
    refuse: (on) => {
      isRefusing = on
    },
    wrap: (channel) => ({
      ...channel,
      open: async (request, listener) => {
        const session = await channel.open(request, listener)
        const names = webhook.accountsOf(request.settings)
        for (const name of names) accountOf(name).attach(session)
        const { close } = session
        session.close = async () => {
          for (const name of names) accountOf(name).attach(null)
          await close.call(session)
        }
        return session
      },
    }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
