import { testDatabase } from '@siar/test-kit'
import type { AddressInfo } from 'node:net'
import { expect, test, vi } from 'vitest'
import type { SiarEvent } from '../core.ts'
import { createTestApp } from '../testing/test-app.ts'
import { createTestCore } from '../testing/test-core.ts'
import { listen } from './listen.ts'

const database = await testDatabase()
const listeners = new Set<(event: SiarEvent) => void>()
const bus = createTestCore(database).bus
const world = await createTestApp(database, {
  edges: {
    bus: {
      ...bus,
      subscribe: (handler) => {
        listeners.add(handler)
        return () => listeners.delete(handler)
      },
    },
  },
})
await listen(world.app, { port: 0, host: '127.0.0.1' })
const base = `http://127.0.0.1:${(world.app.server.address() as AddressInfo).port}`
const owner = await world.addPerson()
const ours = await world.addWorkspace(owner, 'Toko Apel')
const theirs = await world.addWorkspace(await world.addPerson(), 'Toko Zebra')

const publish = (event: SiarEvent) => {
  for (const listener of listeners) listener(event)
}

function open(workspaceId: string, signal: AbortSignal) {
  return fetch(`${base}/api/v1/events?workspace=${workspaceId}`, {
    headers: { cookie: owner.browser.headers['cookie'] ?? '' },
    signal,
  })
}

async function readUntil(response: Response, word: string): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  const reader = response.body?.getReader()
  while (reader && !text.includes(word)) {
    const { value, done } = await reader.read()
    if (done) break
    text += decoder.decode(value, { stream: true })
  }
  reader?.releaseLock()
  return text
}

test('a stream carries the events of its own workspace, and ends with the person who reads it', async () => {
  const gone = new AbortController()
  const response = await open(ours, gone.signal)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.get('x-accel-buffering')).toBe('no')
  expect(await readUntil(response, 'retry')).toBe('retry: 2000\n\n')
  expect(listeners.size).toBe(1)
  publish({ kind: 'campaign.changed', workspaceId: theirs, id: 'cmp_theirs' })
  publish({ kind: 'campaign.changed', workspaceId: ours, id: 'cmp_ours' })
  const text = await readUntil(response, 'cmp_ours')
  expect(text).toBe('data: {"type":"campaign.changed","id":"cmp_ours"}\n\n')
  gone.abort()
  await expect.poll(() => listeners.size).toBe(0)
})

test('nobody opens the stream of a workspace that is not theirs', async () => {
  for (const workspaceId of [theirs, world.core.newId('ws'), 'x', "'"]) {
    const response = await open(workspaceId, AbortSignal.timeout(5000))
    expect(response.status, workspaceId).toBeGreaterThanOrEqual(400)
    expect(response.status, workspaceId).toBeLessThan(500)
  }
  expect(listeners.size).toBe(0)
})

test('a stream ends within half a minute of the access of its reader', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  try {
    const guest = await world.addPerson()
    const memberId = await world.addMember(ours, guest, 'agent')
    const headers = { cookie: guest.browser.headers['cookie'] ?? '' }
    const response = await fetch(`${base}/api/v1/events?workspace=${ours}`, { headers })
    await readUntil(response, 'retry')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(listeners.size).toBe(1)
    await owner.browser.send('DELETE', `/api/v1/members/${memberId}`)
    await vi.advanceTimersByTimeAsync(30_000)
    expect(await readUntil(response, 'never')).toContain(': still here')
    expect(listeners.size).toBe(0)
  } finally {
    vi.useRealTimers()
  }
})

test('the server closes while somebody listens', async () => {
  const response = await open(ours, AbortSignal.timeout(20_000))
  await readUntil(response, 'retry')
  await world.app.close()
  expect(listeners.size).toBe(0)
})
