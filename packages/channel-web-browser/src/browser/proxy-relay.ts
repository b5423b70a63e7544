import { connect } from 'node:net'
import { Server } from 'proxy-chain'
import { BrowserUnavailable } from './browser-source.ts'

/**
 * A proxy on this machine that leads to the given one and nowhere else.
 *
 * Chromium cannot tell a name and password to a SOCKS proxy, and for HTTP it would have to be watched request by
 * request; the relay speaks for it. When the proxy is dead every connection through the relay fails.
 */
export interface ProxyRelay {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string
  close(): Promise<void>
}

const reachMs = 5_000

/** @throws BrowserUnavailable when nobody listens there. */
async function reach({ hostname, port, protocol }: URL): Promise<void> {
  const fallback = protocol === 'https:' ? 443 : protocol.startsWith('socks') ? 1_080 : 80
  await new Promise<void>((resolve, reject) => {
    const socket = connect({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: port === '' ? fallback : Number(port),
    })
    const end = (error?: Error): void => {
      socket.destroy()
      if (error) reject(new BrowserUnavailable('proxy_unreachable', { cause: error }))
      else resolve()
    }
    socket.setTimeout(reachMs, () => end(new Error('no answer')))
    socket.once('connect', () => end())
    socket.once('error', end)
  })
}

function parseProxy(url: string): URL {
  if (!URL.canParse(url)) throw new BrowserUnavailable('proxy_malformed')
  const parsed = new URL(url)
  if (!['http:', 'https:', 'socks4:', 'socks5:', 'socks5h:'].includes(parsed.protocol)) {
    throw new BrowserUnavailable('proxy_malformed')
  }
  return parsed
}

/**
 * Opens a relay to a proxy that answers now.
 *
 * @param url `http://user:password@host:port`, `https://…` or `socks5://…`; never logged.
 */
export async function openProxyRelay(url: string): Promise<ProxyRelay> {
  const upstream = parseProxy(url)
  await reach(upstream)
  const server = new Server({
    host: '127.0.0.1',
    port: 0,
    verbose: false,
    prepareRequestFunction: () => ({ requestAuthentication: false, upstreamProxyUrl: upstream.href }),
  })
  server.on('requestFailed', () => undefined)
  await server.listen()
  return { url: `http://127.0.0.1:${server.port}`, close: () => server.close(true) }
}

/** `scheme://host:port` of a proxy that asks for no name and password; null when it does. */
export function plainProxy(url: string): string | null {
  const { protocol, host, username, password } = parseProxy(url)
  return username === '' && password === '' ? `${protocol}//${host}` : null
}
