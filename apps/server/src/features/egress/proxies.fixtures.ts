import { createServer as createSocksServer, defaultConnectionHandler } from '@pondwader/socks5-server'
import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import { createServer } from 'node:net'
import type { AddressInfo, LookupFunction } from 'node:net'
import { Server as HttpProxyServer } from 'proxy-chain'

/** A name only the proxies know: what reaches this machine by it went through one of them. */
export const hiddenHost = 'hidden.invalid'

export const login = { username: 'toko', password: 'rah:asia@' }

/** A real proxy on this machine. */
export interface TestProxy {
  readonly scheme: 'http' | 'socks5'
  readonly port: number
  /** Connections it was asked for. */
  carried(): number
  /** Answers on, and reaches nothing. */
  cutOff(): void
  close(): Promise<void>
}

export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

const toLoopback: LookupFunction = (_host, options, callback) => {
  if (options.all === true) callback(null, [{ address: '127.0.0.1', family: 4 }])
  else callback(null, '127.0.0.1', 4)
}

async function startHttpProxy(port: number): Promise<TestProxy> {
  let carried = 0
  let deadPort: number | null = null
  const server = new HttpProxyServer({
    port,
    host: '127.0.0.1',
    prepareRequestFunction: ({ username, password }) => {
      const isKnown = username === login.username && password === login.password
      if (isKnown) carried += 1
      return {
        requestAuthentication: !isKnown,
        dnsLookup: toLoopback as never,
        ...(deadPort === null ? {} : { upstreamProxyUrl: `http://127.0.0.1:${deadPort}` }),
      }
    },
  })
  server.on('requestFailed', () => undefined)
  await server.listen()
  const unused = await findFreePort()
  return {
    scheme: 'http',
    port: server.port,
    carried: () => carried,
    cutOff: () => {
      deadPort = unused
      server.closeConnections()
    },
    close: () => server.close(true),
  }
}

async function startSocksProxy(port: number): Promise<TestProxy> {
  let carried = 0
  let isCutOff = false
  const sockets = new Set<{ destroy(): void }>()
  const server = createSocksServer({ auth: login })
  server.setRulesetValidator(() => !isCutOff)
  server.setConnectionHandler((connection, sendStatus) => {
    carried += 1
    sockets.add(connection.socket)
    if (connection.destAddress === hiddenHost) connection.destAddress = '127.0.0.1'
    return defaultConnectionHandler(connection, sendStatus)
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const end = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    scheme: 'socks5',
    port,
    carried: () => carried,
    cutOff: () => {
      isCutOff = true
      end()
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        end()
      }),
  }
}

/** @param port To come back where it was before; any free one unless told. */
export async function startProxy(scheme: 'http' | 'socks5', port?: number): Promise<TestProxy> {
  const at = port ?? (await findFreePort())
  return scheme === 'http' ? startHttpProxy(at) : startSocksProxy(at)
}

/** A check address of our own, reached by `hiddenHost` through proxies only. */
export interface CheckServer {
  readonly port: number
  answer: string
  close(): Promise<void>
}

export async function startCheckServer(): Promise<CheckServer> {
  const server = createHttpServer((_request, response) => response.end(check.answer))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const check: CheckServer = {
    port: (server.address() as AddressInfo).port,
    answer: 'fl=1\nip=31.6.33.97\nloc=ID\n',
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
  return check
}
