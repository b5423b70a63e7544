import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'

const siar = fileURLToPath(new URL('../../bin/siar.mjs', import.meta.url))
const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

interface Started {
  readonly child: ChildProcess
  readonly line: string
}

function startSimulator(...args: string[]): Promise<Started> {
  const child = spawn(process.execPath, [siar, 'simulator', ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  children.push(child)
  return new Promise((resolve, reject) => {
    let text = ''
    let complaint = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
      if (text.endsWith('\n')) resolve({ child, line: text.trim() })
    })
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (complaint += chunk))
    child.on('exit', () => reject(new Error(complaint)))
  })
}

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => child.on('exit', (code) => resolve(code)))

test('the simulator alone names all its servers on one line, answers on each, and stops when asked', async () => {
  const { child, line } = await startSimulator('--port', '0', '--json')
  const { url, servers } = JSON.parse(line) as { url: string; servers: Record<string, { url: string }> }
  expect(Object.keys(servers)).toEqual(['control', 'graph-api', 'waha', 'linked-device', 'web-page'])
  expect(servers['control']?.url).toBe(url)
  expect(await (await fetch(url)).text()).toContain('Simulated WhatsApp')
  const statuses = await Promise.all(
    ['graph-api', 'waha', 'web-page'].map(
      async (name) => (await fetch(`${servers[name]?.url}/nothing-here`)).status,
    ),
  )
  for (const status of statuses) expect(status).toBeGreaterThanOrEqual(400)
  expect(servers['linked-device']?.url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/ws\/chat$/)
  child.kill('SIGTERM')
  expect(await ended(child)).toBe(0)
}, 60_000)
