import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createGraphApiServer } from '../graph-api/graph-server.ts'
import type { GraphApiServer } from '../graph-api/graph-server.ts'
import type { GraphApiAccount, GraphApiOptions } from '../graph-api/options.ts'
import { createMemoryRecord } from '../frame-record.ts'
import { createSimulatedNetwork } from '../network.ts'
import type { SimulatedNetwork } from '../network.ts'
import { realSchedule } from '../simulator-channel.ts'

export const secret = '0123456789abcdef0123456789abcdef'
export const token = 'EAAtoken00000000000000000001'
export const person = '6281200000001'

export interface ReceivedWebhook {
  readonly isSigned: boolean
  readonly body: { entry: { id: string; changes: { field: string; value: Record<string, unknown> }[] }[] }
}

/** A bare receiver of webhooks, which may be told to fail. */
export interface Receiver {
  readonly url: string
  readonly received: ReceivedWebhook[]
  /** Statuses of all webhooks taken, as `<message id>/<status>`. */
  statuses(): string[]
  answerWith(status: number): void
  close(): Promise<void>
}

export async function startReceiver(): Promise<Receiver> {
  const received: ReceivedWebhook[] = []
  let status = 200
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const query = new URL(request.url ?? '/', 'http://receiver').searchParams
      if (request.method === 'GET') return response.end(query.get('hub.challenge'))
      const raw = Buffer.concat(chunks)
      const signature = `sha256=${createHmac('sha256', secret).update(raw).digest('hex')}`
      const isSigned = request.headers['x-hub-signature-256'] === signature
      if (status === 200)
        received.push({ isSigned, body: JSON.parse(raw.toString()) as ReceivedWebhook['body'] })
      return response.writeHead(status).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    received,
    statuses: () =>
      received.flatMap(({ body }) =>
        body.entry.flatMap(({ changes }) =>
          changes.flatMap(({ value }) =>
            ((value['statuses'] ?? []) as { id: string; status: string }[]).map(
              (one) => `${one.id}/${one.status}`,
            ),
          ),
        ),
      ),
    answerWith: (next) => {
      status = next
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export function accountOf(
  index: number,
  webhookUrl: string | null,
  more: Partial<GraphApiAccount> = {},
): GraphApiAccount {
  return {
    wabaId: `50000000000${index}`,
    accessTokens: [token],
    app: { id: '700000000000001', secret, verifyToken: 'verify-me', webhookUrl },
    numbers: [{ id: `10000000000${index}`, phone: `+6289500000000${index}`, messagesPerSecond: 10_000 }],
    ...more,
  }
}

export interface Meta {
  readonly network: SimulatedNetwork
  readonly server: GraphApiServer
  readonly receiver: Receiver
  /** One call with the token, unless told. */
  call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: Record<string, unknown> }>
  /** A send of the first number. @returns the code of the refusal, or the id. */
  send(body: object): Promise<number | string>
  close(): Promise<void>
}

function codeOf(body: Record<string, unknown>): number {
  return (body['error'] as { code: number } | undefined)?.code ?? 0
}

/** Meta's stand-in with two accounts of one app, over an instant network. */
export async function startMeta(
  options: Partial<GraphApiOptions> = {},
  accounts?: (webhookUrl: string) => GraphApiAccount[],
): Promise<Meta> {
  const network = createSimulatedNetwork({
    seed: 'meta',
    now: () => new Date(),
    schedule: realSchedule,
    record: createMemoryRecord(),
    instant: true,
    shares: { onWhatsApp: 1, replies: 0, optsOut: 0, blocks: 0, readsLate: 0, neverReads: 0 },
  })
  const receiver = await startReceiver()
  const given = accounts?.(receiver.url) ?? [accountOf(1, receiver.url), accountOf(2, receiver.url)]
  const server = await createGraphApiServer({ network, port: 0, accounts: given, ...options })
  server.control.openWindow('100000000001', `+${person}`)
  const call: Meta['call'] = async (method, path, body, headers = {}) => {
    const answer = await fetch(`${server.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
  }
  return {
    network,
    server,
    receiver,
    call,
    send: async (message) => {
      const { body } = await call('POST', '/v23.0/100000000001/messages', {
        messaging_product: 'whatsapp',
        to: person,
        ...message,
      })
      const [sent] = (body['messages'] ?? []) as { id: string }[]
      return sent?.id ?? codeOf(body)
    },
    close: async () => {
      await server.close()
      await network.close()
      await receiver.close()
    },
  }
}
