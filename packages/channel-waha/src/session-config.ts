import type { Egress } from '@siar/channel'
import { webhookEvents } from './webhook.ts'

/** WAHA's `config.proxy`: the server without a scheme. It speaks HTTP to its proxies. */
export interface ProxyConfig {
  readonly server: string
  readonly username?: string
  readonly password?: string
}

/** What Siar needs of a session's configuration. */
export interface WantedConfig {
  /** Null where webhooks cannot reach Siar: then nothing is told of messages. */
  readonly webhook: { readonly url: string; readonly key: string } | null
  readonly proxy: ProxyConfig | null
}

type Config = Readonly<Record<string, unknown>>

const retries = { policy: 'exponential', delaySeconds: 2, attempts: 15 } as const

/** The proxy as WAHA takes it, or null for a kind it cannot use. Source: waha.devlike.pro/docs/how-to/proxy. */
export function proxyConfigOf(egress: Egress): { readonly proxy: ProxyConfig | null } | null {
  if (egress.kind === 'direct') return { proxy: null }
  if (!URL.canParse(egress.url)) return null
  const url = new URL(egress.url)
  if (url.protocol !== 'http:') return null
  const server = `${url.hostname}:${url.port === '' ? '80' : url.port}`
  if (url.username === '') return { proxy: { server } }
  return {
    proxy: {
      server,
      username: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
    },
  }
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Config)[key] : undefined
}

function webhooksOf(config: Config): unknown[] {
  const { webhooks } = config
  return Array.isArray(webhooks) ? webhooks : []
}

/** The address without its query: two of Siar's own differ in nothing else. */
function isOurs(webhook: unknown, url: string): boolean {
  return fieldOf(webhook, 'url') === url
}

function hasWebhook(config: Config, { webhook }: WantedConfig): boolean {
  if (webhook === null) return true
  const found = webhooksOf(config).filter((one) => isOurs(one, webhook.url))
  const events = fieldOf(found[0], 'events')
  return (
    found.length === 1 &&
    fieldOf(fieldOf(found[0], 'hmac'), 'key') === webhook.key &&
    Array.isArray(events) &&
    webhookEvents.every((event) => events.includes(event))
  )
}

/** Whether the session leaves by the way it should, and by no other. */
export function hasProxy(config: Config, { proxy }: WantedConfig): boolean {
  const found = config['proxy'] ?? null
  if (proxy === null) return found === null
  return (
    fieldOf(found, 'server') === proxy.server &&
    (fieldOf(found, 'username') ?? undefined) === proxy.username &&
    (fieldOf(found, 'password') ?? undefined) === proxy.password
  )
}

export function isConfigured(config: Config, wanted: WantedConfig): boolean {
  return hasProxy(config, wanted) && hasWebhook(config, wanted)
}

/** What others configured stays; the webhook and the proxy become ours. */
export function mergeConfig(config: Config, { webhook, proxy }: WantedConfig): Config {
  const others =
    webhook === null ? webhooksOf(config) : webhooksOf(config).filter((one) => !isOurs(one, webhook.url))
  const ours =
    webhook === null ? [] : [{ url: webhook.url, events: webhookEvents, hmac: { key: webhook.key }, retries }]
  return { ...config, proxy, webhooks: [...others, ...ours] }
}

/** A new session hears nothing of statuses, channels and groups: Siar writes to people. */
export function newConfig(wanted: WantedConfig): Config {
  return mergeConfig({ ignore: { status: true, groups: true, channels: true, broadcast: true } }, wanted)
}
