import type { WebhookTarget } from './webhook-post.ts'
import { problem } from './waha-problem.ts'

/** A session's configuration as it was given; what is not known here is kept. */
export type WahaConfig = Readonly<Record<string, unknown>>

export interface WahaProxy {
  readonly server: string
  readonly username: string | null
  readonly password: string | null
}

const policies = ['constant', 'linear', 'exponential'] as const

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function numberOf(value: unknown, fallback: number): number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : fallback
}

function headersOf(value: unknown): Record<string, string> {
  if (!Array.isArray(value)) return {}
  const pairs = value.flatMap((entry: unknown): [string, string][] => {
    const name = isRecord(entry) ? textOf(entry['name']) : null
    const text = isRecord(entry) ? textOf(entry['value']) : null
    return name !== null && text !== null ? [[name.toLowerCase(), text]] : []
  })
  return Object.fromEntries(pairs)
}

function targetOf(value: unknown): WebhookTarget {
  const url = isRecord(value) ? textOf(value['url']) : null
  const events = isRecord(value) && Array.isArray(value['events']) ? value['events'] : null
  const isWeb = url !== null && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)
  if (!isRecord(value) || !isWeb || events === null) {
    throw problem(400, ['config.webhooks.0.url must be a URL address', 'events must be an array'])
  }
  const retries = isRecord(value['retries']) ? value['retries'] : {}
  return {
    url,
    events: events.filter((event) => typeof event === 'string'),
    key: isRecord(value['hmac']) ? textOf(value['hmac']['key']) : null,
    retries: {
      policy: policies.find((policy) => policy === retries['policy']) ?? 'constant',
      delaySeconds: numberOf(retries['delaySeconds'], 2),
      attempts: numberOf(retries['attempts'], 15),
    },
    headers: headersOf(value['customHeaders']),
  }
}

export function webhooksOf({ webhooks }: WahaConfig): WebhookTarget[] {
  if (webhooks === undefined || webhooks === null) return []
  if (!Array.isArray(webhooks)) throw problem(400, ['config.webhooks must be an array'])
  return webhooks.map(targetOf)
}

export function proxyOf({ proxy }: WahaConfig): WahaProxy | null {
  if (proxy === undefined || proxy === null) return null
  const server = isRecord(proxy) ? textOf(proxy['server']) : null
  if (!isRecord(proxy) || server === null) throw problem(400, ['config.proxy.server must be a string'])
  return { server, username: textOf(proxy['username']), password: textOf(proxy['password']) }
}

/** Reads the configuration of a call; refuses what WAHA would refuse. */
export function parseConfig(value: unknown): WahaConfig {
  if (value === undefined || value === null) return {}
  if (!isRecord(value)) throw problem(400, ['config must be an object'])
  webhooksOf(value)
  proxyOf(value)
  return value
}
