import type { Agent as HttpAgent } from 'node:http'
import { socksDispatcher } from 'fetch-socks'
import { HttpsProxyAgent } from 'https-proxy-agent'
import { SocksProxyAgent } from 'socks-proxy-agent'
import { Agent, ProxyAgent } from 'undici'
import type { Dispatcher } from 'undici'
import type { Egress } from '@siar/channel'

/** The two ways out of one session: for its socket, and for files. Both go through the proxy, or nothing goes. */
export interface Ways {
  /** Undefined: the system's own. */
  readonly agent: HttpAgent | undefined
  readonly dispatcher: Dispatcher
  close(): Promise<void>
}

/** How far an idle connection for files is kept. */
const keepAliveMs = 4_000

function socksProxy(url: URL): Parameters<typeof socksDispatcher>[0] {
  return {
    type: 5,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || 1080),
    ...(url.username === '' ? {} : { userId: decodeURIComponent(url.username) }),
    ...(url.password === '' ? {} : { password: decodeURIComponent(url.password) }),
  }
}

function basicToken(url: URL): string | undefined {
  if (url.username === '' && url.password === '') return undefined
  const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
  return `Basic ${Buffer.from(pair).toString('base64')}`
}

function dispatcherThrough(url: URL, connect: { ca?: string }): Dispatcher {
  if (url.protocol === 'socks5:' || url.protocol === 'socks5h:')
    return socksDispatcher(socksProxy(url), { connect })
  const token = basicToken(url)
  return new ProxyAgent({
    uri: `${url.protocol}//${url.host}`,
    requestTls: connect,
    ...(token === undefined ? {} : { token }),
  })
}

/** Names are looked up by the proxy: `socks5h`, so that not even a query for a name leaves by another way. */
function agentThrough(url: URL): HttpAgent {
  if (url.protocol === 'http:' || url.protocol === 'https:') return new HttpsProxyAgent(url)
  const remote = new URL(url.href.replace(/^socks5h?:/, 'socks5h:'))
  return new SocksProxyAgent(remote)
}

const proxyKinds = new Set(['http:', 'https:', 'socks5:', 'socks5h:'])

/**
 * @param certificatePem What the host of files is trusted by besides the usual authorities; for stand-ins.
 * @returns null where the proxy is of a kind nobody knows: the session then does not connect at all.
 */
export function openWays(egress: Egress, certificatePem: string | undefined): Ways | null {
  const connect = certificatePem === undefined ? {} : { ca: certificatePem }
  if (egress.kind === 'direct') {
    const dispatcher = new Agent({ connect, keepAliveTimeout: keepAliveMs })
    return { agent: undefined, dispatcher, close: () => dispatcher.close() }
  }
  const url = URL.canParse(egress.url) ? new URL(egress.url) : null
  if (url === null || !proxyKinds.has(url.protocol)) return null
  const agent = agentThrough(url)
  const dispatcher = dispatcherThrough(url, connect)
  return {
    agent,
    dispatcher,
    close: async () => {
      agent.destroy()
      await dispatcher.close()
    },
  }
}
