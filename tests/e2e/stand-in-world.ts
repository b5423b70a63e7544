import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Frame } from '@siar/simulator'

const PROGRAM = fileURLToPath(new URL('../../apps/server/bin/siar.mjs', import.meta.url))

type Servers = Readonly<Record<string, Readonly<Record<string, string>> | undefined>>

/** The simulated WhatsApp with all its servers, in a process of its own: what real adapters talk to in a journey. */
export interface StandInWorld {
  /** Of the control; for `STAND_INS_URL` and `SIMULATOR_URL`. */
  readonly url: string
  /** What a client of one server needs: `url`, `apiKey`, `accessToken` … */
  access(server: string, name: string): string
  /** A call of the control API. @throws Error when it is refused. */
  control(name: string, ...args: readonly unknown[]): Promise<unknown>
  /** What only one server has. @throws Error when it is refused. */
  ask(server: string, name: string, ...args: readonly unknown[]): Promise<unknown>
  /** A phone scans a code, whoever shows it. @returns `paired`, `expired` or `not_pairing`. */
  scan(data: string, phone: string, senderId: string): Promise<string>
  /** Everything that reached the network, in order. */
  frames(): Promise<readonly Frame[]>
  stop(): Promise<void>
}

/** Starts it on free ports. The caller stops it. */
export async function startStandInWorld(): Promise<StandInWorld> {
  const args = [PROGRAM, 'simulator', '--port', '0', '--json']
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const { url, servers } = JSON.parse(await firstLine(child)) as { url: string; servers: Servers }
  const post = async (path: string, body: unknown): Promise<unknown> => {
    const answer = await fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text}`)
    return JSON.parse(text)
  }
  return {
    url,
    access: (server, name) => servers[server]?.[name] ?? '',
    control: (name, ...args) => post(`/v1/control/${name}`, args),
    ask: (server, name, ...args) => post(`/v1/stand-ins/${server}/${name}`, args),
    scan: async (data, phone, senderId) =>
      ((await post('/v1/scan', { data, phone, senderId })) as { result: string }).result,
    frames: async () => (await (await fetch(`${url}/frames?limit=100000`)).json()) as Frame[],
    stop: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve()
        child.once('close', () => resolve())
        child.kill('SIGTERM')
      }),
  }
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    let complaint = ''
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
      if (text.includes('\n')) resolve(text)
    })
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (complaint += chunk))
    child.once('exit', (code) => reject(new Error(`The simulator ended with code ${code}: ${complaint}`)))
  })
}
