import { request } from 'node:http'
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import type { WahaProxy } from './waha-config.ts'

/** The way out of this server to the simulated WhatsApp: an address of its own, reached through proxies like the real one. */
export interface Outlet {
  /** Opens a tunnel through a proxy; null when the proxy does not let it through. */
  reach(proxy: WahaProxy): Promise<Socket | null>
  close(): Promise<void>
}

const reachMs = 5_000

function tunnel(proxy: WahaProxy, port: number): Promise<Socket | null> {
  const url = new URL(/^https?:\/\//.test(proxy.server) ? proxy.server : `http://${proxy.server}`)
  const credentials = `${proxy.username ?? ''}:${proxy.password ?? ''}`
  const headers: Record<string, string> =
    proxy.username === null
      ? {}
      : { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` }
  return new Promise((resolve) => {
    const call = request({
      host: url.hostname,
      port: url.port === '' ? 80 : Number(url.port),
      method: 'CONNECT',
      path: `127.0.0.1:${port}`,
      headers,
      timeout: reachMs,
    })
    call.on('connect', ({ statusCode }, socket) => {
      if (statusCode === 200) return resolve(socket)
      socket.destroy()
      resolve(null)
    })
    call.on('response', () => resolve(null))
    call.on('timeout', () => call.destroy())
    call.on('error', () => resolve(null))
    call.end()
  })
}

export async function createOutlet(): Promise<Outlet> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
    socket.resume()
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    reach: (proxy) => tunnel(proxy, port),
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
