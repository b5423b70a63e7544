import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import path from 'node:path'
import type { BrowserlessServer } from '../browser/browserless-server.ts'
import { findChromium } from './chromium-path.ts'

/** A server that speaks the part of Browserless 2 this channel uses, with real browsers behind it. */
export interface BrowserlessStandIn {
  readonly server: BrowserlessServer
  /** What `/pressure` says is running, beside what really is. */
  setRunning(running: number): void
  running(): string[]
  killed(): string[]
  pids(): number[]
  close(): Promise<void>
}

interface Running {
  readonly trackingId: string
  readonly process: ChildProcess
}

async function portOf(folder: string): Promise<{ port: number; address: string }> {
  for (let tries = 0; tries < 400; tries += 1) {
    const text = await readFile(path.join(folder, 'DevToolsActivePort'), 'utf8').catch(() => '')
    const [port, address] = text.trim().split('\n')
    if (port && address) return { port: Number(port), address }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('Chromium did not open its port')
}

function forward(
  request: IncomingMessage,
  client: Socket,
  head: Buffer,
  port: number,
  address: string,
): void {
  const upstream = connect(port, '127.0.0.1', () => {
    const headers = { ...request.headers, host: `127.0.0.1:${port}` }
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`)
    upstream.write([`GET ${address} HTTP/1.1`, ...lines, '', ''].join('\r\n'))
    upstream.write(head)
    upstream.pipe(client).pipe(upstream)
  })
  upstream.on('error', () => client.destroy())
  client.on('error', () => upstream.destroy())
  client.on('close', () => upstream.destroy())
}

export async function openBrowserlessStandIn(
  name: string,
  profilesFolder: string,
): Promise<BrowserlessStandIn> {
  const executable = await findChromium()
  const token = `token-of-${name}`
  const browsers = new Set<Running>()
  const killed: string[] = []
  let extra = 0
  const http = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://browserless')
    const reply = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    }
    if (url.searchParams.get('token') !== token) return reply(401, 'Bad or missing authentication.')
    const running = browsers.size + extra
    const [, victim] = /^\/kill\/([\w-]+)$/.exec(url.pathname) ?? []
    if (url.pathname === '/pressure') {
      return reply(200, {
        pressure: { isAvailable: running < 10, running, queued: 0, maxConcurrent: 10, maxQueued: 10 },
      })
    }
    if (url.pathname === '/sessions') {
      return reply(
        200,
        [...browsers].map(({ trackingId }) => ({ trackingId, browser: 'chromium' })),
      )
    }
    if (victim === undefined) return reply(404, 'Not Found')
    killed.push(victim)
    for (const browser of browsers) if (browser.trackingId === victim) browser.process.kill('SIGKILL')
    response.writeHead(204).end()
  })
  http.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    const url = new URL(request.url ?? '/', 'http://browserless')
    const launch = JSON.parse(url.searchParams.get('launch') ?? '{}') as { args?: string[] }
    const args = launch.args ?? []
    const folder = args.find((arg) => arg.startsWith('--user-data-dir='))?.split('=')[1] ?? ''
    if (url.searchParams.get('token') !== token || folder === '') return void socket.destroy()
    rmSync(path.join(folder, 'DevToolsActivePort'), { force: true })
    const child = spawn(
      executable,
      [
        '--headless',
        '--no-sandbox',
        '--remote-debugging-port=0',
        '--remote-allow-origins=*',
        ...args,
        'about:blank',
      ],
      { stdio: 'ignore' },
    )
    const browser = { trackingId: url.searchParams.get('trackingId') ?? '', process: child }
    browsers.add(browser)
    child.on('exit', () => {
      browsers.delete(browser)
      socket.destroy()
    })
    socket.on('close', () => setTimeout(() => child.kill('SIGKILL'), 300).unref())
    portOf(folder).then(
      ({ port, address }) => forward(request, socket, head, port, address),
      () => socket.destroy(),
    )
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo
  return {
    server: { name, url: `http://127.0.0.1:${port}`, token, profilesFolder },
    setRunning: (running) => {
      extra = running
    },
    running: () => [...browsers].map(({ trackingId }) => trackingId),
    killed: () => killed,
    pids: () => [...browsers].flatMap((browser) => browser.process.pid ?? []),
    close: async () => {
      for (const browser of browsers) browser.process.kill('SIGKILL')
      http.closeAllConnections()
      await new Promise<void>((resolve) => http.close(() => resolve()))
    },
  }
}
